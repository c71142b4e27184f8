"""An assessment as plain data: what the page, the paper and the comparison show, frozen with the diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .advice import Advice, Candidate
from .answers import plain
from .assessment import FIVE, TEAM, Assessment
from .findings import Fired
from .places import MODELS, QUADRANTS, RELATIONS
from .scoring import Score, level_of
from .team import maturity
from .wording import said

FIGURES = {
    "goal_gap_pct": ("日均目标与月目标的差距", "%"),
    "scope_gap": ("战略范围与所购服务包", ""),
    "J1": ("标准一：品牌被记住", " 分"),
    "J2": ("标准二：流失与可挽回", " 分"),
    "J3": ("标准三：高频", " 分"),
}


def as_data(assessment: Assessment, questions: Mapping[str, Any], *, names: Mapping[str, str]) -> dict[str, Any]:
    """JSON. `questions` of all questionnaires by key; `names` of dimensions beyond the five."""
    names, fit = {**FIVE, **names}, assessment.fit
    team = assessment.dimensions.get(TEAM)
    return {
        "overall": assessment.overall,
        "overall_level": None if assessment.overall is None else level_of(assessment.overall).title,
        "dimensions": [
            _dimension(key, name, assessment.dimensions[key])
            for key, name in names.items()
            if key in assessment.dimensions
        ],
        "team": None if team is None else {**_dimension(TEAM, "团队", team), "maturity": maturity(team.value)},
        "fit": {
            "frequency": fit.frequency,
            "interaction": fit.interaction,
            "mindset": fit.mindset,
            "standards": [list(one) for one in fit.standards],
            "passed": fit.passed,
            "quadrant": fit.quadrant,
            "place": QUADRANTS.get(fit.quadrant),
            "score": fit.score,
            "verdict": fit.verdict,
            "warning": fit.warning,
        },
        "model": _advice(assessment.model, MODELS),
        "relation": _advice(assessment.relation, RELATIONS),
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
        "consents": assessment.consents,
    }


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


def _dimension(key: str, name: str, score: Score) -> dict[str, Any]:
    return {
        "key": key,
        "name": name,
        "value": score.value,
        "level": score.level and score.level.title,
        "asked": score.asked,
        "unknown": score.unknown,
        "coverage": score.coverage,
        "thin": score.thin,
    }


def _advice(advice: Advice, words: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    def told(one: Candidate | None) -> dict[str, Any] | None:
        return one and {"key": one.key, "score": one.score, "excluded": one.excluded, **words[one.key]}

    return {
        "main": told(advice.main),
        "second": told(advice.second),
        "candidates": [told(one) for one in advice.candidates],
    }
