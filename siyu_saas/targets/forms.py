"""What is typed to draft a target, to answer an offer, to revise, to give up and to conclude."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation

from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.measures import Measure, Unit
from siyu_saas.metrics.rules.scopes import scope_title
from siyu_saas.signing.forms import SignForm
from siyu_saas.web.filters import parse_amount
from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField, VersionField, WholeField

from .rules.lights import Light
from .rules.qualities import STEPS
from .rules.quantities import from_typed, typed
from .rules.states import RESULTS
from .rules.totals import modes_of

LARGEST = 10**15
LINES_LIMIT = 12
REASON = Length(max=400, message=_("最长 400 个字"))
DAY = InputRequired(_("请选择日期"))


class QuantityField(TextField):
    """A number with 万, separators or a percent sign, read in the unit of its form; `steps` is the value."""

    def steps(self, unit: Unit) -> int | None:
        """Raises StopValidation with the sentence for the person who typed it."""
        if not self.data:
            return None
        try:
            number = parse_amount(self.data.rstrip("%％"))
            found = from_typed(unit, number)
        except (ValueError, ArithmeticError) as error:
            raise StopValidation(str(error)) from error
        if not 0 <= found <= LARGEST:
            raise StopValidation("数值超出范围")
        if unit is Unit.SHARE and number > Decimal(100):
            raise StopValidation("比率不能超过 100%")
        return found


def shown(unit: Unit, steps: int | None) -> str:
    number = typed(unit, steps)
    return "" if number is None else f"{number:f}"


def lines_of(text: str | None) -> list[str]:
    return [line.strip()[:200] for line in (text or "").splitlines() if line.strip()]


class QuantityForm(Form):
    """`steps` holds the values of its quantity fields by name once the form was found valid."""

    QUANTITIES: tuple[str, ...] = ("value",)

    def __init__(self, *args, unit: Unit, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.steps = unit, {}

    def validate(self, extra_validators=None) -> bool:
        valid = super().validate(extra_validators)
        for name in self.QUANTITIES:
            field = self[name]
            try:
                self.steps[name] = field.steps(self.unit)
            except StopValidation as error:
                field.errors = [*field.errors, str(error)]
                valid = False
        return valid


class IdField(HiddenField):
    """The id of a row; empty or unreadable is none."""

    def process_formdata(self, valuelist):
        try:
            self.data = UUID(valuelist[0]) if valuelist and valuelist[0] else None
        except ValueError:
            self.data = None


class TargetForm(QuantityForm):
    QUANTITIES = ("value", "baseline")

    title = TextField(_("一句话目标"), validators=[InputRequired(_("用商家听得懂的一句话说明目标")), Length(max=120)])
    scope = TextField(_("范围"), validators=[InputRequired(_("写明渠道、人群或群的范围")), Length(max=120)])
    counted_in = SelectField(_("用哪里的数"), choices=[], default=ALL)
    value = QuantityField(_("目标值"), validators=[InputRequired(_("请填写目标值"))])
    reason = LongTextField(_("取值依据"), validators=[Optional(), REASON], render_kw={"rows": 2})
    baseline = QuantityField(_("基线（没有数据时双方约定）"), validators=[Optional()])
    first = DateField(_("达成窗口从"), validators=[DAY])
    last = DateField(_("到"), validators=[DAY])
    mode = SelectField(_("计算方式"), choices=[])
    trailing_days = WholeField(_("最后若干天"), default=14, validators=[NumberRange(1, 366, _("1 到 366 天"))])
    ramp = BooleanField(_("爬坡型：前三分之一时间不判红"))
    before_first = DateField(_("对比基线从"), validators=[DAY])
    before_last = DateField(_("到"), validators=[DAY])
    after_first = DateField(_("对比服务期从"), validators=[DAY])
    after_last = DateField(_("到"), validators=[DAY])
    owner_merchant = TextField(_("商家责任人"), validators=[Optional(), Length(max=60)])
    owner_consultant = TextField(_("顾问责任人"), validators=[Optional(), Length(max=60)])
    actions = LongTextField(_("支撑动作"), validators=[Optional(), Length(max=2000)], render_kw={"rows": 4})
    assumptions = LongTextField(_("前提"), validators=[Optional(), Length(max=2000)], render_kw={"rows": 3})
    confirmed = BooleanField(_("责任人与资源都已确认"))
    version = VersionField()
    once = OnceField()

    def __init__(self, *args, measure: Measure, scopes: Sequence[str] = (), **kwargs) -> None:
        super().__init__(*args, unit=measure.unit, **kwargs)
        self.mode.choices = [SelectChoice(mode.value, mode.title) for mode in modes_of(measure)]
        self.counted_in.choices = [SelectChoice(scope, scope_title(scope)) for scope in (ALL, *scopes)]

    def validate(self, extra_validators=None) -> bool:
        valid = super().validate(extra_validators)
        for first, last in (
            (self.first, self.last),
            (self.before_first, self.before_last),
            (self.after_first, self.after_last),
        ):
            if first.data and last.data and last.data < first.data:
                last.errors = [*last.errors, _("结束日期不能早于开始日期")]
                valid = False
        before, after = self.before_first, self.after_first
        if valid and self.before_last.data >= after.data and before.data <= self.after_last.data:
            after.errors = [*after.errors, _("两个对比窗口不能重叠")]
            valid = False
        for field in (self.actions, self.assumptions):
            if len(lines_of(field.data)) > LINES_LIMIT:
                field.errors = [*field.errors, _("最多 12 条，一行一条")]
                valid = False
        return valid


class OfferForm(QuantityForm):
    value = QuantityField(_("精确输入"), validators=[InputRequired(_("请填写数值"))])
    reason = LongTextField(
        _("为什么"), validators=[InputRequired(_("提出不同数值要写原因")), REASON], render_kw={"rows": 3}
    )


class RevisionForm(QuantityForm):
    value = QuantityField(_("目标值"), validators=[InputRequired(_("请填写目标值"))])
    first = DateField(_("达成窗口从"), validators=[DAY])
    last = DateField(_("到"), validators=[DAY])
    scope = TextField(_("范围"), validators=[InputRequired(_("写明范围")), Length(max=120)])
    reason = LongTextField(
        _("为什么修订"), validators=[InputRequired(_("修订要写原因")), REASON], render_kw={"rows": 3}
    )

    def validate(self, extra_validators=None) -> bool:
        valid = super().validate(extra_validators)
        if self.first.data and self.last.data and self.last.data < self.first.data:
            self.last.errors = [*self.last.errors, _("结束日期不能早于开始日期")]
            return False
        return valid


class GiveUpForm(Form):
    why = LongTextField(
        _("为什么取消"), validators=[InputRequired(_("前提变化要写清楚")), REASON], render_kw={"rows": 3}
    )


class ResultForm(Form):
    state = RadioField(_("结论"), choices=[SelectChoice(state.value, state.title) for state in RESULTS])
    note = LongTextField(_("说明"), validators=[Optional(), REASON], render_kw={"rows": 2})


class ParentForm(Form):
    parent = IdField(_("支撑哪个目标"))


class WorkForm(Form):
    """`work` is `task:<id>` or `milestone:<id>`."""

    work = TextField(_("任务或里程碑"), validators=[InputRequired(_("请选一个任务或里程碑")), Length(max=60)])


class LightForm(Form):
    light = RadioField(_("改成"), choices=[SelectChoice(light.value, light.title) for light in Light])
    why_light = LongTextField(
        _("为什么手动改"), validators=[InputRequired(_("手动更改要写原因，对方会看到")), REASON], render_kw={"rows": 2}
    )


class QualityForm(Form):
    title = TextField(_("定性目标"), validators=[InputRequired(_("写一个看得见的变化")), Length(max=80)])
    good = LongTextField(
        _("做到是什么样"),
        validators=[InputRequired(_("写清楚做到的样子，双方才好判断")), REASON],
        render_kw={"rows": 2},
    )
    once = OnceField()


class MarkForm(Form):
    step = RadioField(
        _("现在到哪一步"), choices=[SelectChoice(str(step), f"{step} · {word}") for step, word in STEPS.items()]
    )
    words = TextField(_("一句话说明"), validators=[Optional(), REASON])
    once = OnceField()


class SignManyForm(SignForm):
    """`read` are pairs of id and digest, as they were shown: `<id>:<sha256>`, one a line."""

    read = HiddenField()
