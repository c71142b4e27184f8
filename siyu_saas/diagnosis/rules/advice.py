"""How to run it: operating model and kind of customer relation, from the answers. Source: domain B2.2."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

MODEL_GAP, CRM_GAP = 10, 15
COUNTED = ("MOD01", "MOD02", "MOD03", "MOD06", "MOD07", "MOD11", "MOD12")

Known = Callable[[str], Any]
"""The known answer to a question: a Decimal, an option's key, or None."""
Points = Callable[[str], int]
"""The points of the chosen option; 0 when there is none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    key: str
    score: int
    excluded: str | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """All candidates, best first; `main` and what goes with it (within the gap). Nothing when nothing was answered."""

    candidates: tuple[Candidate, ...]
    gap: int

    @property
    def main(self) -> Candidate | None:
        return next((one for one in self.candidates if one.excluded is None and one.score), None)

    @property
    def second(self) -> Candidate | None:
        if self.main is None:
            return None
        others = [one for one in self.candidates if one.excluded is None and one is not self.main]
        return next((one for one in others if one.score and self.main.score - one.score <= self.gap), None)


def operating_model(known: Known, points: Points) -> Advice:
    online, stores, guides = known("MOD01"), known("MOD02"), known("MOD03")
    customers, share = known("MOD06"), known("MOD07")
    owned = known("ZI09") in ("c", "d")
    no_stores = stores is not None and stores == 0
    ip = _step(online, (50, 40), (30, 25)) + points("MOD04") + points("MOD05") + (15 if no_stores else 0)
    guide = _step(stores, (10, 50), (1, 30)) + _step(guides, (20, 30), (5, 15)) + (20 if owned and stores else 0)
    distribution = _step(customers, (100, 30), (20, 15)) + _step(share, (20, 30), (10, 15))
    distribution += points("MOD08") + points("MOD09")
    return _ranked(
        [
            Candidate("centralised_ip", ip, "线上占比低于 30%，重线下" if online is not None and online < 30 else None),
            Candidate("guide", guide, "没有线下门店" if no_stores else None),
            Candidate("distribution", distribution, "不接受单级分佣" if known("MOD10") == "a" else None),
        ],
        MODEL_GAP,
    )


def customer_relation(known: Known, points: Points) -> Advice:
    price, days = known("MOD11"), known("MOD12")
    assistant = points("MOD17") + _below(price, 2000, 25) + _below(days, 30, 20) + points("MOD18")
    expert = points("MOD14") + points("MOD13") + points("MOD15") + points("MOD16")
    partner = _step(price, (5000, 40), (2000, 20)) + _step(days, (90, 30), (30, 15)) + points("MOD19")
    partner += {"c": 15, "b": 8}.get(known("MOD13"), 0)
    return _ranked(
        [
            Candidate("shopping_assistant", assistant),
            Candidate("topic_expert", expert),
            Candidate("private_partner", partner),
        ],
        CRM_GAP,
    )


def _step(value: Decimal | None, *steps: tuple[int, int]) -> int:
    """The points of the first step that `value` reaches."""
    return next((points for least, points in steps if value is not None and value >= least), 0)


def _below(value: Decimal | None, limit: int, points: int) -> int:
    return points if value is not None and value < limit else 0


def _ranked(candidates: Iterable[Candidate], gap: int) -> Advice:
    """Excluded ones last, at 0 as the source counts them."""
    return Advice(tuple(sorted(candidates, key=lambda one: (one.excluded is not None, -one.score))), gap)
