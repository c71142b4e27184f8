"""Where a questionnaire stands with the people it was given to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .asking import RESPONDENTS, meant_for


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with who has it and who has submitted it."""

    key: str
    title: str
    questions: int
    holders: tuple[str, ...]
    submitted_by: tuple[str, ...]


def section_rows(questionnaire: Any, assignments: Iterable[Any], sheets: Iterable[Any]) -> list[SectionRow]:
    assignments, sheets = list(assignments), list(sheets)
    return [
        SectionRow(
            section.key,
            section.title,
            sum(question.type != "note" for question in section.questions),
            tuple(one.user_name or one.role.title for one in assignments if one.section == section.key),
            tuple(sheet.name for sheet in sheets if sheet.submitted_at and section.key in sheet.sections),
        )
        for section in questionnaire.sections
    ]


def is_complete(rows: Iterable[SectionRow]) -> bool:
    return all(row.submitted_by for row in rows)


def suggested(section: Any) -> str:
    """For whom the questions of a section are meant, most first: 「运营、操盘手」."""
    return "、".join(RESPONDENTS[key] for key in meant_for(section))
