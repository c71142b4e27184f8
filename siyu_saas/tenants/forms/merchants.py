"""Opening a merchant's workspace, the record of personal data, and notes."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from siyu_saas.core.clock import today
from siyu_saas.tenants.rules.packages import PACKAGES
from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField, VersionField, WholeField

MONDAY = 7


def next_monday(after: date) -> date:
    return after + timedelta(days=MONDAY - after.weekday())


class MerchantForm(Form):
    name = TextField(
        _("商家名称"),
        validators=[InputRequired(_("请填写商家名称")), Length(max=80, message=_("商家名称最长 80 个字"))],
    )
    coordinator = TextField(_("对接人姓名"), validators=[Optional(), Length(max=60, message=_("姓名最长 60 个字"))])
    pack = SelectField(_("行业"))
    package = SelectField(
        _("服务包"), choices=[SelectChoice(key, f"{title}（{days} 天）") for key, (title, days) in PACKAGES.items()]
    )
    starts_on = DateField(
        _("启动日（D0）"), default=lambda: next_monday(today()), validators=[InputRequired(_("请选择日期"))]
    )
    slug = TextField(
        _("工作区地址"),
        validators=[
            Optional(),
            Regexp(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]\Z", message=_("请用 3–40 个小写字母、数字或短横线")),
        ],
        render_kw={"inputmode": "url", "autocapitalize": "none"},
    )
    once = OnceField()


class RecordForm(Form):
    purpose = LongTextField(_("处理目的"), validators=[InputRequired(_("请填写处理目的")), Length(max=400)])
    term = TextField(_("期限"), validators=[InputRequired(_("请填写期限")), Length(max=200)])
    method = LongTextField(_("处理方式"), validators=[InputRequired(_("请填写处理方式")), Length(max=400)])
    categories = LongTextField(_("个人信息种类"), validators=[InputRequired(_("请填写信息种类")), Length(max=400)])
    measures = LongTextField(_("保护措施"), validators=[InputRequired(_("请填写保护措施")), Length(max=400)])
    duties = LongTextField(_("双方权利和义务"), validators=[InputRequired(_("请填写双方权利和义务")), Length(max=400)])
    retention_days = WholeField(
        _("服务结束后保存天数"),
        validators=[
            InputRequired(_("请填写天数")),
            NumberRange(min=0, max=1825, message=_("请填 0–1825 之间的天数")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    sensitive = BooleanField(_("涉及敏感个人信息或委托处理，需要做影响评估（第五十五条）"))
    assessed_on = DateField(_("影响评估完成日期"), validators=[Optional()])
    version = VersionField()


class NoteForm(Form):
    text = LongTextField(
        _("内部备注"),
        validators=[InputRequired(_("请填写备注")), Length(max=2000, message=_("备注最长 2000 个字"))],
        render_kw={"rows": 2},
    )
