"""The inputs of a calculator, made from its questions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.metrics.rules.calculators.answers import prizes_of
from siyu_saas.metrics.rules.calculators.catalog import Ask, Calculator, Question
from siyu_saas.metrics.rules.calculators.inputs import BadInput
from siyu_saas.web.filters import parse_amount
from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField

LARGEST = Decimal(10**12)


class SegmentsForm(Form):
    """What the page of customers shows, sent back to be kept."""

    asof = HiddenField()
    interval = HiddenField(validators=[Length(max=20)])
    order = HiddenField(validators=[Length(max=20)])
    once = OnceField()


def form_for(calculator: Calculator, **options) -> CalculatorForm:
    fields = {one.name: _field(one) for one in calculator.questions}
    kind = type("Inputs", (CalculatorForm,), fields)
    form = kind(**options)
    form.calculator = calculator
    return form


def usual(calculator: Calculator) -> MultiDict:
    """The example of the domain, as if it had been typed."""
    return MultiDict({question.name: question.usual for question in calculator.questions})


class CalculatorForm(Form):
    """`values` holds what the calculator takes once the form was found valid, `typed` what was written."""

    once = OnceField()
    calculator: Calculator
    values: dict[str, Any]

    def validate(self, extra_validators=None) -> bool:
        valid, self.values = super().validate(extra_validators), {}
        for question in self.calculator.questions:
            field = self[question.name]
            try:
                self.values[question.name] = _read(question, field.data or "")
            except BadInput as error:
                field.errors, valid = [*field.errors, str(error)], False
        return valid

    def blame(self, error: BadInput) -> None:
        """Puts what the calculator refused beside the field that it names."""
        name = error.field if error.field in self else self.calculator.questions[-1].name
        self[name].errors = [*self[name].errors, str(error)]

    @property
    def typed(self) -> dict[str, str]:
        return {question.name: self[question.name].data or "" for question in self.calculator.questions}


def _field(question: Question):
    needed = Optional() if question.optional else InputRequired(_("请填写"))
    if question.ask is Ask.PRIZES:
        limit = Length(max=2000, message=_("最长 2000 个字"))
        return LongTextField(question.title, default=question.usual, validators=[needed, limit], render_kw={"rows": 6})
    mode = {} if question.ask is Ask.DAY else {"inputmode": "decimal"}
    kind = {"type": "date"} if question.ask is Ask.DAY else {}
    return TextField(
        question.title, default=question.usual, validators=[needed, Length(max=40)], render_kw={**mode, **kind}
    )


def _read(question: Question, typed: str) -> Any:
    if not typed:
        return None
    if question.ask is Ask.PRIZES:
        return prizes_of(typed)
    if question.ask is Ask.DAY:
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise BadInput(question.name, "日期请写成 2026-05-08 这样") from error
    try:
        number = parse_amount(typed.rstrip("%％"))
    except (ValueError, ArithmeticError) as error:
        raise BadInput(question.name, str(error)) from error
    if abs(number) > LARGEST:
        raise BadInput(question.name, "数字太大")
    return _scaled(question, number)


def _scaled(question: Question, number: Decimal) -> Any:
    if question.ask is Ask.PERCENT:
        return number / 100
    if question.ask is Ask.NUMBER:
        if not 0 < number <= 1000:
            raise BadInput(question.name, "请填 0 到 1000 之间的数")
        return number
    steps = number * 100 if question.ask is Ask.YUAN else number
    if steps != steps.to_integral_value():
        raise BadInput(question.name, "最多两位小数" if question.ask is Ask.YUAN else "要填整数")
    return int(steps)
