"""What a pack must keep besides its shape: references lead somewhere, units agree, nothing goes in circles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .checks_of_packages import package_flaws
from .checks_of_questions import answer_flaw, questionnaire_flaws
from .conditions import leaf_flaw, leaves, subject_of
from .reading import Place
from .shapes import checklists, metrics
from .shapes.findings import DERIVED, SEVERITIES, Level

FACTS = {"S0": 81, "S1": 41, "S2": 45, "S3": 49, "S4": 24}
"""How many facts each source has. Source: domain A."""
REFERENCE = re.compile(r"(S[0-4])-(\d+)|P(?:[1-9]|1\d|20)|(?:domain|product|ui|law|own) .+|own")
CALCULATORS = ("calc_funnel", "calc_invite", "calc_gmv", "calc_cadence", "calc_lottery", "calc_rfm")
OTHER_MODULES = ("role_cards", "RACI")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
CODES = {"view": ("you", "me", "it"), "stage": ("A", "I", "P", "L"), "line": ("persona", "brand", "marketing", "side")}
EFFORTS = ("低", "中", "高")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a pack and where it was read."""

    kind: str
    key: str
    value: Any
    path: Path
    place: Place = ()


Whole = Mapping[str, Mapping[str, Any]]
Flaw = tuple[Place, str]


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


def condition_flaws(condition: Any, whole: Whole, place: Place = ()) -> Iterator[Flaw]:
    """Of a trigger, which may look at every answer, metric and derived value of the pack."""
    questions = {one.key: one for sheet in whole.get("questionnaires", {}).values() for one in sheet.questions}
    known = {"q": questions, "kpi": whole.get("metrics", {}), "derived": DERIVED}
    for where, leaf in leaves(condition, place):
        reason = leaf_flaw(leaf)
        if reason is None:
            kind, name = subject_of(leaf)
            reason = None if name in known[kind] else f"there is no {kind} {name!r}"
            if reason is None and kind == "q":
                reason = answer_flaw(questions[name], leaf)
        if reason:
            yield where, reason


def _questionnaire(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from questionnaire_flaws(value, whole.get("metrics", {}))


def _finding(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _one_of(value, "severity", SEVERITIES)
    yield from condition_flaws(value.trigger, whole, ("trigger",))
    for number, module in enumerate(value.modules):
        if module not in whole.get("checklists", {}) and module not in (*CALCULATORS, *OTHER_MODULES):
            yield ("modules", number), f"there is no checklist or calculator {module!r}"
    yield from _known(value, "card", whole, "cards")


def _metric(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _one_of(value, "better", metrics.BETTER)
    yield from _one_of(value, "aggregate", metrics.AGGREGATES)
    yield from _one_of(value, "unit", metrics.UNITS)
    yield from _one_of(value, "grain", metrics.GRAINS)
    for name in ("top", "minus", "bottom"):
        for number, field in enumerate(getattr(value, name)):
            if field not in metrics.DAILY_FIELDS:
                yield (name, number), f"the daily sheet has no column {field!r}"
    if value.aggregate == "ratio" and not (value.numerator and value.denominator):
        yield ("aggregate",), "a ratio needs a numerator and a denominator"


def _benchmark(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _known(value, "metric", whole, "metrics")
    yield from _one_of(value, "strength", metrics.STRENGTHS)
    if value.low is not None and value.high is not None and value.low > value.high:
        yield ("low",), "is above high"
    metric = whole.get("metrics", {}).get(value.metric)
    if metric and metric.unit == "%" and not value.relative and not value.adoption:
        for name in ("low", "high", "typical"):
            if not 0 <= (getattr(value, name) or 0) <= 100:
                yield (name,), "a share lies between 0 and 100"
    for number, other in enumerate(value.conflicts_with):
        if other not in whole["benchmarks"]:
            yield ("conflicts_with", number), f"there is no benchmark {other!r}"


def _package(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from package_flaws(value, whole, CALCULATORS)


def _checklist(value: Any, whole: Whole) -> Iterator[Flaw]:
    seen: set[str] = set()
    for number, item in enumerate(value.items):
        at: Place = ("items", number)
        if not re.fullmatch(re.escape(value.key) + r"\.\d\d", item.key):
            yield (*at, "key"), f"must be {value.key}. and two digits"
        if item.key in seen:
            yield (*at, "key"), "is there twice"
        seen.add(item.key)
        yield from _at(at, _one_of(item, "evidence", checklists.EVIDENCE))
        yield from _at(at, _one_of(item, "side", checklists.SIDES))
        yield from _at(at, _known(item, "role", whole, "roles"))
        yield from _at(at, _known(item, "reviewer", whole, "roles"))
        yield from _at(at, _known(item, "metric", whole, "metrics"))
        yield from _at(at, _known(item, "template", whole, "templates"))
        yield from _at(at, _each_known(item, "helpers", whole, "roles"))


def _template(value: Any, whole: Whole) -> Iterator[Flaw]:
    used, named = set(PLACEHOLDER.findall(value.body)), {name for name, _meaning in value.placeholders}
    for name in sorted(used - named):
        yield ("placeholders",), f"{{{name}}} stands in the text but is not explained"
    for name in sorted(named - used):
        yield ("placeholders",), f"{name} is explained but does not stand in the text"


def _campaign(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _one_of(value, "kind", ("offer", "warmup"))
    yield from _known(value, "metric", whole, "metrics")
    yield from _each_known(value, "checklists", whole, "checklists")


def _content_week(value: Any, whole: Whole) -> Iterator[Flaw]:
    if sum(share.pct for share in value.mix) != 100:
        yield ("mix",), "the shares must add up to 100"
    for number, slot in enumerate(value.slots):
        if not CLOCK.fullmatch(slot.time):
            yield ("slots", number, "time"), "a time such as 08:30 is expected"
        for name, codes in CODES.items():
            yield from _at(("slots", number), _one_of(slot, name, codes))


def _advice(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _known(value, "metric", whole, "metrics")
    yield from _one_of(value, "effort", EFFORTS)


def _day(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _one_of(value, "level", (1, 2))
    if value.until and value.until < value.day:
        yield ("until",), "is before the day itself"


def _role(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _one_of(value, "side", ("firm", "merchant"))
    yield from _each_known(value, "not_with", whole, "roles")


def _responsibility(value: Any, whole: Whole) -> Iterator[Flaw]:
    for role, letters in value.roles.items():
        if role not in whole.get("roles", {}):
            yield ("roles", role), f"there is no role {role!r}"
        if not isinstance(letters, str) or not set(letters) <= set("RACI") or not letters:
            yield ("roles", role), "R, A, C or I is expected"
        elif value.merchant_only and role == "consultant" and set(letters) & set("RA"):
            yield ("roles", role), "the consultant neither does nor answers for what is the merchant's work"
    if sum("A" in str(letters) for letters in value.roles.values()) != 1:
        yield ("roles",), "exactly one role must answer for it (A)"


def _procedure(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _known(value, "role", whole, "roles")


def _recommenders(value: Any, whole: Whole) -> Iterator[Flaw]:
    questions = {one.key for sheet in whole.get("questionnaires", {}).values() for one in sheet.questions}
    for name in ("score_levels", "team_levels", "fit_levels"):
        yield from _at((name,), level_flaws(getattr(value, name)))
    known = set(questions)
    for number, mean in enumerate(value.means):
        for part, one in enumerate(mean.parts):
            if one.of not in known:
                yield ("means", number, "parts", part, "of"), f"there is no question or earlier mean {one.of!r}"
        known.add(mean.key)
    for number, caution in enumerate(value.cautions):
        yield from condition_flaws(caution.when, whole, ("cautions", number, "when"))
    for name in ("operating_model", "customer_relation"):
        for number, candidate in enumerate(getattr(value, name).candidates):
            yield from _at((name, "candidates", number), _candidate(candidate, whole, questions))


def _candidate(candidate: Any, whole: Whole, questions: set[str]) -> Iterator[Flaw]:
    if candidate.exclude is not None:
        yield from condition_flaws(candidate.exclude, whole, ("exclude",))
    for number, term in enumerate(candidate.terms):
        if (term.score_of is None) == (not term.steps):
            yield ("terms", number), "either score_of or steps is expected"
        if term.score_of is not None and term.score_of not in questions:
            yield ("terms", number, "score_of"), f"there is no question {term.score_of!r}"
        for step, points in enumerate(term.steps):
            yield from condition_flaws(points.when, whole, ("terms", number, "steps", step, "when"))


def level_flaws(levels: tuple[Level, ...]) -> Iterator[Flaw]:
    """From the best to 0, so that every score has a name."""
    starts = [level.gte for level in levels]
    if starts != sorted(set(starts), reverse=True) or not starts or starts[-1] != 0:
        yield (), "levels must go down to 0"


def _report(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from _at(("quali_levels",), level_flaws(value.quali_levels))
    for number, key in enumerate(value.cards):
        if key not in whole.get("metrics", {}):
            yield ("cards", number), f"there is no metric {key!r}"


def _background(value: Any, whole: Whole) -> Iterator[Flaw]:
    if reason := reference_flaw(value.fact):
        yield ("fact",), reason


def _sound(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from ()


def _at(place: Place, found: Iterable[Flaw]) -> Iterator[Flaw]:
    for inner, reason in found:
        yield (*place, *inner), reason


def _one_of(value: Any, name: str, allowed: Iterable[Any]) -> Iterator[Flaw]:
    if getattr(value, name) not in allowed:
        yield (name,), f"{getattr(value, name)!r} is not one of {', '.join(map(str, allowed))}"


def _known(value: Any, name: str, whole: Whole, kind: str) -> Iterator[Flaw]:
    key = getattr(value, name)
    if key is not None and key not in whole.get(kind, {}):
        yield (name,), f"there is no {key!r} among the {kind}"


def _each_known(value: Any, name: str, whole: Whole, kind: str) -> Iterator[Flaw]:
    for number, key in enumerate(getattr(value, name)):
        if key not in whole.get(kind, {}):
            yield (name, number), f"there is no {key!r} among the {kind}"


CHECKS: Mapping[str, Callable[[Any, Whole], Iterator[Flaw]]] = {
    "questionnaires": _questionnaire,
    "findings": _finding,
    "metrics": _metric,
    "benchmarks": _benchmark,
    "packages": _package,
    "checklists": _checklist,
    "templates": _template,
    "cards": _sound,
    "campaigns": _campaign,
    "tags": _sound,
    "advice": _advice,
    "calendar": _day,
    "terms": _sound,
    "hints": _sound,
    "group_kinds": _sound,
    "seed_topics": _sound,
    "procedures": _procedure,
    "roles": _role,
    "responsibilities": _responsibility,
    "meetings": _sound,
    "background": _background,
    "recommenders": _recommenders,
    "content_week": _content_week,
    "report": _report,
    "charter": _sound,
}
