"""One target as plain data: for the paper and for the boss's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.signing.models import Document, Signature
from siyu_saas.signing.rules import grouped
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.achievement import shown
from siyu_saas.targets.rules.course import Standing
from siyu_saas.targets.rules.quantities import amount_text, typed
from siyu_saas.targets.rules.states import State

from .rows import band_of, state_of

Signed = dict[UUID, tuple[Document, list[Signature]]]


def sheet_of(target: Target, stands: Standing, signed: Signed) -> dict[str, Any]:
    document, signatures = signed.get(target.id, (None, []))
    state = state_of(target)
    band = band_of(target)
    return {
        "title": target.title,
        "scope": target.scope,
        "state": state.title,
        "window": f"{target.first} 至 {target.last}",
        "baseline_text": amount_text(target.unit, target.baseline_value),
        "goal_text": amount_text(target.unit, target.value),
        "now_text": amount_text(target.unit, stands.now),
        "degree": "—" if stands.found is None else f"{shown(stands.found)}%",
        "pace": stands.pace.sentence if state is State.ACTIVE else "",
        "unit": target.unit.title,
        "now": _number(target, stands.now),
        "baseline": _number(target, target.baseline_value),
        "goal": _number(target, target.value),
        "band": [float(edge) for edge in band] if band else None,
        "actions": target.actions,
        "assumptions": target.assumptions,
        "owners": [target.owner_merchant or "待定", target.owner_consultant or "待定"],
        "version": document.number if document else None,
        "code": grouped(document.code) if document and document.in_force_at and document.code else None,
        "fingerprint": document.sha256 if document else None,
        "signatures": [
            {
                "side": one.side.value,
                "name": one.name,
                "role": one.role.title,
                "at": one.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
            }
            for one in signatures
        ],
        "result": target.state.title if target.state.is_over else None,
        "result_note": target.result_note,
    }


def _number(target: Target, steps: int | None) -> float | None:
    value = typed(target.unit, steps)
    return None if value is None else float(value)
