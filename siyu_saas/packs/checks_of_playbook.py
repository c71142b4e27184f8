"""What checklists, texts, campaigns and the calendar must keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .checking import Flaw, Whole, at, each_known, known, one_of
from .reading import Place
from .shapes import checklists

PLACEHOLDER = re.compile(r"\{(\w+)\}")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
CODES = {"view": ("you", "me", "it"), "stage": ("A", "I", "P", "L"), "line": ("persona", "brand", "marketing", "side")}
EFFORTS = ("低", "中", "高")


def checklist_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    seen: set[str] = set()
    for number, item in enumerate(value.items):
        here: Place = ("items", number)
        if not re.fullmatch(re.escape(value.key) + r"\.\d\d", item.key):
            yield (*here, "key"), f"must be {value.key}. and two digits"
        if item.key in seen:
            yield (*here, "key"), "is there twice"
        seen.add(item.key)
        yield from at(here, one_of(item, "evidence", checklists.EVIDENCE))
        yield from at(here, one_of(item, "side", checklists.SIDES))
        yield from at(here, known(item, "role", whole, "roles"))
        yield from at(here, known(item, "reviewer", whole, "roles"))
        yield from at(here, known(item, "metric", whole, "metrics"))
        yield from at(here, known(item, "template", whole, "templates"))
        yield from at(here, each_known(item, "helpers", whole, "roles"))


def template_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    used, named = set(PLACEHOLDER.findall(value.body)), {name for name, _meaning in value.placeholders}
    for name in sorted(used - named):
        yield ("placeholders",), f"{{{name}}} stands in the text but is not explained"
    for name in sorted(named - used):
        yield ("placeholders",), f"{name} is explained but does not stand in the text"


def campaign_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from one_of(value, "kind", ("offer", "warmup"))
    yield from known(value, "metric", whole, "metrics")
    yield from each_known(value, "checklists", whole, "checklists")


def content_week_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    if sum(share.pct for share in value.mix) != 100:
        yield ("mix",), "the shares must add up to 100"
    for number, slot in enumerate(value.slots):
        if not CLOCK.fullmatch(slot.time):
            yield ("slots", number, "time"), "a time such as 08:30 is expected"
        for name, codes in CODES.items():
            yield from at(("slots", number), one_of(slot, name, codes))


def advice_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from known(value, "metric", whole, "metrics")
    yield from one_of(value, "effort", EFFORTS)


def day_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from one_of(value, "level", (1, 2))
    if value.until and value.until < value.day:
        yield ("until",), "is before the day itself"


def procedure_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from known(value, "role", whole, "roles")
