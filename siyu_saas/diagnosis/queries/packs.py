"""The content pack of the merchant in scope."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.diagnosis.rules.content import Content, content_of
from siyu_saas.packs.library import industries
from siyu_saas.tenants.queries.merchants import workspace_with


def pack_of(tenant_id: UUID) -> Content:
    key = workspace_with(tenant_id).pack
    version = next((pack.version for pack in industries() if pack.key == key), 1)
    return content_of(key, version)
