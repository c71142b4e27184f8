"""An assessment as plain data: what the page, the paper and the comparison show, frozen with the diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from siyu_saas.packs.shapes.findings import Recommenders

from .advice import Advice, Scored
from .answers import plain
from .assessment import FIVE, TEAM, Assessment
from .findings import Fired
from .fit import SCORE, Fit, level_of
from .scoring import Score
from .wording import said

FIGURES = {
    "goal_gap_pct": ("日均目标与月目标的差距", "%"),
    "scope_gap": ("战略范围与所购服务包", ""),
    "J1": ("标准一：品牌被记住", " 分"),
    "J2": ("标准二：流失与可挽回", " 分"),
    "J3": ("标准三：高频", " 分"),
}


def as_data(
    assessment: Assessment, questions: Mapping[str, Any], recommenders: Recommenders, *, names: Mapping[str, str]
) -> dict[str, Any]:
    """JSON. `questions` of all questionnaires by key; `names` of dimensions beyond the five."""
    overall = level_of(recommenders.score_levels, assessment.overall)
    return {
        "overall": assessment.overall,
        "overall_level": overall and overall.title,
        "dimensions": _dimensions(FIVE, assessment, recommenders),
        "qualities": _dimensions(names, assessment, recommenders),
        "team": _team(assessment.dimensions.get(TEAM), recommenders),
        "fit": _fit(assessment.fit, recommenders),
        "model": _advice(assessment.model),
        "relation": _advice(assessment.relation),
        "unknown": [{"key": key, "text": questions[key].text} for key in assessment.unknown],
        "doubts": [{"sentence": one.sentence, "questions": list(one.questions)} for one in assessment.doubts],
        "clarifications": [
            {
                "key": one.question,
                "text": questions[one.question].text,
                "said": [[name, said(questions[one.question], value)] for name, value in one.said],
            }
            for one in assessment.clarifications
        ],
    }


def unanswered(result: Mapping[str, Any]) -> list[str]:
    """Names of those of the five dimensions that nobody has submitted anything of."""
    answered = {one["key"] for one in result["dimensions"]}
    return [name for key, name in FIVE.items() if key not in answered]


def evidence_of(
    one: Fired, assessment: Assessment, questions: Mapping[str, Any], kpis: Mapping[str, Decimal]
) -> list[dict[str, str]]:
    """The answers and figures that fired a rule, as a person reads them."""
    return [_piece(kind, name, assessment, questions, kpis) for kind, name in one.evidence]


def _piece(kind: str, name: str, assessment: Assessment, questions, kpis) -> dict[str, str]:
    if kind == "q":
        question = questions[name]
        return {"question": name, "asked": question.text, "said": said(question, assessment.answers.get(name))}
    if kind == "kpi":
        return {"question": name, "asked": name, "said": f"{plain(round(kpis[name] * 100, 1))}%"}
    title, unit = FIGURES.get(name, (name, ""))
    value = assessment.derived[name]
    return {
        "question": name,
        "asked": title,
        "said": "超出" if value is True else f"{plain(round(Decimal(value), 1))}{unit}",
    }


def _dimensions(names: Mapping[str, str], assessment: Assessment, recommenders: Recommenders) -> list[dict[str, Any]]:
    return [
        _dimension(key, name, assessment.dimensions[key], recommenders)
        for key, name in names.items()
        if key in assessment.dimensions
    ]


def _dimension(key: str, name: str, score: Score, recommenders: Recommenders) -> dict[str, Any]:
    level = level_of(recommenders.score_levels, score.value)
    return {
        "key": key,
        "name": name,
        "value": score.value,
        "level": level and level.title,
        "asked": score.asked,
        "unknown": score.unknown,
        "coverage": score.coverage,
        "thin": score.is_thin(recommenders.unknown_limit_pct),
    }


def _team(score: Score | None, recommenders: Recommenders) -> dict[str, Any] | None:
    if score is None:
        return None
    maturity = level_of(recommenders.team_levels, score.value)
    told = _dimension(TEAM, "团队", score, recommenders)
    return {**told, "maturity": maturity and f"{maturity.key} {maturity.title}"}


def _fit(fit: Fit, recommenders: Recommenders) -> dict[str, Any]:
    place = fit.quadrant
    return {
        "score": fit.score,
        "verdict": fit.verdict and fit.verdict.title,
        "passed": fit.passed,
        "cautions": list(fit.cautions),
        "means": [[mean.title, fit.means[mean.key]] for mean in recommenders.means if mean.key != SCORE],
        "quadrant": place
        and {name: getattr(place, name) for name in ("key", "title", "examples", "driven_by", "ground", "hint")},
    }


def _advice(advice: Advice) -> dict[str, Any]:
    def told(one: Scored | None) -> dict[str, Any] | None:
        words = one and {name: getattr(one.candidate, name) for name in ("title", "fits", "setup")}
        return one and {"key": one.key, "score": one.score, "excluded": one.excluded, **words}

    return {
        "main": told(advice.main),
        "second": told(advice.second),
        "candidates": [told(one) for one in advice.candidates],
    }
