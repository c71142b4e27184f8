"""Why a merchant needs a consultant: one reason a row of the list, the worst, chosen by the database for many at once.

A room with reasons of its own adds a `Need` in overview: a select of (tenant_id, since) over `current`, the newest
service period of each merchant in the portfolio. What is found is kept in `Urgency`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from siyu_saas.core.audit import AuditEvent
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.tenants.models import Tenant, TenantMember
from siyu_saas.tenants.rules import Role, Side, Stage

from .waiting import CHARTERS, CLOCKS, DIAGNOSES, ITEMS, LATE, REMARKS, TARGETS, TODAY

SOON_DAYS = 7
SILENT_DAYS = 7
SOON = sa.bindparam("soon", type_=sa.Date())
QUIET_SINCE = sa.bindparam("quiet_since", type_=AuditEvent.at.type)
URGENT = 50


@dataclass(frozen=True)
class Need:
    """`weight` has two digits. `sentence` gets the days since `since`, negative while it lies ahead; from weight `URGENT` on it counts as
    needing attention."""

    key: str
    weight: int
    sentence: str
    chosen: Callable[[sa.CTE], sa.Select] | None = None

    def told(self, since: date | None, today: date) -> str:
        days = (today - since).days if since else 0
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


def _waited_for(rows: sa.CTE, side: Side | None = None, *causes: Cause) -> Callable[[sa.CTE], sa.Select]:
    """What one of the rooms waits for in the newest service period."""

    def chosen(current: sa.CTE) -> sa.Select:
        asked = [rows.c.side == side] if side else []
        asked += [rows.c.cause.in_(causes)] if causes else []
        return _since(current, rows, rows.c.since, *asked)

    return chosen


def _diagnosis(moment: str, *, but: str) -> Callable[[sa.CTE], sa.Select]:
    """It got as far as `moment`, and not to what comes then."""

    def chosen(current: sa.CTE) -> sa.Select:
        reached, then = DIAGNOSES.c[moment], DIAGNOSES.c[but]
        return _since(current, DIAGNOSES, reached, reached.is_not(None), then.is_(None))

    return chosen


def _since(current: sa.CTE, rows: sa.CTE, moment: sa.ColumnElement, *conditions) -> sa.Select:
    return (
        sa.select(current.c.tenant_id, _text(moment))
        .join(rows, _of(current, rows))
        .where(*_running(current, *conditions))
    )


def _silent(current: sa.CTE) -> sa.Select:
    """Nobody did anything for a week, and the beginning is not younger than that."""
    last = sa.select(sa.func.max(AuditEvent.at)).where(AuditEvent.tenant_id == current.c.tenant_id).scalar_subquery()
    return sa.select(current.c.tenant_id, _text(last)).where(*_running(current, last < QUIET_SINCE))


def _of(current: sa.CTE, rows: sa.CTE = CHARTERS) -> sa.ColumnElement[bool]:
    return sa.and_(rows.c.tenant_id == current.c.tenant_id, rows.c.engagement_id == current.c.id)


def _text(moment: sa.ColumnElement) -> sa.ColumnElement[str]:
    """Days and moments in one column."""
    return sa.cast(moment, sa.String).label("since")


NEEDS = (
    Need("past_end", 90, "服务期已到期 {days} 天，还没归档", _past_end),
    Need("firm_signs", 80, "商家已签合作说明，等我们签", _charter_waits(merchant_signed=True)),
    Need("target_firm", 79, "商家对目标有回应，等我们 {days} 天", _waited_for(TARGETS, Side.FIRM)),
    Need("item_review", 78, "有清单项等我们验收 {days} 天", _waited_for(ITEMS)),
    Need("task_review", 77, "有任务等我们处理 {days} 天", _waited_for(CLOCKS, Side.FIRM)),
    Need("task_firm", 76, "我们的任务逾期 {days} 天", _waited_for(LATE, Side.FIRM)),
    Need("answers_in", 74, "答卷已交齐 {days} 天，等我们出诊断", _diagnosis("assessed_at", but="published_at")),
    Need("report_remark", 73, "商家对报告有意见，等我们答复 {days} 天", _waited_for(REMARKS)),
    Need("no_boss", 70, "店主还没进来，工作区建好 {days} 天了", _without_boss),
    Need("charter_unsent", 65, "合作说明还没发出", _charter_unsent),
    Need("no_coordinator", 60, "还没定对接人", _without_coordinator),
    Need("task_merchant", 59, "商家的任务逾期 {days} 天", _waited_for(LATE, Side.MERCHANT)),
    Need(
        "merchant_confirms",
        58,
        "等商家确认或签收 {days} 天",
        _waited_for(CLOCKS, Side.MERCHANT, Cause.CONFIRMATION, Cause.SIGN_OFF),
    ),
    Need("target_merchant", 57, "目标发出 {days} 天，等商家确认", _waited_for(TARGETS, Side.MERCHANT)),
    Need("diagnosis_read", 56, "诊断发出 {days} 天，等商家确认", _diagnosis("published_at", but="confirmed_at")),
    Need("merchant_signs", 55, "合作说明发出 {days} 天，等商家签", _charter_waits(merchant_signed=False)),
    Need(
        "merchant_stuck",
        54,
        "商家那边停了 {days} 天",
        _waited_for(CLOCKS, Side.MERCHANT, Cause.STUCK, Cause.RETURNED, Cause.REVIEW),
    ),
    Need("answers_out", 53, "问卷发出 {days} 天，还没交齐", _diagnosis("sent_at", but="assessed_at")),
    Need("silent", 52, "{days} 天没有动静", _silent),
    Need("no_kickoff", 50, "启动会还没约", _without_kickoff),
    Need("ends_soon", 40, "还有 {left} 天到期", _ends_soon),
    Need("paused", 20, "已暂停 {days} 天", _paused),
)
UNBEGUN = Need("unbegun", 75, "还没有服务期")  # a merchant that has none
OFF_PACE = Need("off_pace", 64, "目标开始 {days} 天，进度落后")  # worked out by `queries.pace`
BY_KEY = {need.key: need for need in (*NEEDS, UNBEGUN, OFF_PACE)}
