"""From an upload to numbers and back: received, looked at, confirmed, written, undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.bulk import insert_rows
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.files.content import Accepted
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import handlers, later
from siyu_saas.metrics.models import DataImport, OrderLine
from siyu_saas.metrics.queries.imports import hold_engagement, import_of_form
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.locks import locked_days
from siyu_saas.metrics.rules.reading.days import Days, read_days
from siyu_saas.metrics.rules.reading.orders import order_lines
from siyu_saas.metrics.rules.reading.plans import Plan, plan_from
from siyu_saas.metrics.rules.reading.presets import PRESETS
from siyu_saas.metrics.rules.reading.problems import Problems
from siyu_saas.metrics.rules.states import PREVIEW_TIME, UNDO_TIME, ImportState, Source
from siyu_saas.metrics.tables import Table
from siyu_saas.tenants.actions.files import Made, keep_made

from .findings import changes_of_days
from .locks import ReasonMissing, ask_for_reason
from .observations import overwritten, restore_counts, standing_for, store_counts

READ, WRITE, DISCARD = "metrics.read", "metrics.write", "metrics.discard"


def receive_import(
    accepted: Accepted, *, engagement_id: UUID, source: Source, form_key: str, storage, by: Actor, scope: str = ALL
) -> DataImport:
    """Holds the content for a day and has it looked at. The same form again gives the import of the first time."""
    before = import_of_form(form_key)
    if before is not None:
        return before
    content = Made(
        accepted.name,
        accepted.extension,
        accepted.media_type,
        accepted.stream,
        accepted.size_bytes,
        accepted.sha256,
    )
    file = keep_made(content, file_id=new_id(), engagement_id=engagement_id, storage=storage, by=by)
    file.expires_at = now() + PREVIEW_TIME
    row = DataImport(
        id=new_id(),
        engagement_id=engagement_id,
        source=source,
        state=ImportState.READING,
        file_id=file.id,
        name=accepted.name,
        size=accepted.size_bytes,
        sha256=accepted.sha256,
        preset="daily",
        scope=scope,
        plan={},
        findings={},
        form_key=form_key,
        given_by=by.user_id,
        given_by_name=by.name,
    )
    db.session.add(row)
    _work_on(row, READ, by)
    return row


def read_again(row: DataImport, plan: Plan, *, by: Actor) -> None:
    """Has the table looked at with other columns."""
    _only(row, ImportState.READY, ImportState.REFUSED)
    row.state, row.plan, row.preset = ImportState.READING, plan.as_json(), plan.preset.key
    _work_on(row, READ, by)


def note_plan(row: DataImport, plan: Plan, layout: str, findings: Mapping[str, Any]) -> None:
    """What looking at the table has shown; whether it can go in is for a person to say."""
    row.plan, row.preset, row.layout, row.findings = plan.as_json(), plan.preset.key, layout, dict(findings)
    row.rows = findings.get("rows", 0)
    row.first_day, row.last_day = (
        date.fromisoformat(findings[name]) if findings.get(name) else None for name in ("first_day", "last_day")
    )
    row.state = ImportState.READY
    db.session.flush()


def refuse_import(row: DataImport, sentence: str) -> None:
    row.state, row.findings = ImportState.REFUSED, {"refusal": sentence}
    db.session.flush()


def confirm_import(row: DataImport, *, reason: str, by: Actor) -> None:
    """Raises NotReady for what was confirmed already, ReasonMissing where known values of a locked window change."""
    _only(row, ImportState.READY)
    ask_for_reason(row.engagement_id, _touched(row), reason)
    row.state, row.reason = ImportState.WRITING, reason
    _work_on(row, WRITE, by)


def drop_import(row: DataImport, *, by: Actor) -> None:
    """Nothing was written yet, and nothing will be."""
    _only(row, ImportState.READY, ImportState.REFUSED, ImportState.READING)
    row.state = ImportState.DROPPED
    audit.record("data.dropped", row, by=by, label=row.name)
    _let_go(row)


def write_days(row: DataImport, table: Table, *, by: Actor) -> None:
    """Or asks again: other numbers may have come in since it was looked at, and locked ones would change unexplained."""
    found = days_in(table, plan_from(row.plan))
    hold_engagement(row.engagement_id)
    there = standing_for(found.counts, row.engagement_id, row.scope)
    try:
        ask_for_reason(row.engagement_id, overwritten(found.counts, there), row.reason)
    except ReasonMissing:
        row.state, row.findings = (
            ImportState.READY,
            {**row.findings, **changes_of_days(row, found), "asked_again": True},
        )
        db.session.flush()
        return
    stored = store_counts(found.counts, row, there)
    row.added, row.replaced = stored.added, stored.replaced
    _written(row, by)


def write_orders(
    row: DataImport, table: Table, *, key_of: Callable[[str], bytes], progress: Callable[[int], None], by: Actor
) -> None:
    plan, problems = plan_from(row.plan), Problems()
    lines = order_lines(
        table.numbered(plan.first_row), plan.roles, plan.names, key_of=key_of, today=today(), problems=problems
    )
    same = {"engagement_id": row.engagement_id, "import_id": row.id}
    columns = ("customer_key", "order_date", "amount_fen")
    row.added = insert_rows(OrderLine, columns, lines, same=same, each_batch=progress)
    _written(row, by)


def days_in(table: Table, plan: Plan) -> Days:
    rows = table.numbered(plan.first_row)
    return read_days(rows, plan.roles, plan.names, today=today(), adds_rows=plan.preset.adds_rows)


def undo_import(row: DataImport, *, reason: str, by: Actor) -> None:
    """What stood there before stands there again; what was replaced since stays as it is."""
    _only(row, ImportState.DONE)
    if now() - row.written_at > UNDO_TIME:
        raise NotReady("导入已超过 24 小时，不能整批撤销。要改数，请重新导入或填报对应的日子，会留下痕迹。")
    ask_for_reason(row.engagement_id, _touched(row), reason)
    hold_engagement(row.engagement_id)
    restore_counts(row)
    db.session.execute(
        sa.delete(OrderLine).where(OrderLine.import_id == row.id).execution_options(synchronize_session=False)
    )
    row.state, row.undone_at, row.undone_by_name = ImportState.UNDONE, now(), by.name
    row.undone_reason = reason
    audit.record("data.undone", row, by=by, label=row.name)
    db.session.flush()


def touched_locks(row: DataImport) -> list[str]:
    """The agreed windows in which known numbers change when this import goes in, or is taken back."""
    days = _touched(row)
    return [lock.title for lock in locked_days(row.engagement_id) if any(map(lock.holds, days))] if days else []


def _touched(row: DataImport) -> list[date]:
    if not row.first_day or PRESETS[row.preset].shape.is_orders:
        return []
    if row.state is ImportState.READY:
        return [date.fromisoformat(day) for day in row.findings.get("overwritten", ())]
    return [row.first_day + timedelta(days) for days in range((row.last_day - row.first_day).days + 1)]


def _written(row: DataImport, by: Actor) -> None:
    row.state, row.written_at = ImportState.DONE, now()
    audit.record("data.imported", row, by=by, label=row.name)
    _let_go(row)


def _let_go(row: DataImport) -> None:
    """The content is removed right after the commit; the nightly sweep would find it as well."""
    later(handlers[DISCARD], file_id=str(row.file_id))
    db.session.flush()


def _work_on(row: DataImport, kind: str, by: Actor) -> None:
    ids = {"user_id": by.user_id and str(by.user_id), "firm_id": by.firm_id and str(by.firm_id)}
    asker = {"name": by.name, "address": by.address, **ids}
    row.job_id = later(handlers[kind], asked_by=by.user_id, import_id=str(row.id), asker=asker).id
    db.session.flush()


def _only(row: DataImport, *states: ImportState) -> None:
    if row.state not in states:
        raise NotReady(f"这次导入现在是「{row.state.title}」，不能再做这一步。请刷新页面看最新状态。")
