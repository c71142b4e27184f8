"""The content pack of the merchant in scope."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.packs.library import Pack, pack
from siyu_saas.tenants.queries.merchants import workspace_with


def pack_of(tenant_id: UUID) -> Pack:
    return pack(workspace_with(tenant_id).pack)
