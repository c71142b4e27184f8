"""Who is in a workspace, its service periods, the milestones and targets of one, what happened lately, and the team's notes: one statement for every home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.overview.rules import TEAM_ONLY
from siyu_saas.plan.models import Milestone, Plan
from siyu_saas.plan.rules.states import Gate
from siyu_saas.targets.queries import TABLED
from siyu_saas.targets.rules.states import State
from siyu_saas.tenants.models import Engagement, Note, TenantMember
from siyu_saas.tenants.queries.people import ROLE_ORDER
from siyu_saas.tenants.rules import Role, Side, Stage

from .parts import NOTHING, parts_of, told

PERSON, EVENT, PERIOD, NOTE, MILESTONE, TARGET = "person", "event", "period", "note", "milestone", "target"
NO_PERIOD = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Written:
    """A note of the team's."""

    id: UUID
    text: str
    written_by_name: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """A service period."""

    number: int
    title: str
    stage: Stage
    over: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone, as far as the gates of stages ask, and when it is due."""

    position: int
    title: str
    stage: Stage
    required: bool
    gate: Gate
    ends_on: date
    reached_on: date | None


@dataclass(frozen=True, slots=True)
class Tabled:
    """A target: whom it waits for, since when."""

    id: UUID
    title: str
    state: State
    waits_for: Side | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Around:
    """`people`: pairs of name and role, the merchant's first; `events`: rows (at, who, what, told, ref) and `periods`, both
    the newest first; `milestones` and `targets` of the service period that is shown."""

    people: list[tuple[str, Role]]
    events: list[sa.Row]
    periods: list[Period]
    notes: list[Written]
    milestones: list[Reached]
    targets: list[Tabled]


def around(tenant_id: UUID, shown: UUID | None, *, internal: bool, events: int, notes: int) -> Around:
    """`shown` is the service period on the page."""
    given = {"tenant_id": tenant_id, "engagement_id": shown or NO_PERIOD, "events": events}
    given |= {"notes": notes} if internal else {}
    rows = db.session.execute(EVERYTHING if internal else SHARED, given).all()
    people = [(row.who, Role(row.what)) for row in rows if row.kind == PERSON]
    periods = [
        Period(int(row.told), row.who, Stage(row.what), row.at is not None) for row in rows if row.kind == PERIOD
    ]
    return Around(
        sorted(people, key=lambda pair: (ROLE_ORDER[pair[1]], pair[0])),
        sorted((row for row in rows if row.kind == EVENT), key=lambda row: row.at, reverse=True),
        sorted(periods, key=lambda one: one.number, reverse=True),
        [Written(row.ref, row.told, row.who, row.at) for row in rows if row.kind == NOTE],
        sorted((_reached(row) for row in rows if row.kind == MILESTONE), key=lambda one: one.position),
        sorted((_tabled(row) for row in rows if row.kind == TARGET), key=lambda one: (str(one.since), one.id)),
    )


def _reached(row: sa.Row) -> Reached:
    position, required, gate, ends, day = parts_of(row.told, 5)
    return Reached(
        int(position),
        row.who,
        Stage(row.what),
        required == "1",
        Gate(gate),
        date.fromisoformat(ends),
        date.fromisoformat(day) if day else None,
    )


def _tabled(row: sa.Row) -> Tabled:
    return Tabled(row.ref, row.who, State(row.what), Side(row.told) if row.told else None, row.at)


def _row(kind: str, at, who, what, told, ref) -> sa.Select:
    return sa.select(
        sa.literal_column(f"'{kind}'", sa.String()).label("kind"),
        at.label("at"),
        who.label("who"),
        what.label("what"),
        told.label("told"),
        ref.label("ref"),
    )


def _only(rows: sa.Select) -> sa.Select:
    """A part with an order and a limit of its own, fit for a union on both databases."""
    return sa.select(rows.subquery())


_people = (
    _row(PERSON, TenantMember.joined_at, User.name, sa.type_coerce(TenantMember.role, sa.String()), NOTHING, User.id)
    .join(User, User.id == TenantMember.user_id)
    .where(
        TenantMember.tenant_id == sa.bindparam("tenant_id", type_=sa.Uuid()),
        TenantMember.left_at.is_(None),
        User.active,
    )
)
_events = (
    _row(
        EVENT,
        AuditEvent.at,
        AuditEvent.actor_name,
        AuditEvent.verb,
        AuditEvent.object_label,
        AuditEvent.actor_id,
    )
    .order_by(AuditEvent.at.desc())
    .limit(sa.bindparam("events", type_=sa.Integer()))
)
_periods = _row(
    PERIOD,
    Engagement.archived_at,
    Engagement.title,
    sa.type_coerce(Engagement.stage, sa.String()),
    sa.cast(Engagement.number, sa.String()),
    Engagement.id,
)
_notes = (
    _row(NOTE, Note.written_at, Note.written_by_name, NOTHING, Note.text, Note.id)
    .where(Note.removed_at.is_(None))
    .order_by(Note.written_at.desc())
    .limit(sa.bindparam("notes", type_=sa.Integer()))
)
_milestones = (
    _row(
        MILESTONE,
        Plan.made_at,
        Milestone.title,
        sa.type_coerce(Milestone.stage, sa.String()),
        told(Milestone.position, Milestone.required, Milestone.gate, Milestone.ends_on, Milestone.reached_on),
        Milestone.id,
    )
    .join(Plan, sa.and_(Plan.tenant_id == Milestone.tenant_id, Plan.id == Milestone.plan_id))
    .where(Plan.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))
)
_tabled_targets = TABLED.subquery()
_targets = _row(
    TARGET,
    _tabled_targets.c.since,
    _tabled_targets.c.title,
    sa.type_coerce(_tabled_targets.c.state, sa.String()),
    told(_tabled_targets.c.waits_for),
    _tabled_targets.c.id,
)
_shared_events = _events.where(*(AuditEvent.verb.not_like(one) for one in TEAM_ONLY))
SHARED = sa.union_all(_people, _periods, _milestones, _targets, _only(_shared_events))
EVERYTHING = sa.union_all(_people, _periods, _milestones, _targets, _only(_events), _only(_notes))
