"""Wording that other rooms print: the charter, the report, and facts that stay in the background."""

from __future__ import annotations

from dataclasses import dataclass

from .findings import Level


@dataclass(frozen=True, slots=True)
class CharterSection:
    """One clause with {placeholders}."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Charter:
    """The usual wording of a 合作说明."""

    title: str
    sections: tuple[CharterSection, ...]
    source_refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of the report, what it shows, and what stands there when nothing was collected."""

    key: str
    title: str
    shows: str
    chart: str = ""
    empty: str = "未采集"


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence that rules choose by key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportText:
    """Order of the report's sections, verdicts and sentences, the owner's questions. Source: domain G, C3."""

    sections: tuple[ReportSection, ...]
    cards: tuple[str, ...]
    verdicts: tuple[Wording, ...]
    outcomes: tuple[Level, ...]
    sentences: tuple[Wording, ...]
    confounders: tuple[str, ...]
    owner_asks: tuple[str, ...]
    feedback: tuple[Wording, ...]
    quali_levels: tuple[Level, ...]
    source_refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """A known fact that no entry shows, and why: it is kept elsewhere in the product, or is only context."""

    fact: str
    says: str
    reason: str
