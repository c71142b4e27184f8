"""What is signed of a report, in which order it is read, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .shape import ALWAYS_SHOWN, BODY, SECTIONS

Entry = Mapping[str, str]
CARD_TEXTS = ("value", "note", "change", "verdict")


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the table of what a new version changed."""

    section: str
    name: str
    before: str
    after: str


def in_order(order: Sequence[str], hidden: Iterable[str]) -> list[str]:
    """The body's sections as the consultant arranged them; agreed ones can not be hidden."""
    hidden = set(hidden) - set(ALWAYS_SHOWN)
    arranged = [key for key in order if key in BODY] + [key for key in BODY if key not in order]
    return [key for key in arranged if key not in hidden]


def moved(order: Sequence[str], key: str, step: int) -> list[str]:
    """`key` one place up (−1) or down (1)."""
    arranged = in_order(order, ())
    at = arranged.index(key)
    to = min(max(at + step, 0), len(arranged) - 1)
    arranged.insert(to, arranged.pop(at))
    return arranged


def lines_of(section: Mapping[str, Any]) -> list[str]:
    """A section's numbers as lines of text: what a signature stands under."""
    lines = []
    for block in section["blocks"]:
        if block["kind"] == "cards":
            lines += [
                " ".join(filter(None, (card["name"], card["value"], card["note"], card["change"], card["verdict"])))
                for card in block["cards"]
            ]
        elif block["kind"] == "table":
            lines += [" | ".join(row) for row in block["rows"]]
        elif block["kind"] == "facts":
            lines += [f"{name}：{value}" for name, value in block["pairs"]]
        elif block["kind"] == "words":
            lines += block["paragraphs"]
        elif block["kind"] == "points":
            lines += [f"{heading}：{item}" for heading, items in block["columns"] for item in items]
        elif block["kind"] == "quote":
            lines.append(f"{block['who']}：{block['text']}")
    return lines or [section["missing"]]


def content_of(
    data: Mapping[str, Any], narrative: Mapping[str, Any], shown: Sequence[str], sha256: str
) -> dict[str, Any]:
    """What both sides sign: every shown section's words and numbers, and the fingerprint of the frozen data."""
    by_key = {section["key"]: section for section in data["sections"]}
    sections = []
    for key in shown:
        words = narrative.get(key, {}).get("text", "")
        text = "\n".join([*([words] if words else []), *lines_of(by_key[key])])
        sections.append({"heading": SECTIONS[key], "text": text})
    sections.append({"heading": "数据指纹", "text": sha256})
    return {"sections": sections}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What was added, removed or changed, section by section; of a line only what changed in it."""
    old = {section["key"]: section for section in before["sections"]}
    found = []
    for section in after["sections"]:
        was = _entries(old[section["key"]]) if section["key"] in old else {}
        now = _entries(section)
        for name in dict.fromkeys((*was, *now)):
            if was.get(name) != now.get(name):
                left, right = _changed(was.get(name), now.get(name)), _changed(now.get(name), was.get(name))
                found.append(Difference(SECTIONS[section["key"]], name, left, right))
    return found


def _changed(entry: Entry | None, other: Entry | None) -> str:
    """「达成度 94.1%；结论 接近」; a dash for what is not there."""
    if entry is None:
        return "—"
    parts = [(label, text) for label, text in entry.items() if other is None or other.get(label) != text]
    return "；".join(f"{label} {text}".strip() for label, text in parts) or "—"


def _entries(section: Mapping[str, Any]) -> dict[str, Entry]:
    """What a section says, by name; rows of several tables with one name are one entry."""
    found: dict[str, dict[str, str]] = {}
    for name, entry in _named(section):
        found.setdefault(name, {}).update(entry)
    return found or {SECTIONS[section["key"]]: {"": section["missing"]}}


def _named(section: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for block in section["blocks"]:
        if block["kind"] == "cards":
            for card in block["cards"]:
                yield card["name"], {"": " ".join(filter(None, (card[key] for key in CARD_TEXTS)))}
        elif block["kind"] == "table":
            for row in block["rows"]:
                yield row[0], dict(zip(block["head"][1:], row[1:], strict=True))
        elif block["kind"] == "facts":
            for name, value in block["pairs"]:
                yield name, {"": value}
        elif block["kind"] == "words":
            yield block["heading"] or "说明", {"": "\n".join(block["paragraphs"])}
        elif block["kind"] == "points":
            for heading, items in block["columns"]:
                yield heading, {"": "、".join(items)}
        elif block["kind"] == "quote":
            yield block["who"], {"": block["text"]}


def with_drafts(
    narrative: Mapping[str, Any], data: Mapping[str, Any], before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The sentence that rules propose stands where the consultant has not confirmed anything. When other numbers change
    that sentence, what was confirmed has to be read again: an adopted sentence is drafted anew, own words stay."""
    words = {key: dict(one) for key, one in narrative.items()}
    earlier = {section["key"]: section["draft"] for section in before["sections"]} if before else {}
    for section in data["sections"]:
        key, draft = section["key"], section["draft"]
        said = words.get(key, {"text": "", "confirmed": False})
        if draft and (not said["confirmed"] or said["text"] == earlier.get(key)):
            words[key] = {"text": draft, "confirmed": said["confirmed"] and said["text"] == draft}
        elif draft != earlier.get(key, draft):
            words[key] = {**said, "confirmed": False}
    return words
