"""What the worker does with tables that people bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import today
from siyu_saas.core.database import end_reading
from siyu_saas.core.errors import Refusal
from siyu_saas.core.files.errors import FileGone
from siyu_saas.core.queue import every, job, progress
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import current_scope, system
from siyu_saas.core.tokens import key_for
from siyu_saas.tenants.actions.files import discard_content

from .actions.experience import gather_experience
from .actions.findings import changes_of_days, changes_of_orders, findings_of_days, findings_of_orders
from .actions.imports import DISCARD, READ, WRITE, days_in, note_plan, refuse_import, write_days, write_orders
from .models import DataImport
from .queries.imports import content_of, file_to_discard, import_to_change, plan_of_layout
from .rules.reading.headers import find_header
from .rules.reading.orders import customer_key
from .rules.reading.plans import Plan, plan_for, plan_from, samples
from .rules.states import ImportState
from .tables import Table, opened

GONE = FileGone("上传的文件已超过 24 小时，内容已经清除。请重新上传。")


@job(READ, title="检查表格")
def read_table(*, import_id: str, asker: dict) -> dict:
    row = import_to_change(UUID(import_id))
    if row is None or row.state is not ImportState.READING:
        return {"import_id": import_id}
    kept = plan_from(row.plan) if row.plan else None
    try:
        with _table_of(row) as table:
            end_reading()
            plan, layout, findings, days = _look_at(table, kept)
    except Refusal as refusal:
        end_reading()
        row = import_to_change(UUID(import_id))
        refuse_import(row, str(refusal))
        return {"import_id": import_id}
    row = import_to_change(UUID(import_id))
    if row.state is ImportState.READING:
        if not plan.missing:
            findings |= changes_of_orders(row, findings) if plan.is_orders else changes_of_days(row, days)
        note_plan(row, plan, layout, findings)
    return {"import_id": import_id}


@job(WRITE, title="导入数据")
def write_table(*, import_id: str, asker: dict) -> dict:
    row = import_to_change(UUID(import_id))
    if row is None or row.state is not ImportState.WRITING:
        return {"import_id": import_id}
    with _table_of(row) as table:
        if plan_from(row.plan).is_orders:
            write_orders(row, table, key_of=_key_of(), progress=_steps(row.rows), by=_actor(asker))
        else:
            write_days(row, table, by=_actor(asker))
    return {"import_id": import_id}


@job(DISCARD, title="清除导入文件的内容")
def discard_original(*, file_id: str) -> dict:
    file = file_to_discard(UUID(file_id))
    if file is not None:
        discard_content(file, storage=services().storage)
    return {"file_id": file_id}


@every(timedelta(days=1))
@job("metrics.experience", title="汇总本机构的匿名基准")
def gather_own_benchmarks() -> dict:
    with system("gather the anonymous benchmarks of firms"):
        return {"bands": gather_experience(today())}


@contextmanager
def _table_of(row: DataImport) -> Iterator[Table]:
    file = content_of(row)
    if file is None:
        raise GONE
    with services().storage.open(file.key) as content, opened(content, file.extension) as table:
        yield table


def _look_at(table: Table, kept: Plan | None) -> tuple[Plan, str, dict[str, Any], Any]:
    """The plan, the digest of the header, what was found, and the days of a daily table."""
    head = table.head()
    header = find_header(head)
    plan = kept or plan_for(header, plan_of_layout(header.layout))
    end_reading()
    shown = {
        "samples": samples(plan, head[plan.first_row :]),
        "sheet": table.sheet,
        "others": list(table.others),
        "missing": plan.missing,
        "dropped": [list(one) for one in plan.dropped],
    }
    if plan.missing:
        return plan, header.layout, {**shown, "rows": 0, "problem_count": 0, "bad_rows": 0}, None
    if plan.is_orders:
        return plan, header.layout, {**shown, **findings_of_orders(table, plan, _steps(0))}, None
    days = days_in(table, plan)
    return plan, header.layout, {**shown, **findings_of_days(days)}, days


def _key_of() -> Callable[[str], bytes]:
    return customer_key(key_for(services().settings.secret_key, "customer", current_scope().write))


def _steps(total: int) -> Callable[[int], None]:
    return lambda done: progress(done, max(total, done))


def _actor(asker: dict) -> Actor:
    ids = [UUID(asker[name]) if asker[name] else None for name in ("user_id", "firm_id")]
    return Actor(asker["name"], *ids, asker["address"])
