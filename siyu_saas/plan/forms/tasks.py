"""Handing a task in, returning it, marking it stuck, mending and moving it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.plan.rules.states import Kind, Repeats
from siyu_saas.plan.rules.team import ROLE_TITLES
from siyu_saas.tenants.rules import Side
from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField, VersionField

TOO_LONG = _("最长 400 个字")


class SubmitForm(Form):
    remark = LongTextField(
        _("交付说明"), validators=[Optional(), Length(max=400, message=TOO_LONG)], render_kw={"rows": 3}
    )


class ReturnForm(Form):
    reason = LongTextField(
        _("哪一条没达到、怎么补"),
        validators=[InputRequired(_("请写明退回的原因")), Length(max=400, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


class StuckForm(Form):
    reason = TextField(
        _("卡在哪里"), validators=[InputRequired(_("请写明卡在哪里")), Length(max=400, message=TOO_LONG)]
    )
    side = RadioField(
        _("等哪一方"),
        choices=[SelectChoice(Side.MERCHANT.value, _("商家")), SelectChoice(Side.FIRM.value, _("顾问"))],
        default=Side.MERCHANT.value,
    )


class DaysForm(Form):
    starts_on = DateField(_("开始"), validators=[InputRequired(_("请选择开始日"))])
    ends_on = DateField(_("结束"), validators=[InputRequired(_("请选择结束日"))])


class OwnerForm(Form):
    """`person` is a user's id, or empty for nobody; the view sets the choices. `name` is for somebody who does not sign in."""

    person = SelectField(_("负责人"), validators=[Optional()])
    name = TextField(_("不在工作区的人，写姓名"), validators=[Optional(), Length(max=60)])


class DetailsForm(Form):
    title = TextField(_("任务"), validators=[InputRequired(_("请填写任务名称")), Length(max=120)])
    kind = SelectField(_("类型"), choices=[SelectChoice(kind.value, kind.title) for kind in Kind])
    role = SelectField(_("负责角色"), choices=[SelectChoice(role, title) for role, title in ROLE_TITLES.items()])
    helpers = TextField(_("协助"), validators=[Optional(), Length(max=80)])
    deliverable = TextField(_("交付物"), validators=[Optional(), Length(max=400, message=TOO_LONG)])
    acceptance = LongTextField(
        _("怎样算做到"), validators=[Optional(), Length(max=1000, message=_("最长 1000 个字"))], render_kw={"rows": 3}
    )
    repeats = SelectField(_("重复"), choices=[SelectChoice(one.value, one.title) for one in Repeats])
    campaign = BooleanField(_("活动日，不随休息日顺延"))
    version = VersionField()


class NewTaskForm(Form):
    title = TextField(_("任务"), validators=[InputRequired(_("请填写任务名称")), Length(max=120)])
    milestone = SelectField(_("属于哪个里程碑"), validators=[Optional()])
    kind = SelectField(
        _("类型"), choices=[SelectChoice(kind.value, kind.title) for kind in Kind], default=Kind.OPERATE.value
    )
    role = SelectField(
        _("负责角色"), choices=[SelectChoice(role, title) for role, title in ROLE_TITLES.items()], default="lead"
    )
    starts_on = DateField(_("开始"), validators=[InputRequired(_("请选择开始日"))])
    ends_on = DateField(_("结束"), validators=[InputRequired(_("请选择结束日"))])
    deliverable = TextField(_("交付物"), validators=[Optional(), Length(max=400, message=TOO_LONG)])
    acceptance = LongTextField(
        _("怎样算做到"), validators=[Optional(), Length(max=1000, message=_("最长 1000 个字"))], render_kw={"rows": 2}
    )
    after = SelectField(_("等哪项任务完成后再开始"), validators=[Optional()])
    once = OnceField()
