"""What is signed of a report, in which order it is read, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .shape import ALWAYS_SHOWN, BODY, SECTIONS

DESCRIBED = ("cards", "table", "facts")


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
    """Lines that were added, removed or changed, section by section, matched by their first words."""
    old = {section["key"]: section for section in before["sections"]}
    found = []
    for section in after["sections"]:
        was = {_name(line): line for line in lines_of(old[section["key"]])} if section["key"] in old else {}
        now = {_name(line): line for line in lines_of(section)}
        found += [
            Difference(SECTIONS[section["key"]], name, was.get(name, "—"), now.get(name, "—"))
            for name in dict.fromkeys((*was, *now))
            if was.get(name) != now.get(name)
        ]
    return found


def _name(line: str) -> str:
    for mark in (" | ", "：", " "):
        if mark in line:
            return line.split(mark, 1)[0]
    return line[:20]


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
