"""The list of a consultant's merchants: one page of `Urgency`, chosen and sorted by an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import Engagement, Tenant, TenantMember
from siyu_saas.tenants.rules.search import is_spelled

from ..looks import BoardFilter
from ..models import CALM, Urgency
from ..needs import SOON, SOON_DAYS, TODAY, URGENT

MOST_COUNTED = 1_000
KEY = sa.bindparam("key", type_=sa.String())
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
            "today": self.today,
            "soon": self.today + timedelta(days=SOON_DAYS),
        }

    @property
    def shape(self) -> tuple:
        return self.wanted, self.owner, bool(self.key), is_spelled(self.key)


def latest_engagements() -> dict[UUID, sa.Row]:
    """In a portfolio scope: the newest service period of each merchant, by tenant id."""
    return {row.tenant_id: row for row in db.session.execute(LATEST)}


def board_page(asked: Asked, *, page: int, size: int) -> list[sa.Row]:
    """One page of merchants, the most needy first. Rows (id, slug, name, about, rank, need, since, further, number, stage,
    starts_on, ends_on, archived, on_us, on_us_since, on_them, on_them_since, next_id, next_on, rated, total, urgent); the last two count the merchants behind
    all pages, no further than one more than MOST_COUNTED."""
    return db.session.execute(_board(*asked.shape), {**asked.given, "size": size, "skipped": (page - 1) * size}).all()


@cache
def _board(wanted: BoardFilter, owner: bool, asked: bool, spelled: bool) -> sa.Select:
    """Built once for each shape: putting it together costs more than running it."""
    conditions = (*_visible(owner), *_chosen(wanted), *named(asked, spelled))
    worst = sa.select(Urgency.rank)
    if asked:
        worst = worst.join(Tenant, Tenant.id == Urgency.tenant_id)
    worst = worst.where(*conditions).order_by(Urgency.rank).limit(MOST_COUNTED + 1).subquery()
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


def _visible(owner: bool) -> list:
    return [Urgency.firm_id == FIRM] if owner else [Urgency.tenant_id.in_(_mine())]


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


def named(asked: bool, spelled: bool) -> list:
    """The name holds the characters, or begins so in some spelling."""
    if not asked:
        return []
    by_name = _holds(sa.func.replace(sa.func.lower(Tenant.name), " ", ""), KEY)
    if not spelled:
        return [by_name]
    return [sa.or_(by_name, _holds(Tenant.pinyin, sa.literal_column("'|'") + KEY))]


def _holds(text: sa.ColumnElement, part: sa.ColumnElement) -> sa.ColumnElement[bool]:
    """Without the wildcards of LIKE, which people may type."""
    return sa.func.replace(text, part, "") != text
