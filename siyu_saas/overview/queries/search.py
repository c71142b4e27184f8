"""Merchants that somebody may enter, by what they typed."""

from __future__ import annotations

from functools import cache
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import FirmMember, Spelling, Tenant, TenantMember
from siyu_saas.tenants.queries.entries import VISIBLE
from siyu_saas.tenants.rules.search import BEHIND_ALL

from .board import BEGINS_SO

_user_id = sa.bindparam("user_id", type_=sa.Uuid())
FIRMS = sa.union(
    sa.select(FirmMember.firm_id).where(FirmMember.user_id == _user_id),
    sa.select(Tenant.firm_id)
    .join(TenantMember, TenantMember.tenant_id == Tenant.id)
    .where(TenantMember.user_id == _user_id),
)


def merchants_called(user_id: UUID, key: str, *, limit: int) -> list[sa.Row]:
    """Rows (slug, name, about); without a key the first by name."""
    given = {"user_id": user_id, "key": key, "behind": key + BEHIND_ALL, "limit": limit}
    return db.session.execute(_called(bool(key)), given).all()


@cache
def _called(asked: bool) -> sa.Select:
    rows = VISIBLE.with_only_columns(Tenant.slug, Tenant.name, Tenant.about, maintain_column_froms=True)
    if asked:
        rows = rows.where(Tenant.id.in_(sa.select(Spelling.tenant_id).where(Spelling.firm_id.in_(FIRMS), BEGINS_SO)))
    return rows.order_by(sa.func.length(Tenant.name), Tenant.name, Tenant.id).limit(sa.bindparam("limit"))
