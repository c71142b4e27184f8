"""What stands on the printed charter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.signing.models import Document, Signature
from siyu_saas.signing.rules import grouped
from siyu_saas.web.filters.times import iso_day


def paper_data(row: Document, signatures: Sequence[Signature], *, merchant: str, firm: str) -> dict[str, Any]:
    return {
        "merchant": merchant,
        "firm": firm,
        "proposed_on": iso_day(row.proposed_at),
        "sections": row.content["sections"],
        "fingerprint": row.sha256,
        "code": grouped(row.code) if row.in_force_at else None,
        "signatures": [
            {
                "side": one.side,
                "name": one.name,
                "role": one.role.title,
                "at": one.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
                "proof": one.proof.title,
            }
            for one in signatures
        ],
    }
