"""Reads the content packs in `tenants/` and refuses broken ones with file, line, key and reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from siyu_saas.config import ROOT

from .check import Entry, flaws
from .errors import PackError
from .reading import Misshapen, Place, line_of, name_of, read_yaml, shape
from .shapes.checklists import Checklist
from .shapes.findings import FindingRule, Recommenders
from .shapes.metrics import Benchmark, Metric
from .shapes.packages import Package
from .shapes.people import Meeting, Responsibility, RoleCard
from .shapes.playbook import (
    Advice,
    CampaignType,
    Card,
    ContentWeek,
    GroupKind,
    Hint,
    MarketingDay,
    Procedure,
    SeedTopic,
    TagGroup,
    Term,
    TextTemplate,
)
from .shapes.questions import Questionnaire
from .shapes.texts import Background, Charter, ReportText

KEY = re.compile(r"[a-z][a-z0-9-]*")
REQUIRED = ("key", "title", "version")
HEADER = (*REQUIRED, "extends", "about")
TENANTS = ROOT / "tenants"
DEMO = "demo"

ONE_A_FILE: Mapping[str, type] = {"questionnaires": Questionnaire, "packages": Package, "checklists": Checklist}
MANY_A_FILE: Mapping[str, type] = {
    "findings": FindingRule,
    "metrics": Metric,
    "benchmarks": Benchmark,
    "templates": TextTemplate,
    "cards": Card,
    "campaigns": CampaignType,
    "tags": TagGroup,
    "advice": Advice,
    "calendar": MarketingDay,
    "terms": Term,
    "hints": Hint,
    "group_kinds": GroupKind,
    "seed_topics": SeedTopic,
    "procedures": Procedure,
    "roles": RoleCard,
    "responsibilities": Responsibility,
    "meetings": Meeting,
    "background": Background,
}
ONE_A_PACK: Mapping[str, type] = {
    "recommenders": Recommenders,
    "content_week": ContentWeek,
    "report": ReportText,
    "charter": Charter,
}


@dataclass(frozen=True)
class Pack:
    """Everything a merchant of this industry starts from, by key; the parent's files are already in."""

    key: str
    title: str
    version: int
    folder: Path
    extends: str | None = None
    about: str = ""
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)
    findings: Mapping[str, FindingRule] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    packages: Mapping[str, Package] = field(default_factory=dict)
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    templates: Mapping[str, TextTemplate] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    campaigns: Mapping[str, CampaignType] = field(default_factory=dict)
    tags: Mapping[str, TagGroup] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    calendar: Mapping[str, MarketingDay] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    hints: Mapping[str, Hint] = field(default_factory=dict)
    group_kinds: Mapping[str, GroupKind] = field(default_factory=dict)
    seed_topics: Mapping[str, SeedTopic] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    roles: Mapping[str, RoleCard] = field(default_factory=dict)
    responsibilities: Mapping[str, Responsibility] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    background: Mapping[str, Background] = field(default_factory=dict)
    recommenders: Recommenders | None = None
    content_week: ContentWeek | None = None
    report: ReportText | None = None
    charter: Charter | None = None


@cache
def pack(key: str) -> Pack:
    """The pack of this key with its parent's files. Raises PackError, KeyError when there is none."""
    return library()[key]


@cache
def library() -> dict[str, Pack]:
    """All packs of the house, read and checked once. Raises PackError."""
    return load_library(TENANTS)


def load_library(folder: Path) -> dict[str, Pack]:
    """All packs by key, parents first. Raises PackError."""
    headers = {header.key: header for header in (_read_header(path) for path in sorted(folder.glob("*/pack.yaml")))}
    for header in headers.values():
        _check_parent(header, headers)
    shelf = Shelf()
    ordered = sorted(headers.values(), key=lambda header: (header.extends is not None, header.key))
    return {header.key: _filled(header, headers.get(header.extends or ""), shelf) for header in ordered}


@cache
def industries() -> tuple[Pack, ...]:
    """The packs that a merchant can be given, the general one first."""
    return tuple(pack for pack in library().values() if pack.key != DEMO)


@cache
def charter_text() -> dict[str, Any]:
    """The usual wording of a charter: `sections` of `heading` and `text`."""
    return read_yaml(TENANTS / "base" / "charter.yaml")


class Shelf:
    """Files that were read; a parent's are read once for all its children."""

    def __init__(self) -> None:
        self._read: dict[Path, list[Entry]] = {}

    def entries(self, path: Path, kind: str) -> list[Entry]:
        if path not in self._read:
            self._read[path] = _entries(path, kind)
        return self._read[path]


def _filled(header: Pack, parent: Pack | None, shelf: Shelf) -> Pack:
    if header.key == DEMO:
        return header
    files = {**(_files(parent.folder) if parent else {}), **_files(header.folder)}
    entries = [entry for name, path in files.items() for entry in shelf.entries(path, kind_of(path, name))]
    whole = _by_kind(entries)
    for entry, place, reason in flaws(entries, whole):
        raise _error(entry.path, (*entry.place, *place), reason)
    single = {kind: whole.pop(kind)[kind] for kind in ONE_A_PACK if kind in whole}
    return replace(header, **whole, **single)


def _files(folder: Path) -> dict[str, Path]:
    """By name inside the pack, so that a child's file takes the place of its parent's."""
    names = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.yaml"))}
    names.pop("pack.yaml", None)
    return names


def kind_of(path: Path, name: str) -> str:
    """What a file holds, by its name or its folder's."""
    kind = name.partition("/")[0].removesuffix(".yaml")
    in_folder = "/" in name
    if kind in MANY_A_FILE or (kind in ONE_A_FILE and in_folder) or (kind in ONE_A_PACK and not in_folder):
        return kind
    raise PackError(path, "", "no kind of content has this name")


def _entries(path: Path, kind: str) -> list[Entry]:
    data = read_yaml(path)
    try:
        if kind in MANY_A_FILE:
            values = shape(tuple[MANY_A_FILE[kind], ...], data)
            return [Entry(kind, _key(value), value, path, (number,)) for number, value in enumerate(values)]
        value = shape((ONE_A_FILE | ONE_A_PACK)[kind], data)
    except Misshapen as error:
        raise _error(path, error.place, error.reason) from error
    return [Entry(kind, kind if kind in ONE_A_PACK else value.key, value, path)]


def _key(value: Any) -> str:
    return value.fact if isinstance(value, Background) else value.key


def _by_kind(entries: list[Entry]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        known = found.setdefault(entry.kind, {})
        if entry.key in known:
            raise _error(entry.path, (*entry.place, "key"), f"there are two {entry.kind} with the key {entry.key!r}")
        known[entry.key] = entry.value
    return found


def _error(path: Path, place: Place, reason: str) -> PackError:
    text = path.read_text(encoding="utf-8")
    return PackError(path, name_of(read_yaml(path), place), reason, line_of(text, place))


def _read_header(path: Path) -> Pack:
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise PackError(path, "", "a mapping is expected")
    for key in REQUIRED:
        if key not in content:
            raise PackError(path, key, "is missing")
    for key in content:
        if key not in HEADER:
            raise PackError(path, key, "is not known here")
    if not isinstance(content["version"], int) or content["version"] < 1:
        raise PackError(path, "version", "must be a whole number from 1")
    if content["key"] != path.parent.name or not KEY.fullmatch(content["key"]):
        raise PackError(path, "key", "must be the folder's name")
    return Pack(folder=path.parent, **content)


def _check_parent(pack: Pack, packs: dict[str, Pack]) -> None:
    if pack.extends is None:
        return
    parent = packs.get(pack.extends)
    if parent is None:
        raise PackError(pack.folder / "pack.yaml", "extends", f"there is no pack {pack.extends!r}")
    if parent.extends is not None:
        raise PackError(pack.folder / "pack.yaml", "extends", "only one level is allowed")
