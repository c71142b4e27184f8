"""What exactly is signed, in which state a document is, and what changed between two versions.

The canonical form is JSON with sorted keys and no spaces, UTF-8, strings in NFC, no floats; a document's digest is its
SHA-256. The digest of the version before is part of it, so a chain of versions can not be re-ordered or thinned out.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32, without 0, O, 1, I
CODE_LENGTH = 12  # 60 bit
CODE_GROUP = 4


class DocumentState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    HALF_SIGNED = "half_signed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"

    @property
    def title(self) -> str:
        return STATE_TITLES[self]


STATE_TITLES = {
    DocumentState.DRAFT: "草稿",
    DocumentState.PROPOSED: "待双方签署",
    DocumentState.HALF_SIGNED: "待另一方签署",
    DocumentState.IN_FORCE: "双方已签",
    DocumentState.SUPERSEDED: "已被新版替代",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a comparison: `sign` is "+", "-" or " "."""

    sign: str
    text: str


def state_of(*, proposed: bool, superseded: bool, sides: int) -> DocumentState:
    if superseded:
        return DocumentState.SUPERSEDED
    if not proposed:
        return DocumentState.DRAFT
    return (DocumentState.PROPOSED, DocumentState.HALF_SIGNED, DocumentState.IN_FORCE)[sides]


def canonical(content: Any) -> bytes:
    """Raises TypeError for anything but dicts with string keys, lists, strings, whole numbers, booleans and null."""
    return json.dumps(_normal(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(*, kind: str, title: str, number: int, content: Mapping[str, Any], previous: str | None) -> str:
    signed = {"kind": kind, "title": title, "number": number, "content": content, "previous": previous}
    return hashlib.sha256(canonical(signed)).hexdigest()


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    return "-".join(code[place : place + CODE_GROUP] for place in range(0, len(code), CODE_GROUP))


def code_typed(text: str) -> str | None:
    """A code however it was typed: small letters, spaces, hyphens, full-width; None when it cannot be one."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", text).upper() if one.isalnum())
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(CODE_LETTERS) else None


def lines_of(content: Mapping[str, Any]) -> list[str]:
    """A document's content as a person reads it, for comparisons: headings and lines of its sections."""
    return [line for section in content["sections"] for line in (section["heading"], *section["text"].splitlines())]


def difference(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Line by line, unchanged lines included."""
    return [
        Change(line[0], line[2:])
        for line in difflib.ndiff(list(before), list(after), linejunk=None, charjunk=None)
        if line[0] != "?"
    ]


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {unicodedata.normalize("NFC", key): _normal(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
