"""What people read and copy: cards, texts, campaigns, content, tags, advice, days to know, terms and warnings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Card:
    """Background in a few lines; shown at its place, never calculated with."""

    key: str
    title: str
    body: str
    source_refs: tuple[str, ...]
    place: str = ""
    theme: str = ""
    dated: str = ""
    time_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A draft with {placeholders}: the consultant gives it, the merchant makes it their own."""

    key: str
    title: str
    body: str
    source_refs: tuple[str, ...]
    use: str = ""
    theme: str = ""
    placeholders: tuple[tuple[str, str], ...] = ()
    consent: str = ""
    time_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class CampaignType:
    """A kind of campaign: how it is played, for whom, with what, and the figure that matters."""

    key: str
    title: str
    kind: str
    lasts: str
    play: str
    groups: str
    materials: tuple[str, ...]
    source_refs: tuple[str, ...]
    metric: str | None = None
    figure: str = ""
    rhythm: str = ""
    checklists: tuple[str, ...] = ()
    time_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of day over a week, Monday first; an empty text is not sent."""

    time: str
    title: str
    view: str
    stage: str
    line: str
    days: tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """What a part of the content should make up."""

    key: str
    title: str
    pct: int


@dataclass(frozen=True, slots=True)
class ContentWeek:
    """A usual week of content, with the mix it aims at."""

    title: str
    slots: tuple[Slot, ...]
    mix: tuple[Share, ...]
    tolerance_pp: int
    source_refs: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TagGroup:
    """A dimension of tags: its values, where they come from and what they are for."""

    key: str
    title: str
    values: tuple[str, ...]
    origin: str
    purpose: str
    source_refs: tuple[str, ...]
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """A long-term suggestion that is looked at again after some months."""

    key: str
    topic: str
    action: str
    why: str
    effort: str
    metric: str
    source_refs: tuple[str, ...]
    review_months: int = 3


@dataclass(frozen=True, slots=True)
class MarketingDay:
    """A day that campaigns are planned around; `level` 1 outranks 2."""

    key: str
    title: str
    day: date
    level: int
    source_refs: tuple[str, ...]
    hint: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A trade term in one sentence, for the little help windows."""

    key: str
    title: str
    meaning: str
    source_refs: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """A rule of law or platform to keep in mind: what it says, as of when, and what to do."""

    key: str
    title: str
    body: str
    instead: str
    as_of: str
    source: str
    source_refs: tuple[str, ...]
    concerns: tuple[str, ...] = ()
    certain: bool = True
    time_sensitive: bool = True


@dataclass(frozen=True, slots=True)
class GroupKind:
    """A kind of customer group with its columns and the line it has to pass."""

    key: str
    title: str
    opened: str
    columns: tuple[str, ...]
    acceptance: str
    source_refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeedTopic:
    """What people who try things out are asked to talk about."""

    key: str
    title: str
    topics: tuple[str, ...]
    does: str
    source_refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """One line of a standard procedure: trigger, action, time limit, who, and the exception."""

    key: str
    title: str
    trigger: str
    action: str
    within: str
    role: str
    exception: str
    source_refs: tuple[str, ...]
