"""Merchants that somebody may enter, by what they typed."""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.tenancy import in_portfolio
from siyu_saas.tenants.models import Tenant
from siyu_saas.tenants.rules.search import is_spelled

from .board import named


def merchants_called(key: str, *, limit: int) -> list[sa.Row]:
    """In a portfolio scope: rows (slug, name, about); without a key the first by name."""
    given = {"key": key, "limit": limit}
    return db.session.execute(_called(bool(key), is_spelled(key)), given).all()


@cache
def _called(asked: bool, spelled: bool) -> sa.Select:
    return (
        sa.select(Tenant.slug, Tenant.name, Tenant.about)
        .where(in_portfolio(Tenant.id), *named(asked, spelled))
        .order_by(sa.func.length(Tenant.name), Tenant.name, Tenant.id)
        .limit(sa.bindparam("limit"))
    )
