"""The end of a service period: results of targets, the four qualities, feedback, advice, questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from siyu_saas.aftercare.actions import (
    answer_question,
    ask_question,
    fill_qualities,
    give_feedback,
    pick_advice,
    review_qualities,
)
from siyu_saas.aftercare.rules.qualitative import DIMENSIONS, Period
from siyu_saas.core.clock import telling
from siyu_saas.demo.rules import moment
from siyu_saas.metrics.queries.observations import daily
from siyu_saas.metrics.rules.measures import MEASURES
from siyu_saas.targets.actions.results import conclude_target
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.course import standing

from .cast import Cast

LEAD_UP = 35


def judge_qualities(cast: Cast, period: Period, told: Mapping[str, Any], *, on: date) -> None:
    """`told` by dimension: points, fact and what remains."""
    answers, evidence = {}, {}
    for dimension in DIMENSIONS:
        one = told[dimension.key]
        answers.update(zip(dimension.keys, one["points"], strict=True))
        if period is Period.AFTER:
            evidence.update(dict.fromkeys(dimension.keys, one["evidence"]))
    with telling(moment(on, 11)):
        row = fill_qualities(
            None,
            engagement_id=cast.engagement.id,
            period=period,
            answers=answers,
            evidence=evidence,
            facts={key: one["fact"] for key, one in told.items()},
            remaining={key: one["remaining"] for key, one in told.items() if "remaining" in one},
            by=cast.lead.actor,
        )
    with telling(moment(on, 16)):
        review_qualities(row, by=cast.consultant.actor)


def conclude_targets(cast: Cast, targets: Iterable[Target], *, on: date) -> None:
    """Those whose time is over, as the rules propose."""
    for target in targets:
        fields = sorted(MEASURES[target.metric].fields)
        counts = daily(cast.engagement.id, fields, target.first - timedelta(days=LEAD_UP), target.last)
        stands = standing(target, counts, until=on - timedelta(days=1))
        if stands.complete and not target.state.is_over:
            with telling(moment(on, 15)):
                conclude_target(target, stands, state=stands.proposed, note="", by=cast.consultant.actor)


def say_how_it_was(cast: Cast, values: Mapping[str, Any], *, on: date) -> None:
    with telling(moment(on, 16)):
        give_feedback(None, engagement_id=cast.engagement.id, values=values, by=cast.boss.actor)


def advise(cast: Cast, keys: Iterable[str], *, on: date) -> None:
    with telling(moment(on, 10)):
        for key in keys:
            pick_advice(cast.pack.advice[key], engagement_id=cast.engagement.id, on=on, by=cast.consultant.actor)


def answer_one(cast: Cast, question: str, answer: str, *, firm_id: UUID, on: date) -> None:
    with telling(moment(on, 9)):
        row = ask_question(
            question, engagement_id=cast.engagement.id, on=on, form_key=f"demo-{on.isoformat()}", by=cast.lead.actor
        )
    if answer:
        with telling(moment(on, 17)):
            answer_question(row, answer, in_faq=True, in_library=True, firm_id=firm_id, by=cast.consultant.actor)
