"""What findings and recommenders must keep: triggers that can be asked, modules that exist, levels without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .checking import Flaw, Whole, at, known, one_of
from .checks_of_questions import answer_flaw
from .conditions import leaf_flaw, leaves, subject_of
from .reading import Place
from .shapes.findings import DERIVED, SEVERITIES, Level

CALCULATORS = ("calc_funnel", "calc_invite", "calc_gmv", "calc_cadence", "calc_lottery", "calc_rfm")
OTHER_MODULES = ("role_cards", "RACI")


def finding_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from one_of(value, "severity", SEVERITIES)
    yield from condition_flaws(value.trigger, whole, ("trigger",))
    for number, module in enumerate(value.modules):
        if module not in whole.get("checklists", {}) and module not in (*CALCULATORS, *OTHER_MODULES):
            yield ("modules", number), f"there is no checklist or calculator {module!r}"
    yield from known(value, "card", whole, "cards")


def recommender_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    questions = {one.key for sheet in whole.get("questionnaires", {}).values() for one in sheet.questions}
    for name in ("score_levels", "team_levels", "fit_levels"):
        yield from at((name,), level_flaws(getattr(value, name)))
    met = set(questions)
    for number, mean in enumerate(value.means):
        for part, one in enumerate(mean.parts):
            if one.of not in met:
                yield ("means", number, "parts", part, "of"), f"there is no question or earlier mean {one.of!r}"
        met.add(mean.key)
    for number, caution in enumerate(value.cautions):
        yield from condition_flaws(caution.when, whole, ("cautions", number, "when"))
    for name in ("operating_model", "customer_relation"):
        for number, candidate in enumerate(getattr(value, name).candidates):
            yield from at((name, "candidates", number), _candidate(candidate, whole, questions))


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


def condition_flaws(condition: Any, whole: Whole, place: Place = ()) -> Iterator[Flaw]:
    """Of a trigger, which may look at every answer, metric and derived value of the pack."""
    questions = {one.key: one for sheet in whole.get("questionnaires", {}).values() for one in sheet.questions}
    subjects = {"q": questions, "kpi": whole.get("metrics", {}), "derived": DERIVED}
    for where, leaf in leaves(condition, place):
        reason = leaf_flaw(leaf)
        if reason is None:
            kind, name = subject_of(leaf)
            reason = None if name in subjects[kind] else f"there is no {kind} {name!r}"
            if reason is None and kind == "q":
                reason = answer_flaw(questions[name], leaf)
        if reason:
            yield where, reason
