"""Order lines brought, the rhythm of campaigns and the prizes calculated, customers put into segments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from siyu_saas.core.clock import telling
from siyu_saas.core.services import services
from siyu_saas.core.tokens import key_for
from siyu_saas.demo.rules import moment
from siyu_saas.metrics.actions.calculations import keep_calculation
from siyu_saas.metrics.actions.findings import changes_of_orders, findings_of_orders
from siyu_saas.metrics.actions.imports import confirm_import, note_plan, receive_import, undo_import, write_orders
from siyu_saas.metrics.actions.segments import keep_segments
from siyu_saas.metrics.forms.calculations import form_for, usual
from siyu_saas.metrics.models import CalcRun, DataImport
from siyu_saas.metrics.queries.customers import rhythm
from siyu_saas.metrics.rules.calculators.catalog import CALCULATORS, EDITION
from siyu_saas.metrics.rules.reading.headers import find_header
from siyu_saas.metrics.rules.reading.orders import customer_key
from siyu_saas.metrics.rules.reading.plans import plan_for
from siyu_saas.metrics.rules.states import Source
from siyu_saas.metrics.tables import opened
from siyu_saas.packs.demo import order_sheet
from siyu_saas.web.filters.numbers import rounded

from .cast import Cast, file_named

TRIED = "只用来试算复购间隔，算完撤回"


def try_rhythm(cast: Cast, terms: Mapping[str, str], *, on: date) -> CalcRun:
    """Six customers' orders say how often people buy; the rhythm that follows is kept, the orders are not."""
    row = _bring(cast, "first_orders", "复购试算样本.csv", on)
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
    _bring(cast, "orders", "订单明细（脱敏）.csv", on)
    with telling(moment(on, 15)):
        return keep_segments(
            cast.engagement.id,
            terms["asof"],
            terms["interval"],
            terms["order"],
            form_key="demo-rfm",
            by=cast.consultant.actor,
        )


def _bring(cast: Cast, sheet: str, name: str, on: date) -> DataImport:
    """Looked at and written, as the worker does it."""
    by, content = cast.lead.actor, order_sheet(sheet).encode()
    with telling(moment(on, 9)):
        with file_named(name, content) as file:
            row = receive_import(
                file,
                engagement_id=cast.engagement.id,
                source=Source.FILE,
                form_key=f"demo-{sheet}",
                storage=services().storage,
                by=by,
            )
        with file_named(name, content) as file, opened(file.stream, file.extension) as table:
            header = find_header(table.head())
            plan = plan_for(header, None)
            found = findings_of_orders(table, plan, _unseen)
            note_plan(row, plan, header.layout, found | changes_of_orders(row, found))
            confirm_import(row, reason="", by=by)
            key_of = customer_key(key_for(services().settings.secret_key, "customer", cast.merchant.id))
            write_orders(row, table, key_of=key_of, progress=_unseen, by=by)
    return row


def _unseen(_done: int) -> None:
    """Nobody watches the demo being played."""
