"""The content pack of the merchant in scope."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from siyu_saas.library.queries.questionnaires import questionnaires_for
from siyu_saas.library.rules.shelf import pack_called
from siyu_saas.packs.library import Pack
from siyu_saas.tenants.queries.merchants import workspace_with


def pack_of(tenant_id: UUID) -> Pack:
    """With the questionnaires that its firm released in their places, and the firm's further ones behind."""
    merchant = workspace_with(tenant_id)
    questionnaires = questionnaires_for(merchant.firm_id, merchant.pack)
    return replace(pack_called(merchant.pack), questionnaires=questionnaires)
