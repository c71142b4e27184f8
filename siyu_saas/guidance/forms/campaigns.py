"""A campaign, what belongs to it, and its figures."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectChoice, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from siyu_saas.guidance.rules.campaigns import Verdict
from siyu_saas.web.filters import parse_amount
from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField, VersionField, WholeField

LONGEST_DAYS = 60
COUNT = [Optional(), NumberRange(min=0, max=100_000_000, message=_("请填 0 或更大的整数"))]
WHOLE = {"inputmode": "numeric"}


class MoneyField(StringField):
    """Yuan as people write them (「52.7万」 too); `data` is whole fen."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ("" if self.data is None else str(Decimal(self.data) / 100))

    def process_formdata(self, valuelist):
        text = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if text:
            self.data = int((parse_amount(text) * 100).quantize(Decimal(1), ROUND_HALF_UP))


class PercentField(StringField):
    """A percentage; `data` is basis points."""

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else f"{Decimal(self.data) / 100:f}"

    def process_formdata(self, valuelist):
        text = (valuelist[0] if valuelist else "").strip().rstrip("%％")
        self.data = None
        if text:
            try:
                self.data = int((Decimal(text) * 100).quantize(Decimal(1), ROUND_HALF_UP))
            except ArithmeticError as error:
                raise ValueError(_("请填写百分数，如 12.5")) from error
            if not -100_000 <= self.data <= 100_000:
                raise ValueError(_("百分数超出范围，请检查"))


class CampaignForm(Form):
    title = TextField(_("活动名称"), validators=[InputRequired(_("请填写活动名称")), Length(max=80)])
    type = SelectField(_("类型"), choices=[])
    mechanic = TextField(_("一句话玩法"), validators=[Optional(), Length(max=400)])
    audience = TextField(_("面向的人群或群"), validators=[Optional(), Length(max=200)])
    owner_name = TextField(_("负责人"), validators=[Optional(), Length(max=60)])
    starts_on = DateField(_("开始"), validators=[InputRequired(_("请选择开始日期"))])
    ends_on = DateField(_("结束"), validators=[InputRequired(_("请选择结束日期"))])
    goal_joins = WholeField(_("目标：入群人数"), validators=COUNT, render_kw=WHOLE)
    goal_interactions = WholeField(_("目标：互动人次"), validators=COUNT, render_kw=WHOLE)
    goal_orders = WholeField(_("目标：成交单数"), validators=COUNT, render_kw=WHOLE)
    goal_cost_fen = MoneyField(_("目标：成本"), validators=[Optional()], render_kw={"inputmode": "decimal"})
    goal_profit_bp = PercentField(_("目标：利润率"), validators=[Optional()], render_kw={"inputmode": "decimal"})
    once = OnceField()
    version = VersionField()

    def validate_ends_on(self, field) -> None:
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("结束日期早于开始日期，请检查"))
        if self.starts_on.data and field.data and (field.data - self.starts_on.data).days >= LONGEST_DAYS:
            raise ValidationError(_("一场活动最长 %(days)s 天", days=LONGEST_DAYS))

    @property
    def fields(self) -> dict:
        """What is stored; what was left empty is unknown where that has a meaning."""
        texts = ("title", "type", "mechanic", "audience", "owner_name")
        found = {name: field.data for name, field in self._fields.items() if name not in ("once", "version")}
        return {name: (value or "") if name in texts else value for name, value in found.items()}


class FiguresForm(Form):
    joins = WholeField(_("入群人数"), validators=COUNT, render_kw=WHOLE)
    interactions = WholeField(_("互动人次"), validators=COUNT, render_kw=WHOLE)
    orders = WholeField(_("成交单数"), validators=COUNT, render_kw=WHOLE)
    gmv_fen = MoneyField(_("成交金额"), validators=[Optional()], render_kw={"inputmode": "decimal"})
    cost_fen = MoneyField(_("成本"), validators=[Optional()], render_kw={"inputmode": "decimal"})
    profit_fen = MoneyField(_("利润"), validators=[Optional()], render_kw={"inputmode": "decimal"})
    version = VersionField()


class MaterialForm(Form):
    name = TextField(_("物料"), validators=[InputRequired(_("请填写物料名称")), Length(max=80)])
    amount = TextField(_("规格与数量"), validators=[Optional(), Length(max=40)])
    owner_name = TextField(_("负责人"), validators=[Optional(), Length(max=60)])
    due_on = DateField(_("截止"), validators=[InputRequired(_("请选择截止日期"))])
    plan_b = TextField(_("备选方案"), validators=[Optional(), Length(max=120)])


class ScriptForm(Form):
    day = WholeField(_("第几天"), validators=[InputRequired(), NumberRange(min=1, max=LONGEST_DAYS)], default=1)
    at = TimeField(_("时间"), validators=[InputRequired(_("请填写时间"))])
    theme = TextField(_("当天主题"), validators=[Optional(), Length(max=40)])
    text = LongTextField(
        _("内容"), validators=[InputRequired(_("请填写内容")), Length(max=1000)], render_kw={"rows": 2}
    )
    owner_name = TextField(_("谁来发"), validators=[Optional(), Length(max=60)])


class BriefingForm(Form):
    held_on = DateField(_("日期"), validators=[InputRequired(_("请选择日期"))])
    invited = WholeField(_("应到"), validators=[InputRequired(), NumberRange(min=1, max=10_000)], render_kw=WHOLE)
    came = WholeField(_("实到"), validators=[InputRequired(), NumberRange(min=0, max=10_000)], render_kw=WHOLE)
    asked = WholeField(_("抽问题数"), validators=[Optional(), NumberRange(min=0, max=1_000)], render_kw=WHOLE)
    right = WholeField(_("答对"), validators=[Optional(), NumberRange(min=0, max=1_000)], render_kw=WHOLE)
    note = TextField(_("备注"), validators=[Optional(), Length(max=400)])

    def validate_came(self, field) -> None:
        if self.invited.data is not None and field.data > self.invited.data:
            raise ValidationError(_("实到人数多于应到，请检查"))


class IssueForm(Form):
    what = TextField(_("现象"), validators=[InputRequired(_("请写发生了什么")), Length(max=400)])
    cause = TextField(_("原因"), validators=[Optional(), Length(max=400)])
    remedy = TextField(_("对策"), validators=[Optional(), Length(max=400)])
    owner_name = TextField(_("负责人"), validators=[Optional(), Length(max=60)])


class ImprovementForm(Form):
    verdict = SelectField(_("结论"), choices=[SelectChoice(one.value, one.title) for one in Verdict])
    text = TextField(_("内容"), validators=[InputRequired(_("请写一句话")), Length(max=200)])
    owner_name = TextField(_("负责人"), validators=[Optional(), Length(max=60)])
    due_on = DateField(_("日期"), validators=[Optional()])


PART_FORMS = {
    "materials": MaterialForm,
    "script": ScriptForm,
    "briefings": BriefingForm,
    "issues": IssueForm,
    "improvements": ImprovementForm,
}
