"""What a pack must keep besides its shape: references lead somewhere, units agree, nothing goes in circles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import checks_of_findings as findings
from . import checks_of_metrics as metrics
from . import checks_of_people as people
from . import checks_of_playbook as playbook
from .checking import Flaw, Whole, at
from .checks_of_packages import package_flaws
from .checks_of_questions import questionnaire_flaws
from .reading import Place

FACTS = {"S0": 81, "S1": 41, "S2": 45, "S3": 49, "S4": 24}
"""How many facts each source has. Source: domain A."""
REFERENCE = re.compile(r"(S[0-4])-(\d+)|P(?:[1-9]|1\d|20)|(?:domain|product|ui|law|own) .+|own")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a pack and where it was read."""

    kind: str
    key: str
    value: Any
    path: Path
    place: Place = ()


def flaws(entries: Iterable[Entry], whole: Whole) -> Iterator[tuple[Entry, Place, str]]:
    """Everything that is wrong, in the order of the files; nothing when the pack can be used."""
    asked: dict[str, str] = {}
    for entry in entries:
        for place, reason in CHECKS[entry.kind](entry.value, whole):
            yield entry, place, reason
        for place, reason in _reference_flaws(entry.value):
            yield entry, place, reason
        if entry.kind == "questionnaires":
            for place, reason in _asked_twice(entry.value, asked):
                yield entry, place, reason


def reference_flaw(reference: str) -> str | None:
    match = REFERENCE.fullmatch(reference)
    if match is None:
        return f"{reference!r} is no reference: S0-12, P7, or domain, product, ui, law, own with a place"
    if match[1] and not 1 <= int(match[2]) <= FACTS[match[1]]:
        return f"{match[1]} has {FACTS[match[1]]} facts, not {match[2]}"
    return None


def _asked_twice(questionnaire: Any, asked: dict[str, str]) -> Iterator[Flaw]:
    for section, part in enumerate(questionnaire.sections):
        for number, question in enumerate(part.questions):
            if asked.get(question.key, questionnaire.key) != questionnaire.key:
                yield _question_place(section, number), f"is asked in {asked[question.key]} too"
            asked[question.key] = questionnaire.key


def _question_place(section: int, number: int) -> Place:
    return ("sections", section, "questions", number, "key")


def _reference_flaws(value: Any) -> Iterator[Flaw]:
    references = getattr(value, "source_refs", None)
    if references is None:
        return
    if not references:
        yield ("source_refs",), "at least one source is expected"
    for number, reference in enumerate(references):
        if reason := reference_flaw(reference):
            yield ("source_refs", number), reason


def _questionnaire(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from questionnaire_flaws(value, whole.get("metrics", {}))


def _package(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from package_flaws(value, whole, findings.CALCULATORS)


def _report(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from at(("quali_levels",), findings.level_flaws(value.quali_levels))
    for number, key in enumerate(value.cards):
        if key not in whole.get("metrics", {}):
            yield ("cards", number), f"there is no metric {key!r}"


def _background(value: Any, whole: Whole) -> Iterator[Flaw]:
    if reason := reference_flaw(value.fact):
        yield ("fact",), reason


def _sound(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from ()


CHECKS: Mapping[str, Callable[[Any, Whole], Iterator[Flaw]]] = {
    "questionnaires": _questionnaire,
    "findings": findings.finding_flaws,
    "metrics": metrics.metric_flaws,
    "benchmarks": metrics.benchmark_flaws,
    "packages": _package,
    "checklists": playbook.checklist_flaws,
    "templates": playbook.template_flaws,
    "cards": _sound,
    "campaigns": playbook.campaign_flaws,
    "tags": _sound,
    "advice": playbook.advice_flaws,
    "calendar": playbook.day_flaws,
    "terms": _sound,
    "hints": _sound,
    "group_kinds": _sound,
    "seed_topics": _sound,
    "procedures": playbook.procedure_flaws,
    "roles": people.role_flaws,
    "responsibilities": people.responsibility_flaws,
    "meetings": _sound,
    "background": _background,
    "recommenders": findings.recommender_flaws,
    "content_week": playbook.content_week_flaws,
    "report": _report,
    "charter": _sound,
}
