"""Moving a service period on, stopping it, and what is fixed at its start."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import DateField, DateTimeLocalField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.core.clock import today
from siyu_saas.tenants.rules import Side
from siyu_saas.tenants.rules.packages import PACKAGES
from siyu_saas.web.forms import Form, OnceField, TextField

from .merchants import next_monday


class PauseForm(Form):
    reason = TextField(_("暂停原因"), validators=[InputRequired(_("请填写暂停原因")), Length(max=200)])
    side = RadioField(
        _("因为哪一方"),
        choices=[SelectChoice(Side.MERCHANT.value, _("商家")), SelectChoice(Side.FIRM.value, _("顾问"))],
        default=Side.MERCHANT.value,
    )


class KickoffForm(Form):
    at = DateTimeLocalField(_("启动会时间"), validators=[InputRequired(_("请选择时间"))])
    place = TextField(_("地点或会议链接"), validators=[Optional(), Length(max=120, message=_("最长 120 个字"))])


class CoordinatorForm(Form):
    name = TextField(_("对接人姓名"), validators=[InputRequired(_("请填写对接人姓名")), Length(max=60)])


class EngagementForm(Form):
    title = TextField(_("名称"), validators=[InputRequired(_("请填写名称")), Length(max=80)])
    package = SelectField(
        _("服务包"), choices=[SelectChoice(key, f"{title}（{days} 天）") for key, (title, days) in PACKAGES.items()]
    )
    starts_on = DateField(
        _("启动日（D0）"), default=lambda: next_monday(today()), validators=[InputRequired(_("请选择日期"))]
    )
    once = OnceField()
