"""Who holds a role, minutes of a meeting, and the name of a package."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import DateField, FieldList, FormField, SelectChoice, SelectField
from wtforms.form import Form as PlainForm
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.core.clock import today
from siyu_saas.plan.rules.team import ROLE_TITLES
from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField

ACTIONS_OFFERED = 3
MOST_ACTIONS = 20


class PostForm(Form):
    """`person` is a user's id, or empty; the view sets the choices. `name` is for somebody who does not sign in."""

    person = SelectField(_("谁来担任"), validators=[Optional()])
    name = TextField(_("不在工作区的人，写姓名"), validators=[Optional(), Length(max=60)])


class ActionForm(PlainForm):
    """Something that was decided to be done; without a title the line is left out."""

    Meta = Form.Meta

    title = TextField(_("要做的事"), validators=[Optional(), Length(max=120)])
    role = SelectField(
        _("谁来做"), choices=[SelectChoice(role, title) for role, title in ROLE_TITLES.items()], default="lead"
    )
    ends_on = DateField(_("哪天前"), validators=[Optional()])


class MeetingForm(Form):
    title = TextField(_("会议"), default=_("周会"), validators=[InputRequired(_("请填写会议名称")), Length(max=80)])
    held_on = DateField(_("日期"), default=today, validators=[InputRequired(_("请选择日期"))])
    people = TextField(_("参加的人"), validators=[Optional(), Length(max=400)])
    minutes = LongTextField(
        _("上周数据、完成与延误、阻塞"),
        validators=[Optional(), Length(max=5000, message=_("最长 5000 个字"))],
        render_kw={"rows": 6},
    )
    decisions = LongTextField(
        _("决议"),
        validators=[InputRequired(_("请写下决议；没有就写「无」")), Length(max=5000, message=_("最长 5000 个字"))],
        render_kw={"rows": 4},
    )
    actions = FieldList(FormField(ActionForm), min_entries=ACTIONS_OFFERED, max_entries=MOST_ACTIONS)
    once = OnceField()


class PackageNameForm(Form):
    title = TextField(_("服务包名称"), validators=[InputRequired(_("请填写名称")), Length(max=80)])
    once = OnceField()
