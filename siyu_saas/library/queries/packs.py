"""Which pack a merchant was given."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import Tenant


def pack_key_of(tenant_id: UUID) -> str:
    return db.session.scalar(sa.select(Tenant.pack).where(Tenant.id == tenant_id))
