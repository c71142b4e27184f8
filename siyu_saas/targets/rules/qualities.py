"""Five steps for what no number measures; both sides stand on the same ones. Source: product C8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from siyu_saas.tenants.rules import Side

STEPS = {1: "还没开始", 2: "起步，靠人盯", 3: "部分做到", 4: "基本做到", 5: "稳定做到"}
PILLS = {1: "bad", 2: "warn", 3: "warn", 4: "ok", 5: "ok"}
APART = 2


class Said(Protocol):
    side: Side
    step: int


@dataclass(frozen=True, slots=True)
class View:
    """The newest mark of each side, and whether the two see it differently."""

    merchant: Said | None
    firm: Said | None

    @property
    def apart(self) -> bool:
        return None not in (self.merchant, self.firm) and abs(self.merchant.step - self.firm.step) >= APART


def view_of(marks: Sequence[Said]) -> View:
    """`marks` oldest first."""
    newest = {mark.side: mark for mark in marks}
    return View(newest.get(Side.MERCHANT), newest.get(Side.FIRM))
