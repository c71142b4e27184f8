"""Who does what: role cards, responsibilities and meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleCard:
    """What a role answers for; `event`: only while a campaign runs."""

    key: str
    title: str
    side: str
    duties: tuple[str, ...]
    source_refs: tuple[str, ...]
    process_figures: str = ""
    result_figures: str = ""
    event: bool = False
    not_with: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who does (R), answers for (A), is asked about (C) and hears of (I) one matter; exactly one A."""

    key: str
    title: str
    roles: Mapping[str, str]
    source_refs: tuple[str, ...]
    merchant_only: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that comes round: who, what about, what it leaves behind."""

    key: str
    title: str
    rhythm: str
    attends: str
    agenda: str
    leaves: str
    source_refs: tuple[str, ...]
