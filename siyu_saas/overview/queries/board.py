"""Reads across a consultant's merchants."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.clock import SHANGHAI
from siyu_saas.core.database import db
from siyu_saas.core.tenancy import in_portfolio
from siyu_saas.tenants.models import Engagement, Tenant, TenantMember
from siyu_saas.tenants.rules import FIRM_ROLES
from siyu_saas.tenants.rules.search import is_spelled

from ..needs import NEEDS, SILENT_DAYS, SOON, SOON_DAYS, TODAY, URGENT
from ..rules import BoardFilter

UNBEGUN_WEIGHT = 75  # a merchant without any service period: between a boss who is missing and an unsent charter
KEY = sa.bindparam("key", type_=sa.String())
ME = sa.bindparam("me", type_=sa.Uuid())
CONSULTANTS = (
    sa.select(TenantMember.tenant_id, User.name)
    .join(User, User.id == TenantMember.user_id)
    .where(
        TenantMember.tenant_id.in_(sa.bindparam("tenant_ids", expanding=True)),
        TenantMember.left_at.is_(None),
        TenantMember.role.in_(FIRM_ROLES),
        User.active,
    )
    .order_by(TenantMember.joined_at)
)


def latest_engagements() -> dict[UUID, sa.Row]:
    """In a portfolio scope: the newest service period of each merchant, by tenant id."""
    return {row.tenant_id: row for row in db.session.execute(sa.select(_current()))}


def board_page(wanted: BoardFilter, *, key: str, me: UUID, today: date, page: int, size: int) -> list[sa.Row]:
    """In a portfolio scope: one page of merchants, the most needy first.

    Rows (id, slug, name, about, number, title, stage, starts_on, ends_on, archived_at, told, further, weight, total,
    urgent); `told` is for `needs.told`, `further` counts other needs, `total` and `urgent` the merchants behind all pages.
    """
    given = {
        "me": me,
        "key": key,
        "today": today,
        "soon": today + timedelta(days=SOON_DAYS),
        "quiet_since": datetime.combine(today - timedelta(days=SILENT_DAYS), time(), SHANGHAI),
        "size": size,
        "skipped": (page - 1) * size,
    }
    return db.session.execute(_board(wanted, asked=bool(key), spelled=is_spelled(key)), given).all()


def consultants_of(tenant_ids: list[UUID]) -> dict[UUID, list[str]]:
    """Names of those who carry each merchant."""
    rows = db.session.execute(CONSULTANTS, {"tenant_ids": tenant_ids})
    names: dict[UUID, list[str]] = {}
    for tenant_id, name in rows:
        names.setdefault(tenant_id, []).append(name)
    return names


@cache
def _board(wanted: BoardFilter, *, asked: bool, spelled: bool) -> sa.Select:
    """Built once: putting it together costs more than running it."""
    current = _current()
    need = _worst(current)
    told = sa.cast(sa.func.substr(need.c.told, 1, 2), sa.Integer)
    weight = sa.case((current.c.tenant_id.is_(None), UNBEGUN_WEIGHT), else_=sa.func.coalesce(told, 0))
    return (
        sa.select(
            Tenant.id,
            Tenant.slug,
            Tenant.name,
            Tenant.about,
            current.c.number,
            current.c.title,
            current.c.stage,
            current.c.starts_on,
            current.c.ends_on,
            current.c.archived_at,
            need.c.told,
            need.c.further,
            weight.label("weight"),
            sa.func.count().over().label("total"),
            sa.func.sum(sa.case((weight >= URGENT, 1), else_=0)).over().label("urgent"),
        )
        .outerjoin(current, current.c.tenant_id == Tenant.id)
        .outerjoin(need, need.c.tenant_id == Tenant.id)
        .where(in_portfolio(Tenant.id), *_chosen(wanted, current, weight), *named(asked, spelled))
        .order_by(weight.desc(), need.c.told, Tenant.name, Tenant.id)
        .limit(sa.bindparam("size"))
        .offset(sa.bindparam("skipped"))
    )


def _current() -> sa.CTE:
    newest = (
        sa.select(Engagement.tenant_id, sa.func.max(Engagement.number).label("number"))
        .group_by(Engagement.tenant_id)
        .subquery()
    )
    return (
        sa.select(
            Engagement.tenant_id,
            Engagement.id,
            Engagement.number,
            Engagement.title,
            Engagement.stage,
            Engagement.starts_on,
            Engagement.ends_on,
            Engagement.coordinator,
            Engagement.kickoff_at,
            Engagement.paused_on,
            Engagement.archived_at,
        )
        .join(newest, sa.and_(newest.c.tenant_id == Engagement.tenant_id, newest.c.number == Engagement.number))
        .cte("current")
    )


def _worst(current: sa.CTE) -> sa.Subquery:
    """Of each merchant the need with the greatest weight, as `90|past_end|2026-11-20`, and how many others there are.

    One text for all three, so that a plain maximum finds it: ranking rows in a window costs twice as much.
    """
    every = sa.union_all(*(_told(need.chosen(current), f"{need.weight}|{need.key}|") for need in NEEDS)).subquery()
    return (
        sa.select(
            every.c.tenant_id,
            sa.func.max(every.c.told).label("told"),
            (sa.func.count() - 1).label("further"),
        )
        .group_by(every.c.tenant_id)
        .subquery("worst")
    )


def _told(chosen: sa.Select, beginning: str) -> sa.Select:
    tenant_id, since = chosen.selected_columns
    told = sa.literal_column(f"'{beginning}'", sa.String()) + since
    return chosen.with_only_columns(tenant_id, told.label("told"), maintain_column_froms=True)


def _chosen(wanted: BoardFilter, current: sa.CTE, weight: sa.ColumnElement) -> list:
    running = sa.or_(current.c.tenant_id.is_(None), current.c.archived_at.is_(None))
    mine = sa.select(TenantMember.tenant_id).where(TenantMember.user_id == ME, TenantMember.left_at.is_(None))
    return {
        BoardFilter.RUNNING: [running],
        BoardFilter.URGENT: [running, weight >= URGENT],
        BoardFilter.MINE: [running, Tenant.id.in_(mine)],
        BoardFilter.ENDING: [running, current.c.ends_on.between(TODAY, SOON)],
        BoardFilter.PAUSED: [running, current.c.paused_on.is_not(None)],
        BoardFilter.ARCHIVED: [current.c.archived_at.is_not(None)],
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
