"""Whoever opens the link of a section stands before its first open question."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.tenants.rules.arrivals import Place, Reception, receives

from .actions.giving import SECTION, take_up
from .queries.assignments import sheet_of_link


def place_of(invitation_id: UUID, user_id: UUID) -> Place | None:
    row = sheet_of_link(invitation_id, user_id)
    return row and ("diagnosis.sheet", {"number": row.number, "sheet_id": row.id})


receives(SECTION, Reception(take_up, place_of))
