"""Holds printed results against the rules: no percentage without its base, and what was signed comes first.

Source: product §1a g and h, domain C3, rule 10.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .windows import Window


@dataclass(frozen=True, slots=True)
class Claim:
    """A result as it was printed; what is not stated is None."""

    metric: str
    percent: str
    before: str | None = None
    after: str | None = None
    baseline: Window | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """`check` is the letter of product §1a."""

    check: str
    sentence: str


def faults_of(claims: Sequence[Claim], *, signed: Collection[str]) -> list[Fault]:
    """`signed` are the metrics of the signed targets, by title."""
    found = []
    bare = [one.metric for one in claims if one.before is None or one.after is None]
    if bare:
        found.append(Fault("g", f"只有百分比、没有前后数值：{'、'.join(bare)}"))
    groundless = [one.metric for one in claims if one.baseline is None]
    if groundless:
        found.append(Fault("g", f"没有写明和哪一段时间比：{'、'.join(groundless)}"))
    unreported = sorted(set(signed) - {one.metric for one in claims})
    if unreported:
        found.append(Fault("g", f"签署的目标没有报告结果：{'、'.join(unreported)}"))
    return found
