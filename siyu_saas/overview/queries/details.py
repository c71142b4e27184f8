"""What merchants wait for, what comes next and how satisfied they are, for `Urgency`; and the names on a page of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.aftercare.models import Feedback
from siyu_saas.core.database import db
from siyu_saas.diagnosis.models import Diagnosis
from siyu_saas.guidance.models import Item
from siyu_saas.guidance.rules.states import ItemState
from siyu_saas.plan.models import Milestone, Plan, Task, Wait
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.targets.models import Offer, Target
from siyu_saas.tenants.models import Engagement, Tenant, TenantMember
from siyu_saas.tenants.rules import FIRM_ROLES, Side

from ..looks import BoardFilter, BoardView, Look
from ..models import SavedView
from ..rules import day_of
from ..waiting import CHARTERS
from .parts import NOTHING

TENANTS = sa.bindparam("tenant_ids", expanding=True)
TODAY = sa.bindparam("today", type_=sa.Date())


@dataclass(slots=True)
class Detail:
    """Of one merchant: by side how many things wait and since when the oldest does; the next milestone; what the merchant
    thought of the last one that was rated, or of everything at the end."""

    waiting: Counter[Side] = field(default_factory=Counter)
    since: dict[Side, date] = field(default_factory=dict)
    next_id: UUID | None = None
    next_on: date | None = None
    rated: str = ""


def names_around(
    tenant_ids: list[UUID], milestone_ids: list[UUID], *, user_id: UUID, firm_id: UUID
) -> tuple[dict[UUID, list[str]], dict[UUID, str], list[tuple[str, Look]]]:
    """In a portfolio scope: who carries each merchant, the longest first; the titles of milestones; and the views that the
    reader keeps, the oldest first."""
    people, titles, saved = defaultdict(list), {}, []
    given = {"tenant_ids": tenant_ids, "milestone_ids": milestone_ids, "me": user_id, "firm_id": firm_id}
    for row in sorted(db.session.execute(NAMES, given), key=lambda row: row.place):
        if row.wanted:
            saved.append((row.name, Look(BoardFilter(row.wanted), BoardView(row.view), row.typed)))
        elif row.place:
            people[row.id].append(row.name)
        else:
            titles[row.id] = row.name
    return people, titles, saved


def milestones_ahead(*, last: date, most: int) -> list[sa.Row]:
    """In a portfolio scope, what is not reached: rows (slug, name, title, ends_on, number), by day."""
    return db.session.execute(AHEAD, {"last": last, "most": most}).all()


def take_in(detail: Detail, row) -> None:
    """One row of `DETAILS`."""
    if row.kind == "milestone":
        detail.next_id, detail.next_on = row.ref, day_of(row.day)
    elif row.kind == "rated":
        detail.rated = detail.rated or f"{row.count} / 5"
    elif row.kind == "feedback":
        detail.rated = f"{row.count} / 10"
    else:
        side = Side(row.label)
        detail.waiting[side] += row.count
        if row.day is not None:
            day = day_of(row.day)
            detail.since[side] = min(detail.since.get(side, day), day)


def row_of(kind: str, tenant_id, count, day, label, ref=None) -> sa.Select:
    return sa.select(
        sa.literal_column(f"'{kind}'", sa.String()).label("kind"),
        tenant_id.label("tenant_id"),
        count.label("count"),
        sa.cast(day, sa.String()).label("day"),
        label.label("label"),
        (sa.cast(sa.null(), sa.Uuid()) if ref is None else ref).label("ref"),
    )


def _side(column: sa.ColumnElement) -> sa.ColumnElement[str]:
    return sa.type_coerce(column, sa.String())


def _turn(ours: sa.ColumnElement[bool]) -> sa.ColumnElement[str]:
    """Whose turn it is: ours where that holds."""
    return sa.case((ours, sa.literal_column(f"'{Side.FIRM}'", sa.String())), else_=_MERCHANT)


_MERCHANT = sa.literal_column(f"'{Side.MERCHANT}'", sa.String())
_one = sa.literal_column("1", sa.Integer())
_none = sa.literal_column("0", sa.Integer())
_of_plan = sa.and_(Plan.tenant_id == Task.tenant_id, Plan.id == Task.plan_id)
_of_milestone = sa.and_(Plan.tenant_id == Milestone.tenant_id, Plan.id == Milestone.plan_id)
_current = sa.and_(Engagement.tenant_id == Plan.tenant_id, Engagement.id == Plan.engagement_id)
_waits = (
    row_of("wait", Wait.tenant_id, sa.func.count(), sa.func.min(Wait.began_on), _side(Wait.side))
    .where(Wait.ended_on.is_(None))
    .group_by(Wait.tenant_id, Wait.side)
)
_late = (
    row_of("late", Task.tenant_id, sa.func.count(), sa.func.min(Task.ends_on), _side(Task.side))
    .join(Plan, _of_plan)
    .where(
        Plan.confirmed_at.is_not(None),
        Task.done_on.is_(None),
        Task.ends_on < TODAY,
        Task.state.in_((TaskState.TODO, TaskState.DOING)),
        Task.stuck_side.is_(None),
        Task.removed_at.is_(None),
    )
    .group_by(Task.tenant_id, Task.side)
)
_items = (
    row_of(
        "item",
        Item.tenant_id,
        sa.func.count(),
        sa.func.min(Item.submitted_at),
        sa.literal_column(f"'{Side.FIRM.value}'", sa.String()),
    )
    .where(Item.state == ItemState.SUBMITTED)
    .group_by(Item.tenant_id)
)
_goes_on = Engagement.archived_at.is_(None)
_targets = (
    row_of(
        "target",
        Target.tenant_id,
        sa.func.count(Target.id.distinct()),
        sa.func.max(Offer.made_at),
        _side(Target.waits_for),
    )
    .join(Offer, sa.and_(Offer.tenant_id == Target.tenant_id, Offer.target_id == Target.id))
    .join(Engagement, sa.and_(Engagement.tenant_id == Target.tenant_id, Engagement.id == Target.engagement_id))
    .where(Target.waits_for.is_not(None), _goes_on)
    .group_by(Target.tenant_id, Target.waits_for)
)
_diagnoses = (
    row_of(
        "diagnosis",
        Diagnosis.tenant_id,
        _one,
        sa.func.coalesce(Diagnosis.published_at, Diagnosis.assessed_at, Diagnosis.sent_at),
        _turn(sa.and_(Diagnosis.published_at.is_(None), Diagnosis.assessed_at.is_not(None))),
    )
    .join(Engagement, sa.and_(Engagement.tenant_id == Diagnosis.tenant_id, Engagement.id == Diagnosis.engagement_id))
    .where(Diagnosis.sent_at.is_not(None), Diagnosis.confirmed_at.is_(None), _goes_on)
)
_charters = (
    row_of(
        "charter",
        CHARTERS.c.tenant_id,
        _one,
        CHARTERS.c.proposed_at,
        _turn(CHARTERS.c.merchant_signed > 0),
    )
    .join(Engagement, sa.and_(Engagement.tenant_id == CHARTERS.c.tenant_id, Engagement.id == CHARTERS.c.engagement_id))
    .where(CHARTERS.c.in_force_at.is_(None), _goes_on)
)
_ahead = (
    sa.select(
        Milestone.tenant_id,
        Milestone.ends_on,
        Milestone.id,
        sa.func.row_number()
        .over(partition_by=Milestone.tenant_id, order_by=(Milestone.ends_on, Milestone.position))
        .label("place"),
    )
    .join(Plan, _of_milestone)
    .join(Engagement, _current)
    .where(Milestone.reached_on.is_(None), Engagement.archived_at.is_(None))
    .subquery()
)
_milestones = row_of("milestone", _ahead.c.tenant_id, _none, _ahead.c.ends_on, NOTHING, _ahead.c.id).where(
    _ahead.c.place == 1
)
_ratings = (
    sa.select(
        Milestone.tenant_id,
        Milestone.satisfaction,
        sa.func.row_number()
        .over(partition_by=Milestone.tenant_id, order_by=(Milestone.reached_on.desc(), Milestone.position.desc()))
        .label("place"),
    )
    .where(Milestone.satisfaction.is_not(None))
    .subquery()
)
_rated = row_of("rated", _ratings.c.tenant_id, _ratings.c.satisfaction, sa.null(), NOTHING).where(_ratings.c.place == 1)
_last_feedback = (
    sa.select(Feedback.tenant_id, sa.func.max(Feedback.given_at).label("given_at"))
    .group_by(Feedback.tenant_id)
    .subquery()
)
_feedback = row_of("feedback", Feedback.tenant_id, Feedback.score, sa.null(), NOTHING).join(
    _last_feedback,
    sa.and_(_last_feedback.c.tenant_id == Feedback.tenant_id, _last_feedback.c.given_at == Feedback.given_at),
)
_carriers = (
    sa.select(
        TenantMember.tenant_id,
        User.name,
        sa.func.row_number()
        .over(partition_by=TenantMember.tenant_id, order_by=(TenantMember.joined_at, TenantMember.id))
        .label("place"),
    )
    .join(User, User.id == TenantMember.user_id)
    .where(
        TenantMember.tenant_id.in_(TENANTS),
        TenantMember.left_at.is_(None),
        TenantMember.role.in_(FIRM_ROLES),
        User.active,
    )
    .subquery()
)
_no_look = [sa.literal_column("''", sa.String()).label(name) for name in ("wanted", "view", "typed")]
_titles = sa.select(
    Milestone.id, Milestone.title.label("name"), sa.literal_column("0", sa.Integer()).label("place"), *_no_look
).where(Milestone.tenant_id.in_(TENANTS), Milestone.id.in_(sa.bindparam("milestone_ids", expanding=True)))
_saved = sa.select(
    SavedView.id,
    SavedView.name,
    sa.func.row_number().over(order_by=(SavedView.made_at, SavedView.id)),
    sa.type_coerce(SavedView.wanted, sa.String()),
    sa.type_coerce(SavedView.view, sa.String()),
    SavedView.typed,
).where(
    SavedView.user_id == sa.bindparam("me", type_=sa.Uuid()),
    SavedView.firm_id == sa.bindparam("firm_id", type_=sa.Uuid()),
)
NAMES = sa.union_all(_titles, sa.select(_carriers.c.tenant_id, _carriers.c.name, _carriers.c.place, *_no_look), _saved)
DETAILS = (
    _waits,
    _late,
    _items,
    _targets,
    _diagnoses,
    _charters,
    _milestones,
    _rated,
    _feedback,
)  # the first gives the types
AHEAD = (
    sa.select(Tenant.slug, Tenant.name, Engagement.number, Milestone.title, Milestone.ends_on)
    .select_from(Milestone)
    .join(Plan, _of_milestone)
    .join(Engagement, _current)
    .join(Tenant, Tenant.id == Milestone.tenant_id)
    .where(
        Milestone.reached_on.is_(None),
        Engagement.archived_at.is_(None),
        Milestone.ends_on <= sa.bindparam("last", type_=sa.Date()),
    )
    .order_by(Milestone.ends_on, Tenant.name, Milestone.id)
    .limit(sa.bindparam("most"))
)
