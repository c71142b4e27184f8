"""The text of a charter: the pack's wording with the merchant's data filled in, and what an editor may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MISSING = "（待定）"


def filled(sections: Sequence[Mapping[str, str]], values: Mapping[str, str]) -> dict[str, Any]:
    """A document's content. What is not known yet is said to be open rather than left blank."""
    known = {name: value or MISSING for name, value in values.items()}
    return {"sections": [{"heading": one["heading"], "text": one["text"].format_map(known)} for one in sections]}


def rewritten(content: Mapping[str, Any], texts: Sequence[str]) -> dict[str, Any]:
    """The same headings with the editor's texts. Raises ValueError when the numbers differ."""
    sections = zip(content["sections"], texts, strict=True)
    return {"sections": [{"heading": section["heading"], "text": text} for section, text in sections]}
