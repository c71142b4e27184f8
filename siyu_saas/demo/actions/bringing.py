"""Tables of days and of orders that the merchant hands in: looked at and written, as the worker does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from siyu_saas.core.clock import telling
from siyu_saas.core.services import services
from siyu_saas.core.tokens import key_for
from siyu_saas.demo.rules import days_between, moment
from siyu_saas.metrics.actions.findings import changes_of_days, changes_of_orders, findings_of_days, findings_of_orders
from siyu_saas.metrics.actions.imports import (
    confirm_import,
    days_in,
    note_plan,
    receive_import,
    write_days,
    write_orders,
)
from siyu_saas.metrics.models import DataImport
from siyu_saas.metrics.rules.reading.headers import Header, find_header
from siyu_saas.metrics.rules.reading.orders import customer_key
from siyu_saas.metrics.rules.reading.plans import Plan, plan_for
from siyu_saas.metrics.rules.states import Source
from siyu_saas.metrics.tables import Table, opened
from siyu_saas.packs.demo import order_sheet

from .cast import Cast, file_named

WEEKLY = "按约定补录到昨天"


def bring_numbers(cast: Cast, first: date, last: date, *, moved: int = 0, on: date) -> None:
    """The merchant's table of these days. `moved`: the finished merchant's days, that much later."""
    content = days_between(first, last, moved=moved)
    name, by = f"日报 {first.isoformat()} 至 {last.isoformat()}.csv", cast.lead.actor
    with _handed_in(cast, name, content, form_key=f"demo-{first.isoformat()}", on=on) as (row, table, header, plan):
        note_plan(row, plan, header.layout, {})
        found = days_in(table, plan)
        note_plan(row, plan, header.layout, findings_of_days(found) | changes_of_days(row, found))
        confirm_import(row, reason=WEEKLY, by=by)
        write_days(row, table, by=by)


def bring_orders(cast: Cast, sheet: str, name: str, *, on: date) -> DataImport:
    content, by = order_sheet(sheet).encode(), cast.lead.actor
    with _handed_in(cast, name, content, form_key=f"demo-{sheet}", on=on) as (row, table, header, plan):
        found = findings_of_orders(table, plan, _unseen)
        note_plan(row, plan, header.layout, found | changes_of_orders(row, found))
        confirm_import(row, reason="", by=by)
        key_of = customer_key(key_for(services().settings.secret_key, "customer", cast.merchant.id))
        write_orders(row, table, key_of=key_of, progress=_unseen, by=by)
    return row


@contextmanager
def _handed_in(
    cast: Cast, name: str, content: bytes, *, form_key: str, on: date
) -> Iterator[tuple[DataImport, Table, Header, Plan]]:
    with telling(moment(on, 9)):
        with file_named(name, content) as file:
            row = receive_import(
                file,
                engagement_id=cast.engagement.id,
                source=Source.FILE,
                form_key=form_key,
                storage=services().storage,
                by=cast.lead.actor,
            )
        with file_named(name, content) as file, opened(file.stream, file.extension) as table:
            header = find_header(table.head())
            yield row, table, header, plan_for(header, None)


def _unseen(_done: int) -> None:
    """Nobody watches the demo being played."""
