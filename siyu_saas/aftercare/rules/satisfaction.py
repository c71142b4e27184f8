"""Satisfaction at milestones (1–5) and the willingness to recommend at the end (0–10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

PROMOTER_FROM, DETRACTOR_TO = 9, 6
PROMISE_BELOW = 7
AFTER_CHECK_DAYS = (30, 60, 90)


class SurveyKind(StrEnum):
    MILESTONE = "milestone"
    NPS = "nps"

    @property
    def title(self) -> str:
        return "阶段满意度" if self is SurveyKind.MILESTONE else "推荐意愿"

    @property
    def scores(self) -> range:
        return range(1, 6) if self is SurveyKind.MILESTONE else range(11)

    @property
    def question(self) -> str:
        if self is SurveyKind.MILESTONE:
            return "对这一阶段的服务，你满意吗？"
        return "你有多大可能把我们推荐给同行？"

    @property
    def ends(self) -> tuple[str, str]:
        return ("很不满意", "很满意") if self is SurveyKind.MILESTONE else ("完全不会", "一定会")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`figure` is NPS from −100 to 100, or the average with one decimal; None without answers."""

    count: int
    figure: Decimal | None


def outcome(kind: SurveyKind, scores: Sequence[int]) -> Outcome:
    if not scores:
        return Outcome(0, None)
    if kind is SurveyKind.NPS:
        balance = sum((one >= PROMOTER_FROM) - (one <= DETRACTOR_TO) for one in scores)
        return Outcome(len(scores), (Decimal(balance * 100) / len(scores)).quantize(Decimal(1), ROUND_HALF_UP))
    return Outcome(len(scores), (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def promise_is_due(score: int | None, promise: str) -> bool:
    """A score below 7 is never hidden in a report: it stands there with what will be done about it."""
    return score is not None and score < PROMISE_BELOW and not promise


def after_checks(ends_on: date) -> list[date]:
    """When the same metrics are looked at again. Source: product K3."""
    return [ends_on + timedelta(days=days) for days in AFTER_CHECK_DAYS]
