"""A questionnaire while it is being edited: plain data in the shape of a pack's file, changed by pure functions.

Keys never change: answers, conditions and findings refer to them. Moving may leave a condition that looks forward; the
draft says so and cannot be released until it is mended.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

import yaml

from siyu_saas.core.errors import NotReady
from siyu_saas.packs.reading import shape
from siyu_saas.packs.shapes.questions import CHOICES, Questionnaire

Definition = dict[str, Any]

STARTS: Mapping[str, dict[str, Any]] = {
    **{kind: {"options": [{"key": "a", "label": "选项一"}, {"key": "b", "label": "选项二"}]} for kind in CHOICES},
    "scale": {"scale": [1, 5], "ends": ["很差", "很好"]},
    "matrix": {"scale": [1, 5], "rows": [{"key": "a", "label": "第一行"}]},
}


def plain(questionnaire: Questionnaire) -> Definition:
    """As a file of a pack would hold it: nothing that says what is usual anyway."""
    return _plain(questionnaire)


def read(definition: Definition) -> Questionnaire:
    """Raises Misshapen."""
    return shape(Questionnaire, definition)


def as_yaml(definition: Definition) -> str:
    return yaml.safe_dump(definition, allow_unicode=True, sort_keys=False, width=1_000)


def blank(key: str, title: str) -> Definition:
    first = {"key": f"{key.upper()}_1", "type": "single", "text": "第一题", **deepcopy(STARTS["single"])}
    return {
        "key": key,
        "title": title,
        "version": 1,
        "sections": [{"key": "one", "title": "第一节", "questions": [first]}],
    }


def questions_before(definition: Definition, key: str) -> list[dict[str, Any]]:
    """Those that a condition of this question may look at."""
    found = []
    for question in _questions(definition):
        if question["key"] == key:
            return found
        found.append(question)
    return found


def questions_before_section(definition: Definition, key: str) -> list[dict[str, Any]]:
    """Those that a condition of this section may look at."""
    found = []
    for section in definition["sections"]:
        if section["key"] == key:
            return found
        found += section["questions"]
    return found


def section(definition: Definition, key: str) -> dict[str, Any]:
    """Raises KeyError when it is not there."""
    return definition["sections"][_section_place(definition, key)]


def question(definition: Definition, key: str) -> dict[str, Any]:
    """Raises KeyError when it is not there."""
    section, place = _place(definition, key)
    return definition["sections"][section]["questions"][place]


def added(definition: Definition, section_key: str, kind: str) -> tuple[Definition, str]:
    """A new question at the end of a section. Returns its key as well."""
    after = deepcopy(definition)
    section = next(one for one in after["sections"] if one["key"] == section_key)
    key = _free_key(after, section["questions"][-1]["key"])
    section["questions"].append({"key": key, "type": kind, "text": "新的一题", **deepcopy(STARTS.get(kind, {}))})
    return after, key


def copied(definition: Definition, key: str) -> tuple[Definition, str]:
    """A twin right behind it, without its tie to a metric: that would be counted twice."""
    after = deepcopy(definition)
    section, place = _place(after, key)
    twin = {**deepcopy(question(after, key)), "key": _free_key(after, key)}
    twin.pop("maps_to", None)
    after["sections"][section]["questions"].insert(place + 1, twin)
    return after, twin["key"]


def changed(definition: Definition, key: str, fields: Mapping[str, Any]) -> Definition:
    """`fields` are all that the question has from now on, besides its key and what a form does not show."""
    after = deepcopy(definition)
    section, place = _place(after, key)
    kept = {name: value for name, value in question(after, key).items() if name in ("key", "dim", "source_refs")}
    after["sections"][section]["questions"][place] = {**kept, **fields}
    return after


def moved(definition: Definition, key: str, step: int) -> Definition:
    """One place up (-1) or down (+1); at the edge of a section into the next one, at the end it stays."""
    after = deepcopy(definition)
    section, place = _place(after, key)
    questions = after["sections"][section]["questions"]
    to = place + step
    if 0 <= to < len(questions):
        questions[place], questions[to] = questions[to], questions[place]
    elif 0 <= section + step < len(after["sections"]) and len(questions) > 1:
        neighbour = after["sections"][section + step]["questions"]
        neighbour.insert(0 if step > 0 else len(neighbour), questions.pop(place))
    return after


def removed(definition: Definition, key: str) -> Definition:
    """A section that is left empty goes as well. Raises NotReady for the last question of all."""
    after = deepcopy(definition)
    section, place = _place(after, key)
    del after["sections"][section]["questions"][place]
    if not after["sections"][section]["questions"]:
        if len(after["sections"]) == 1:
            raise NotReady("问卷至少要有一道题。")
        del after["sections"][section]
    return after


def headed(definition: Definition, fields: Mapping[str, Any]) -> Definition:
    """With another title, time and introduction; empty fields go."""
    return _with(deepcopy(definition), fields)


def section_added(definition: Definition, title: str) -> tuple[Definition, str]:
    """A new section at the end with one question of the same series. Returns its key as well."""
    after = deepcopy(definition)
    taken = {one["key"] for one in after["sections"]}
    number = next(number for number in range(1, len(taken) + 2) if f"part_{number}" not in taken)
    key = _free_key(after, _questions(after)[-1]["key"])
    first = {"key": key, "type": "single", "text": "新的一题", **deepcopy(STARTS["single"])}
    after["sections"].append({"key": f"part_{number}", "title": title, "questions": [first]})
    return after, f"part_{number}"


def section_changed(definition: Definition, key: str, fields: Mapping[str, Any]) -> Definition:
    after = deepcopy(definition)
    place = _section_place(after, key)
    after["sections"][place] = _with(after["sections"][place], fields)
    return after


def section_moved(definition: Definition, key: str, step: int) -> Definition:
    after = deepcopy(definition)
    place, sections = _section_place(after, key), after["sections"]
    if 0 <= place + step < len(sections):
        sections[place], sections[place + step] = sections[place + step], sections[place]
    return after


def section_removed(definition: Definition, key: str) -> Definition:
    """With all its questions. Raises NotReady for the last section."""
    after = deepcopy(definition)
    place = _section_place(after, key)
    if len(after["sections"]) == 1:
        raise NotReady("问卷至少要有一节。")
    del after["sections"][place]
    return after


def _with(part: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """What has no value is left out; the order of a file stays."""
    merged = {**part, **fields}
    last = {name: merged.pop(name) for name in ("sections", "questions") if name in merged}
    return {name: value for name, value in {**merged, **last}.items() if value not in (None, "")}


def _section_place(definition: Definition, key: str) -> int:
    for place, one in enumerate(definition["sections"]):
        if one["key"] == key:
            return place
    raise KeyError(key)


def _questions(definition: Definition) -> list[dict[str, Any]]:
    return [question for section in definition["sections"] for question in section["questions"]]


def _place(definition: Definition, key: str) -> tuple[int, int]:
    for section, part in enumerate(definition["sections"]):
        for place, one in enumerate(part["questions"]):
            if one["key"] == key:
                return section, place
    raise KeyError(key)


def _free_key(definition: Definition, like: str) -> str:
    """The next number of the same series: REN03 after REN01 and REN02."""
    stem, digits = re.fullmatch(r"(.*?)(\d*)", like, re.DOTALL).groups()
    taken = {one["key"] for one in _questions(definition)}
    number = int(digits or 1)
    while f"{stem}{number:0{len(digits) or 1}d}" in taken or f"{stem}{number:0{len(digits) or 1}d}" == like:
        number += 1
    return f"{stem}{number:0{len(digits) or 1}d}"


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.default is dataclasses.MISSING
            or getattr(value, field.name) != field.default
            or field.name == "version"
        }
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
