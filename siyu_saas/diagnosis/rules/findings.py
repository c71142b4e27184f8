"""Which rules fire, and why. Source: domain B5; rules are data of the pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .conditions import Look, holds, leaves_that_hold, subject_of


class Severity(StrEnum):
    HIGH = "high"
    MID = "mid"
    LOW = "low"

    @property
    def title(self) -> str:
        return {"high": "高", "mid": "中", "low": "低"}[self.value]


class Source(StrEnum):
    ANSWERS = "answers"
    KPI = "kpi"
    CONSULTANT = "consultant"

    @property
    def title(self) -> str:
        return {"answers": "来自答卷", "kpi": "来自数据", "consultant": "顾问补充"}[self.value]


ON_FIRST_PAGE = 6
ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Fired:
    """`evidence`: the leaves that were true, as pairs of subject and operation."""

    rule: Any
    source: Source
    evidence: tuple[tuple[str, str], ...]


def fired(rules: Iterable[Any], look: Look) -> list[Fired]:
    """In the order that a reader meets them: high before low, then by key."""
    found = [_fired(rule, look) for rule in rules if holds(rule.trigger, look)]
    return sorted(found, key=lambda one: (ORDER[Severity(one.rule.severity)], one.rule.key))


def _fired(rule, look: Look) -> Fired:
    leaves = leaves_that_hold(rule.trigger, look)
    subjects = tuple(dict.fromkeys(subject_of(leaf) for leaf in leaves))
    source = Source.KPI if any(kind == "kpi" for kind, _ in subjects) else Source.ANSWERS
    return Fired(rule, source, subjects)


def first_page(findings: Iterable[Any], *, key: Callable[[Any], Any]) -> tuple[list[Any], list[Any]]:
    """The few that open the page, and the rest: high and middle ones, those with the same proposal told once."""
    shown, rest, proposals = [], [], set()
    for finding in findings:
        worth = finding.severity in (Severity.HIGH, Severity.MID) and key(finding) not in proposals
        if worth and len(shown) < ON_FIRST_PAGE:
            shown.append(finding)
            proposals.add(key(finding))
        else:
            rest.append(finding)
    return shown, rest
