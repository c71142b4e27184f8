"""A milestone's words and gate, and how content the merchant is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from siyu_saas.plan.rules.states import Gate
from siyu_saas.web.forms import Form, LongTextField, TextField, VersionField, WholeField

MOST_STARS = 5


class MilestoneForm(Form):
    title = TextField(_("里程碑"), validators=[InputRequired(_("请填写名称")), Length(max=80)])
    deliverable = TextField(_("交付物"), validators=[Optional(), Length(max=400)])
    acceptance = LongTextField(
        _("验收标准"), validators=[Optional(), Length(max=1000, message=_("最长 1000 个字"))], render_kw={"rows": 3}
    )
    gate = RadioField(
        _("没签收之前，后面的任务"),
        choices=[
            SelectChoice(Gate.NONE.value, _("照常开始")),
            SelectChoice(Gate.WARN.value, _("可以开始，会提醒")),
            SelectChoice(Gate.BLOCK.value, _("不能开始")),
        ],
    )
    required = BooleanField(_("必做（计入结束服务指导的条件）"))
    version = VersionField()


class SatisfactionForm(Form):
    stars = WholeField(
        _("满意度"), validators=[InputRequired(_("请选择")), NumberRange(1, MOST_STARS, message=_("1 到 5 分"))]
    )
    note = TextField(_("想说的话"), validators=[Optional(), Length(max=400, message=_("最长 400 个字"))])
