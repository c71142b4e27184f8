"""Groups with their weeks, content slots, tags and steps of procedures."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, SelectChoice, SelectField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from siyu_saas.guidance.rules.content import About, Line
from siyu_saas.guidance.rules.groups import MEMBER_LIMIT, GroupKind, Horizon, Layer
from siyu_saas.guidance.rules.groups import Form as GroupForm_
from siyu_saas.web.forms import Form, LongTextField, TextField, VersionField, WholeField

WHOLE = {"inputmode": "numeric"}


def _choices(kinds) -> list[SelectChoice]:
    return [SelectChoice(kind.value, kind.title) for kind in kinds]


class GroupForm(Form):
    name = TextField(_("群名"), validators=[InputRequired(_("请填写群名")), Length(max=60)])
    kind = SelectField(_("类型"), choices=_choices(GroupKind))
    form = SelectField(_("形态"), choices=_choices(GroupForm_), default=GroupForm_.LOOP.value)
    layer = SelectField(_("层级"), choices=_choices(Layer))
    horizon = SelectField(_("长短"), choices=_choices(Horizon))
    position = TextField(_("定位一句话"), validators=[Optional(), Length(max=120)])
    host_name = TextField(_("主理"), validators=[Optional(), Length(max=60)])
    deputy_name = TextField(_("副手"), validators=[Optional(), Length(max=60)])
    has_name = BooleanField(_("群名合规"))
    has_welcome = BooleanField(_("欢迎语已设"))
    has_notice = BooleanField(_("群公告已置顶"))
    opened_on = DateField(_("建群日期"), validators=[InputRequired(_("请选择日期"))])
    version = VersionField()


class WeekForm(Form):
    week = DateField(_("周一"), validators=[InputRequired(_("请选择周一的日期"))])
    members = WholeField(_("群人数"), validators=[Optional(), NumberRange(min=0, max=MEMBER_LIMIT)], render_kw=WHOLE)
    joined = WholeField(_("新入群"), validators=[Optional(), NumberRange(min=0, max=100_000)], render_kw=WHOLE)
    quit = WholeField(_("退群"), validators=[Optional(), NumberRange(min=0, max=100_000)], render_kw=WHOLE)
    active = WholeField(_("活跃人日"), validators=[Optional(), NumberRange(min=0, max=100_000)], render_kw=WHOLE)
    messages = WholeField(_("消息数"), validators=[Optional(), NumberRange(min=0, max=10_000_000)], render_kw=WHOLE)


class SlotForm(Form):
    on = DateField(_("日期"), validators=[InputRequired(_("请选择日期"))])
    at = TimeField(_("时间"), validators=[InputRequired(_("请填写时间"))])
    column = TextField(_("栏目"), validators=[InputRequired(_("请填写栏目")), Length(max=40)])
    topic = TextField(_("选题"), validators=[InputRequired(_("请填写选题")), Length(max=120)])
    line = SelectField(_("主线"), choices=_choices(Line))
    about = SelectField(_("说的是谁"), choices=_choices(About))
    group_id = SelectField(_("发到"), choices=[])
    broadcast = BooleanField(_("用企业群发"))
    owner_name = TextField(_("负责人"), validators=[Optional(), Length(max=60)])
    text = LongTextField(_("文案"), validators=[Optional(), Length(max=5000)], render_kw={"rows": 4})
    version = VersionField()


class TagForm(Form):
    family = TextField(_("标签组"), validators=[InputRequired(_("请填写标签组")), Length(max=40)])
    value = TextField(_("标签"), validators=[InputRequired(_("请填写标签")), Length(max=60)])
    source = TextField(_("怎么打上"), validators=[Optional(), Length(max=120)])
    use = TextField(_("用来做什么"), validators=[Optional(), Length(max=200)])


class PointForm(Form):
    leads_to = SelectField(_("引到哪类群"), choices=[SelectChoice("", _("不引导")), *_choices(GroupKind)])


class StepForm(Form):
    scene = TextField(_("场景"), validators=[InputRequired(_("请填写场景")), Length(max=40)])
    day = WholeField(_("第几天"), validators=[Optional(), NumberRange(min=0, max=365)], default=0, render_kw=WHOLE)
    trigger = TextField(_("触发"), validators=[InputRequired(_("请填写触发")), Length(max=120)])
    action = TextField(_("动作"), validators=[InputRequired(_("请填写动作")), Length(max=400)])
    within = TextField(_("时限"), validators=[Optional(), Length(max=40)])
    role = TextField(_("责任"), validators=[Optional(), Length(max=40)])
    exception = TextField(_("例外"), validators=[Optional(), Length(max=200)])
    version = VersionField()
