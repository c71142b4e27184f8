"""The light of a target: computed, or set by hand with a reason that everybody sees. Source: product C7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .achievement import Pace


class Light(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"

    @property
    def title(self) -> str:
        return {Light.OK: "按计划", Light.WARN: "略慢", Light.BAD: "需干预"}[self]


@dataclass(frozen=True, slots=True)
class ByHand:
    light: Light
    reason: str
    name: str
    at: datetime


def shown_pace(computed: Pace, by_hand: ByHand | None) -> Pace:
    """What was set by hand goes first and says so; what was computed stays readable beside it."""
    if by_hand is None:
        return computed
    told = f"{by_hand.name}手动改为「{by_hand.light.title}」：{by_hand.reason}（系统算得「{computed.word}」：{computed.sentence}）"
    return Pace(by_hand.light.value, f"{by_hand.light.title}（手动）", told, computed.ratio)
