"""Why a merchant needs a consultant: one reason a row of the list, worst first, chosen by the database for all at once.

A room with reasons of its own adds a `Need` in overview: a select of (tenant_id, since) over `current`, the newest
service period of each merchant in the portfolio. Reading 5,000 merchants costs one statement and one page of rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from siyu_saas.charter.kind import CHARTER
from siyu_saas.signing.models import Document, Signature
from siyu_saas.tenants.models import Tenant, TenantMember
from siyu_saas.tenants.rules import Role, Side, Stage

from .rules import days_since

SOON_DAYS = 7
TODAY = sa.bindparam("today", type_=sa.Date())
SOON = sa.bindparam("soon", type_=sa.Date())
URGENT = 50

# The charters that were sent, read once for all reasons that ask about them.
CHARTERS = (
    sa.select(
        Document.tenant_id,
        Document.engagement_id,
        Document.proposed_at,
        Document.in_force_at,
        sa.func.count(Signature.id).label("merchant_signed"),
    )
    .outerjoin(Signature, sa.and_(Signature.document_id == Document.id, Signature.side == Side.MERCHANT))
    .where(Document.kind == CHARTER.key, Document.proposed_at.is_not(None), Document.superseded_at.is_(None))
    .group_by(Document.tenant_id, Document.engagement_id, Document.proposed_at, Document.in_force_at)
    .cte("charters")
)


@dataclass(frozen=True)
class Need:
    """`weight` has two digits. `sentence` gets the days since `since`, negative while it lies ahead; from weight `URGENT` on it counts as
    needing attention."""

    key: str
    weight: int
    sentence: str
    chosen: Callable[[sa.CTE], sa.Select]

    def told(self, days: int) -> str:
        return self.sentence.format(days=days, left=-days)


def _running(current: sa.CTE, *conditions) -> tuple:
    return (current.c.archived_at.is_(None), current.c.paused_on.is_(None), *conditions)


def _starting(current: sa.CTE, *conditions) -> tuple:
    return _running(current, current.c.stage == Stage.DIAGNOSE, *conditions)


def _past_end(current: sa.CTE) -> sa.Select:
    return sa.select(current.c.tenant_id, _text(current.c.ends_on)).where(*_running(current, current.c.ends_on < TODAY))


def _ends_soon(current: sa.CTE) -> sa.Select:
    near = current.c.ends_on.between(TODAY, SOON)
    return sa.select(current.c.tenant_id, _text(current.c.ends_on)).where(*_running(current, near))


def _without_boss(current: sa.CTE) -> sa.Select:
    boss = sa.select(TenantMember.tenant_id).where(TenantMember.role == Role.BOSS, TenantMember.left_at.is_(None))
    return (
        sa.select(current.c.tenant_id, _text(Tenant.created_at))
        .join(Tenant, Tenant.id == current.c.tenant_id)
        .where(*_starting(current, current.c.tenant_id.not_in(boss)))
    )


def _without_coordinator(current: sa.CTE) -> sa.Select:
    return sa.select(current.c.tenant_id, _text(current.c.starts_on)).where(
        *_starting(current, current.c.coordinator == "")
    )


def _without_kickoff(current: sa.CTE) -> sa.Select:
    return sa.select(current.c.tenant_id, _text(current.c.starts_on)).where(
        *_starting(current, current.c.kickoff_at.is_(None))
    )


def _charter_unsent(current: sa.CTE) -> sa.Select:
    return (
        sa.select(current.c.tenant_id, _text(current.c.starts_on))
        .outerjoin(CHARTERS, _of(current))
        .where(*_starting(current, CHARTERS.c.engagement_id.is_(None)))
    )


def _charter_waits(*, merchant_signed: bool) -> Callable[[sa.CTE], sa.Select]:
    """The merchant signs first, then it is the firm's turn."""

    def chosen(current: sa.CTE) -> sa.Select:
        waits = (CHARTERS.c.in_force_at.is_(None), CHARTERS.c.merchant_signed == int(merchant_signed))
        sent = _text(CHARTERS.c.proposed_at)
        return sa.select(current.c.tenant_id, sent).join(CHARTERS, _of(current)).where(*_running(current, *waits))

    return chosen


def _paused(current: sa.CTE) -> sa.Select:
    return sa.select(current.c.tenant_id, _text(current.c.paused_on)).where(
        current.c.archived_at.is_(None), current.c.paused_on.is_not(None)
    )


def _of(current: sa.CTE) -> sa.ColumnElement[bool]:
    return sa.and_(CHARTERS.c.tenant_id == current.c.tenant_id, CHARTERS.c.engagement_id == current.c.id)


def _text(moment: sa.ColumnElement) -> sa.ColumnElement[str]:
    """Days and moments in one column."""
    return sa.cast(moment, sa.String).label("since")


NEEDS = (
    Need("past_end", 90, "服务期已到期 {days} 天，还没归档", _past_end),
    Need("firm_signs", 80, "商家已签合作说明，等我们签", _charter_waits(merchant_signed=True)),
    Need("no_boss", 70, "店主还没进来，工作区建好 {days} 天了", _without_boss),
    Need("charter_unsent", 65, "合作说明还没发出", _charter_unsent),
    Need("no_coordinator", 60, "还没定对接人", _without_coordinator),
    Need("merchant_signs", 55, "合作说明发出 {days} 天，等商家签", _charter_waits(merchant_signed=False)),
    Need("no_kickoff", 50, "启动会还没约", _without_kickoff),
    Need("ends_soon", 40, "还有 {left} 天到期", _ends_soon),
    Need("paused", 20, "已暂停 {days} 天", _paused),
)
BY_KEY = {need.key: need for need in NEEDS}


def told(text: str, today: date) -> str:
    """The sentence of what the statement found: `weight|key|since`."""
    _weight, key, since = text.split("|")
    return BY_KEY[key].told(days_since(since, today))
