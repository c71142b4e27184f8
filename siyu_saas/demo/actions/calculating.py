"""The rhythm of campaigns and the prizes calculated, customers put into segments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from siyu_saas.core.clock import telling
from siyu_saas.demo.rules import moment
from siyu_saas.metrics.actions.calculations import keep_calculation
from siyu_saas.metrics.actions.imports import undo_import
from siyu_saas.metrics.actions.segments import keep_segments
from siyu_saas.metrics.forms.calculations import form_for, usual
from siyu_saas.metrics.models import CalcRun
from siyu_saas.metrics.queries.customers import rhythm
from siyu_saas.metrics.rules.calculators.catalog import CALCULATORS, EDITION
from siyu_saas.web.filters.numbers import rounded

from .bringing import bring_orders
from .cast import Cast

TRIED = "只用来试算复购间隔，算完撤回"


def try_rhythm(cast: Cast, terms: Mapping[str, str], *, on: date) -> CalcRun:
    """Six customers' orders say how often people buy; the rhythm that follows is kept, the orders are not."""
    row = bring_orders(cast, "first_orders", "复购试算样本.csv", on=on)
    with telling(moment(on, 11)):
        days = rhythm(cast.engagement.id, on).mean_days
        run = keep_answer(cast, "cadence", {**terms, "mean": rounded(days, 0)}, on=on)
        undo_import(row, reason=TRIED, by=cast.lead.actor)
    return run


def keep_answer(cast: Cast, key: str, typed: Mapping[str, Any], *, on: date) -> CalcRun:
    """`typed`: what differs from the calculator's own example."""
    calculator = CALCULATORS[key]
    form = form_for(calculator, formdata=MultiDict({**usual(calculator), **typed}), meta={"csrf": False})
    if not form.validate():
        raise ValueError(form.errors)
    answer = calculator.answer(form.values)
    with telling(moment(on, 15)):
        return keep_calculation(
            cast.engagement.id,
            key,
            calculator.title_of(answer),
            form.typed,
            answer,
            edition=EDITION,
            form_key=f"demo-{key}",
            by=cast.consultant.actor,
        )


def segment_customers(cast: Cast, terms: Mapping[str, Any], *, on: date) -> CalcRun:
    bring_orders(cast, "orders", "订单明细（脱敏）.csv", on=on)
    with telling(moment(on, 15)):
        return keep_segments(
            cast.engagement.id,
            terms["asof"],
            terms["interval"],
            terms["order"],
            form_key="demo-rfm",
            by=cast.consultant.actor,
        )
