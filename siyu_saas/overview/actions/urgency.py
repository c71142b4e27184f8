"""Keeping `Urgency` true: marked by whatever writes, worked out anew by whoever reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from siyu_saas.core.database import end_reading, own_transaction
from siyu_saas.core.tenancy import portfolio
from siyu_saas.core.written import written
from siyu_saas.tenants.models import Tenant

from ..models import CALM, NEVER, Urgency
from ..queries.urgency import INPUTS, Found, stale, urgencies

MOST_AT_ONCE = 100
PATIENCE_MS = 300
TABLE = Urgency.__table__
MARK = TABLE.update().values(touched=TABLE.c.touched + 1, fresh_on=NEVER)
MARK_ONE = MARK.where(TABLE.c.tenant_id == sa.bindparam("merchant", type_=sa.Uuid()))
KEEP = TABLE.update().where(
    TABLE.c.tenant_id == sa.bindparam("merchant", type_=sa.Uuid()),
    TABLE.c.touched == sa.bindparam("touched_then", type_=sa.Integer()),
)
CALMLY = {
    "rank": CALM,
    "need": "",
    "further": 0,
    "paused": False,
    "archived": False,
    "on_us": 0,
    "on_them": 0,
    "rated": "",
    "fresh_on": NEVER,
    "touched": 0,
}
ENLIST = TABLE.insert().from_select(
    ["tenant_id", "firm_id", *CALMLY],
    sa.select(
        Tenant.__table__.c.id,
        Tenant.__table__.c.firm_id,
        *(sa.literal(value, TABLE.c[name].type) for name, value in CALMLY.items()),
    ).where(
        Tenant.__table__.c.id == sa.bindparam("merchant", type_=sa.Uuid()),
        Tenant.__table__.c.id.not_in(sa.select(TABLE.c.tenant_id)),
    ),
)


@written.connect
def mark(session: Session, *, rows: Mapping[str, set[UUID | None]]) -> None:
    """Of whatever transaction: its merchants' urgency holds no longer, if it wrote what that follows from."""
    touched = set().union(*(merchants for table, merchants in rows.items() if table in INPUTS))
    if not touched:
        return
    connection = session.connection()
    for one in sorted(rows.get(Tenant.__tablename__, set()) - {None}):
        if connection.execute(ENLIST, {"merchant": one}).rowcount:
            touched.discard(one)  # what was just enlisted holds for no day
    if None in touched:
        connection.execute(MARK)
    elif touched:
        connection.execute(MARK_ONE, [{"merchant": one} for one in sorted(touched)])


def freshen(firm_id: UUID, *, today: date) -> bool:
    """For a page that reads: at most a hundred merchants anew, in a transaction of their own. True when all hold now;
    False when there are more, or somebody else kept the database to themselves for long."""
    rows = stale(firm_id, today=today, most=MOST_AT_ONCE + 1)
    if not rows:
        return True
    found = _anew(rows[:MOST_AT_ONCE], today)
    end_reading()
    try:
        with own_transaction(patience_ms=PATIENCE_MS) as session:
            _keep(session, rows, found, today)
    except sa.exc.OperationalError:
        return False
    return len(rows) <= MOST_AT_ONCE


def freshen_some(session: Session, *, today: date) -> bool:
    """For a job: a hundred merchants of any firm, in its transaction. True when there are more."""
    rows = stale(None, today=today, most=MOST_AT_ONCE + 1)
    _keep(session, rows, _anew(rows[:MOST_AT_ONCE], today), today)
    return len(rows) > MOST_AT_ONCE


def _anew(rows: list[sa.Row], today: date) -> dict[UUID, Found]:
    with portfolio(row.tenant_id for row in rows):
        return urgencies(today=today)


def _keep(session: Session, rows: list[sa.Row], found: Mapping[UUID, Found], today: date) -> None:
    """What was touched again meanwhile stays to be worked out."""
    values = [
        {"merchant": row.tenant_id, "touched_then": row.touched, "fresh_on": today, **asdict(found[row.tenant_id])}
        for row in rows
        if row.tenant_id in found
    ]
    if values:
        session.connection().execute(KEEP, values)
