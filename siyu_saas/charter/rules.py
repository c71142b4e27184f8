"""The text of a charter: the pack's wording with the merchant's data filled in, and what an editor may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MISSING = "（待定）"
INFORMED_DAYS = 2
PLAN_CHANGES = "计划的改动"


def filled(
    sections: Sequence[Mapping[str, str]], values: Mapping[str, str], informed_days: int = INFORMED_DAYS
) -> dict[str, Any]:
    """A document's content. What is not known yet is said to be open rather than left blank."""
    known = {name: value or MISSING for name, value in values.items()}
    return _content(
        [{"heading": one["heading"], "text": one["text"].format_map(known)} for one in sections], informed_days
    )


def rewritten(content: Mapping[str, Any], texts: Sequence[str], informed_days: int) -> dict[str, Any]:
    """The same headings with the editor's texts. Raises ValueError when the numbers differ."""
    sections = zip(free_sections(content), texts, strict=True)
    return _content([{"heading": section["heading"], "text": text} for section, text in sections], informed_days)


def free_sections(content: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Those that an editor words; the one about changes of the plan follows from a number."""
    return [one for one in content["sections"] if one["heading"] != PLAN_CHANGES]


def informed_days_of(content: Mapping[str, Any] | None) -> int:
    """Days by which a task may move without the merchant being asked."""
    return content.get("informed_days", INFORMED_DAYS) if content else INFORMED_DAYS


def _content(sections: list[dict[str, str]], informed_days: int) -> dict[str, Any]:
    told = f"日期变化不超过 {informed_days} 天、不影响完工日和活动日的，顾问告知即可" if informed_days else "没有例外"
    text = f"计划确认后，改动由商家确认才生效；{told}。"
    return {"sections": [*sections, {"heading": PLAN_CHANGES, "text": text}], "informed_days": informed_days}
