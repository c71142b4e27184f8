"""Who is asked what, how far somebody has come, and where they go on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from siyu_saas.packs.shapes.questions import AT_BOTH_ENDS
from siyu_saas.tenants.rules import OPERATORS, Role, Side

from .answers import NUMBERS, TEXTS, is_answered
from .visibility import visible_questions

SECONDS_A_QUESTION = 20
MAY_BE_BLANK = (*NUMBERS, *TEXTS, "date", "file", "note")
USUAL_ORDER = ("qn_rhczz", "qn_fit", "qn_model", "qn_strategy", "qn_team")
LIGHT_WHOLE = ("qn_strategy", "qn_team")
LIGHT_WEIGHT = 2


class Depth(StrEnum):
    """轻调研 asks for less; everything may be answered in both."""

    LIGHT = "light"
    STANDARD = "standard"

    @property
    def title(self) -> str:
        return {"light": "轻调研", "standard": "全量诊断"}[self.value]


RESPONDENTS = {"boss": "老板", "lead": "操盘手", "ops": "运营", "cs": "客服", "consultant": "顾问"}
LEADING = (Role.BOSS, Role.LEAD, Role.COORDINATOR)
ANSWERING = (*LEADING, *OPERATORS)


ROLE_OF = {"boss": Role.BOSS, "lead": Role.LEAD, "ops": Role.USER_OPS, "cs": Role.CS}


def respondent_of(role: Role) -> str:
    """As whom somebody answers; the one who gives the answers that count is the operator in the lead."""
    if role.side is Side.FIRM:
        return "consultant"
    return {Role.BOSS: "boss", Role.LEAD: "lead", Role.CS: "cs"}.get(role, "ops")


def meant_for(section: Any) -> list[str]:
    """As whom the questions of a section want to be answered, most first."""
    counts: dict[str, int] = {}
    for question in section.questions:
        if question.respondent in RESPONDENTS:
            counts[question.respondent] = counts.get(question.respondent, 0) + 1
    return sorted(counts, key=counts.get, reverse=True)


def likely_role(section: Any) -> Role | None:
    """Whom a section is most likely forwarded to: the first in its list who does not lead anyway."""
    roles = [ROLE_OF[key] for key in meant_for(section) if key in ROLE_OF]
    return next((role for role in roles if role not in LEADING), roles[0] if roles else None)


def minutes_for(section: Any) -> int:
    return max(1, round(sum(question.type != "note" for question in section.questions) * SECONDS_A_QUESTION / 60))


def sendable(keys: Iterable[str]) -> list[str]:
    """What a diagnosis may ask."""
    return in_order(key for key in keys if key != AT_BOTH_ENDS)


def in_order(keys: Iterable[str]) -> list[str]:
    """Questionnaires as people meet them; a firm's own come last."""
    places = {key: place for place, key in enumerate(USUAL_ORDER)}
    return sorted(keys, key=lambda key: (places.get(key, len(places)), key))


@dataclass(frozen=True, slots=True)
class Share:
    """A section given to a role or to a person."""

    section: str
    role: Role | None
    user_id: UUID | None


def sections_for(questionnaire, shares: Iterable[Share], *, role: Role, user_id: UUID | None) -> list[str]:
    """Keys of the sections that are theirs, in order: what was given to them, and for whoever leads what is nobody's.

    Somebody in an interview (`user_id` None) may be asked all of that as well.
    """
    shares = list(shares)
    given = {share.section for share in shares}
    theirs = {
        share.section
        for share in shares
        if share.role is role or (share.user_id is not None and share.user_id == user_id)
    }
    leads = role in LEADING or role.side is Side.FIRM or user_id is None
    return [
        section.key
        for section in questionnaire.sections
        if section.key in theirs or (leads and section.key not in given)
    ]


def is_required(questionnaire, question, depth: Depth) -> bool:
    """What has to be dealt with before a sheet is submitted. 不清楚 is an answer; figures and texts may stay blank."""
    if question.required:
        return True
    if question.type in MAY_BE_BLANK:
        return False
    return depth is Depth.STANDARD or questionnaire.key in LIGHT_WHOLE or question.weight >= LIGHT_WEIGHT


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a sheet is: only visible questions of its own sections count, so the bar never jumps back by a branch."""

    done: int
    total: int
    left: tuple[str, ...]
    first_open: str | None

    @property
    def minutes(self) -> int:
        return max(1, round((self.total - self.done) * SECONDS_A_QUESTION / 60))


def standing_of(questionnaire, sections: Collection[str], answers: Mapping[str, Any], depth: Depth) -> Standing:
    """`left`: required and open; `first_open`: the section to go on with, None when all was dealt with."""
    visible = visible_questions(questionnaire, answers)
    asked = [
        (section.key, question)
        for section in questionnaire.sections
        if section.key in sections
        for question in section.questions
        if question.key in visible and question.type != "note"
    ]
    open_ones = [(place, question) for place, question in asked if not is_answered(question, answers.get(question.key))]
    return Standing(
        done=len(asked) - len(open_ones),
        total=len(asked),
        left=tuple(question.key for _, question in open_ones if is_required(questionnaire, question, depth)),
        first_open=open_ones[0][0] if open_ones else None,
    )


def steps_of(questionnaire, sections: Collection[str], answers: Mapping[str, Any]) -> list[Any]:
    """The sections to walk through: theirs, without those that are hidden as a whole."""
    visible = visible_questions(questionnaire, answers)
    return [
        section
        for section in questionnaire.sections
        if section.key in sections and any(question.key in visible for question in section.questions)
    ]


def neighbours(steps: Sequence[Any], key: str) -> tuple[Any | None, Any | None]:
    """The step before and the step after."""
    place = next(place for place, section in enumerate(steps) if section.key == key)
    return (steps[place - 1] if place else None), (steps[place + 1] if place + 1 < len(steps) else None)
