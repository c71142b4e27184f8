"""The list of a consultant's merchants: one page of `Urgency`, chosen and sorted by an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import Engagement, Spelling, Tenant, TenantMember
from siyu_saas.tenants.rules.search import BEHIND_ALL

from ..looks import BoardFilter
from ..models import CALM, Urgency
from ..needs import SOON, SOON_DAYS, URGENT
from ..waiting import TODAY

MOST_COUNTED = 1_000
BEGINS_SO = sa.and_(
    Spelling.typed >= sa.bindparam("key", type_=sa.String()), Spelling.typed < sa.bindparam("behind", type_=sa.String())
)
ME = sa.bindparam("me", type_=sa.Uuid())
FIRM = sa.bindparam("firm_id", type_=sa.Uuid())
NEWEST = (
    sa.select(Engagement.tenant_id, sa.func.max(Engagement.number).label("number"))
    .group_by(Engagement.tenant_id)
    .subquery()
)
LATEST = sa.select(
    Engagement.tenant_id,
    Engagement.number,
    Engagement.title,
    Engagement.stage,
    Engagement.starts_on,
    Engagement.ends_on,
).join(NEWEST, sa.and_(NEWEST.c.tenant_id == Engagement.tenant_id, NEWEST.c.number == Engagement.number))


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which merchants; `key` is what was typed, as a search knows it. An owner sees all of the firm."""

    wanted: BoardFilter
    key: str
    firm_id: UUID
    me: UUID
    owner: bool
    today: date

    @property
    def given(self) -> dict:
        return {
            "firm_id": self.firm_id,
            "me": self.me,
            "key": self.key,
            "behind": self.key + BEHIND_ALL,
            "today": self.today,
            "soon": self.today + timedelta(days=SOON_DAYS),
        }

    @property
    def shape(self) -> tuple:
        return self.wanted, self.owner, bool(self.key)


def latest_engagements() -> dict[UUID, sa.Row]:
    """In a portfolio scope: the newest service period of each merchant, by tenant id."""
    return {row.tenant_id: row for row in db.session.execute(LATEST)}


def board_page(asked: Asked, *, page: int, size: int) -> list[sa.Row]:
    """One page of merchants, the most needy first. Rows (id, slug, name, about, rank, need, since, further, number, stage,
    starts_on, ends_on, archived, on_us, on_us_since, on_them, on_them_since, next_id, next_on, rated, total, urgent); the last two count the merchants behind
    all pages, no further than one more than MOST_COUNTED."""
    return db.session.execute(_board(*asked.shape), {**asked.given, "size": size, "skipped": (page - 1) * size}).all()


def first_due(asked: Asked, *, last: date, most: int) -> list[UUID]:
    """Of the merchants in the list those whose next milestones come first: no milestone of another one comes before theirs."""
    given = {**asked.given, "last": last, "most": most}
    return list(db.session.scalars(_first_due(*asked.shape), given))


@cache
def _first_due(wanted: BoardFilter, owner: bool, asked: bool) -> sa.Select:
    return (
        sa.select(Urgency.tenant_id)
        .where(*_conditions(wanted, owner, asked), Urgency.next_on <= sa.bindparam("last", type_=sa.Date()))
        .order_by(Urgency.next_on, Urgency.tenant_id)
        .limit(sa.bindparam("most"))
    )


@cache
def _board(wanted: BoardFilter, owner: bool, asked: bool) -> sa.Select:
    """Built once for each shape: putting it together costs more than running it."""
    conditions = _conditions(wanted, owner, asked)
    worst = sa.select(Urgency.rank).where(*conditions).order_by(Urgency.rank).limit(MOST_COUNTED + 1).subquery()
    urgent = sa.case((worst.c.rank <= CALM - URGENT, 1), else_=0)
    behind = sa.select(sa.func.count().label("total"), sa.func.sum(urgent).label("urgent")).select_from(worst)
    behind = behind.cte("behind")
    return (
        sa.select(
            Tenant.id,
            Tenant.slug,
            Tenant.name,
            Tenant.about,
            Urgency.rank,
            Urgency.need,
            Urgency.since,
            Urgency.further,
            Urgency.number,
            Urgency.stage,
            Urgency.starts_on,
            Urgency.ends_on,
            Urgency.archived,
            Urgency.on_us,
            Urgency.on_us_since,
            Urgency.on_them,
            Urgency.on_them_since,
            Urgency.next_id,
            Urgency.next_on,
            Urgency.rated,
            sa.select(behind.c.total).scalar_subquery().label("total"),
            sa.select(behind.c.urgent).scalar_subquery().label("urgent"),
        )
        .join(Urgency, Urgency.tenant_id == Tenant.id)
        .where(*conditions)
        .order_by(Urgency.rank, Urgency.since, Urgency.tenant_id)
        .limit(sa.bindparam("size"))
        .offset(sa.bindparam("skipped"))
    )


def _conditions(wanted: BoardFilter, owner: bool, asked: bool) -> list:
    return [*_visible(owner, asked), *_chosen(wanted)]


def _visible(owner: bool, asked: bool) -> list:
    """What was typed already says of which firm: were it said again, SQLite would walk through all of the firm instead."""
    called = [Urgency.tenant_id.in_(_named())] if asked else [Urgency.firm_id == FIRM] if owner else []
    return called if owner else [*called, Urgency.tenant_id.in_(_mine())]


def _mine() -> sa.Select:
    return sa.select(TenantMember.tenant_id).where(TenantMember.user_id == ME, TenantMember.left_at.is_(None))


def _chosen(wanted: BoardFilter) -> list:
    running = Urgency.archived == sa.false()
    return {
        BoardFilter.RUNNING: [running],
        BoardFilter.URGENT: [running, Urgency.rank <= CALM - URGENT],
        BoardFilter.MINE: [running, Urgency.tenant_id.in_(_mine())],
        BoardFilter.ENDING: [running, Urgency.ends_on.between(TODAY, SOON)],
        BoardFilter.PAUSED: [running, Urgency.paused == sa.true()],
        BoardFilter.ARCHIVED: [Urgency.archived == sa.true()],
    }[wanted]


def _named() -> sa.Select:
    """The name holds the characters, or is spelled so from some character on."""
    return sa.select(Spelling.tenant_id).where(Spelling.firm_id == FIRM, BEGINS_SO)
