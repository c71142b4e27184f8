"""All rows of one merchant as JSON and as a workbook, all files, and a manifest with a hash of each."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, BinaryIO
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.diagnosis.models import Diagnosis, Finding
from siyu_saas.plan.models import Change
from siyu_saas.plan.rules.changes import ChangeState
from siyu_saas.signing.models import Document
from siyu_saas.tenants.queries.files import kept_files
from siyu_saas.tenants.rules.names import distinct_names

from .models import Report, WeeklyBrief

TEAM_TABLES = {"note", "notice", "bot", "bot_line"}
SECRET = {"sealed_url", "key", "form_key", "lease"}
SENT = {
    "diagnosis": Diagnosis.published_at.is_not(None),
    "document": Document.proposed_at.is_not(None),
    "finding": sa.and_(
        Finding.hidden_at.is_(None),
        Finding.diagnosis_id.in_(sa.select(Diagnosis.id).where(Diagnosis.published_at.is_not(None))),
    ),
    "plan_change": Change.state != ChangeState.DRAFT,
    "report": Report.sent_at.is_not(None),
    "weekly_brief": WeeklyBrief.sent_at.is_not(None),
}
ROWS_IN_SHEET = 100_000
CELL_LIMIT = 32_000
SHEET_NAME_LIMIT = 31


def pack_all(target: BinaryIO, *, team: bool, storage, progress: Callable[[int, int], None]) -> None:
    """Written one after the other; the manifest comes last and knows the SHA-256 of everything before it."""
    manifest: list[dict[str, Any]] = []
    tables = {table.name: list(_rows(model, table, team=team)) for model, table in _models(team=team)}
    files = [file for file in kept_files() if file.extension != "zip" and (team or not file.team_only)]
    steps = len(files) + 2
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = json.dumps(rows, ensure_ascii=False, indent=1).encode()
            _add(archive, manifest, f"data/{name}.json", text)
        progress(1, steps)
        _add(archive, manifest, "data.xlsx", _workbook(tables))
        progress(2, steps)
        for done, (file, name) in enumerate(zip(files, distinct_names([one.name for one in files]), strict=True), 3):
            with storage.open(file.key) as content:
                _add(archive, manifest, f"files/{name}", content.read())
            progress(done, steps)
        listed = json.dumps({"files": manifest}, ensure_ascii=False, indent=1).encode()
        archive.writestr("manifest.json", listed)


def _models(*, team: bool) -> Iterator[tuple[type, sa.Table]]:
    """Every table that a merchant owns; what is the team's own only for the team."""
    mappers = {
        mapper.local_table.name: mapper for mapper in db.Model.registry.mappers if mapper.local_table is not None
    }
    for name in sorted(mappers):
        table = mappers[name].local_table
        if table.info.get("tenancy") == "owned" and (team or name not in TEAM_TABLES):
            yield mappers[name].class_, table


def _rows(model: type, table: sa.Table, *, team: bool) -> Iterator[dict[str, Any]]:
    """For the merchant without drafts, without what is internal and without what was hidden from them."""
    columns = {attribute.columns[0].name: attribute for attribute in sa.inspect(model).column_attrs}
    shown = {name: attribute for name, attribute in columns.items() if name not in SECRET}
    chosen = sa.select(*(getattr(model, attribute.key) for attribute in shown.values())).order_by(model.id)
    internal = [name for name in ("team_only", "internal") if name in columns]
    for name in internal if not team else ():
        chosen = chosen.where(getattr(model, columns[name].key).is_(False))
    if not team and table.name in SENT:
        chosen = chosen.where(SENT[table.name])
    for row in db.session.execute(chosen.limit(ROWS_IN_SHEET)):
        found = {name: _plain(value) for name, value in zip(shown, row, strict=True)}
        yield _as_sent(found) if table.name == "report" and not team else found


def _as_sent(report: dict[str, Any]) -> dict[str, Any]:
    """Without the sections that were left out, and without words that nobody confirmed."""
    sections = [one for one in report["data"]["sections"] if one["key"] not in report["hidden"]]
    appendix = [] if "appendix" in report["hidden"] else report["data"]["appendix"]
    words = {
        key: one for key, one in report["narrative"].items() if one.get("confirmed") and key not in report["hidden"]
    }
    return {**report, "data": {**report["data"], "sections": sections, "appendix": appendix}, "narrative": words}


def _workbook(tables: dict[str, list[dict[str, Any]]]) -> bytes:
    """Texts are written as texts: nothing in a cell is ever a formula or a link."""
    import xlsxwriter  # loaded by the worker only

    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name[:SHEET_NAME_LIMIT])
            for column, title in enumerate(rows[0] if rows else ()):
                sheet.write_string(0, column, title)
            for line, row in enumerate(rows, 1):
                for column, value in enumerate(row.values()):
                    _write(sheet, line, column, value)
    return content.getvalue()


def _write(sheet, line: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool | str):
        sheet.write_string(line, column, str(value)[:CELL_LIMIT])
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, json.dumps(value, ensure_ascii=False)[:CELL_LIMIT])


def _add(archive: zipfile.ZipFile, manifest: list[dict[str, Any]], name: str, content: bytes) -> None:
    archive.writestr(name, content)
    manifest.append({"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value
