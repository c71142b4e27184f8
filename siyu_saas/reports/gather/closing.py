"""Qualities, advice and the merchant's words."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.aftercare.queries import answers_of, feedback_of, picks_of, qualities, surveys_of
from siyu_saas.aftercare.rules.qualitative import DIMENSIONS, Period, difference, score
from siyu_saas.aftercare.rules.satisfaction import SurveyKind, outcome
from siyu_saas.reports.rules.shape import NOT_COLLECTED, Facts, Picture, Quote, Section, Source, Table


def qualitative(engagement_id: UUID) -> Section:
    found = qualities(engagement_id)
    if not found:
        return Section("qualitative", missing="未采集：期初、期末都还没有填")
    rows, sliders = [], []
    for dimension in DIMENSIONS:
        before, after = (score(dimension, found[period].answers) if period in found else None for period in Period)
        change = difference(before, after)
        at_end = found.get(Period.AFTER)
        rows.append(
            (
                dimension.title,
                _shown(before),
                _shown(after),
                "—" if change is None else f"{change:+d}",
                at_end.facts.get(dimension.key) or "—" if at_end else "—",
                at_end.remaining.get(dimension.key) or "—" if at_end else "—",
            )
        )
        sliders.append([dimension.title, before, after])
    head = ("维度", "期初", "期末", "变化", "现状", "仍待优化")
    return Section(
        "qualitative",
        (
            Picture("sliders", "四个维度，期初与期末", "同一人前后各填一次，顾问复核；满分 100", {"sliders": sliders}),
            Table(head, tuple(rows), numbers=(1, 2, 3)),
            *_evidence(found.get(Period.AFTER)),
        ),
        sources=(Source("定性四维", "quali4", "期初、期末", _reviewed(found), "aftercare.show"),),
    )


def advice(engagement_id: UUID) -> Section:
    picks = picks_of(engagement_id)
    if not picks:
        return Section("advice", missing="未采集：还没有选长期建议")
    rows = tuple((one.topic, one.action, one.why, one.effort, one.review_on.isoformat()) for one in picks)
    return Section("advice", (Table(("主题", "建议", "为什么", "投入", "回看日期"), rows),))


def feedback(engagement_id: UUID) -> Section:
    given, surveys = feedback_of(engagement_id), surveys_of(engagement_id)
    answers = answers_of(engagement_id) if surveys else {}
    blocks = []
    if given is not None:
        pairs = [
            ("总体评分", f"{given.score} 分（满分 10）"),
            ("最有价值的一件事", given.best or "未填"),
            ("最没用的一件事", given.worst or "未填"),
            ("还需要什么", given.needs or "未填"),
            ("愿意推荐", "愿意" if given.recommends else "暂不"),
        ]
        if given.promise:
            pairs.append(("改进承诺", given.promise))
        blocks.append(Facts(tuple(pairs)))
        if given.quote and given.consent_to_quote:
            blocks.append(Quote(given.quote, "商家（同意匿名引用）"))
    rows = []
    for survey in surveys:
        found = outcome(survey.kind, [one.score for one in answers.get(survey.id, ())])
        figure = (
            NOT_COLLECTED
            if found.figure is None
            else f"NPS {found.figure}"
            if survey.kind is SurveyKind.NPS
            else f"{found.figure} 分"
        )
        rows.append((survey.label, survey.kind.title, f"{found.count} 人", figure))
    if rows:
        blocks.append(Table(("哪一步之后", "问题", "作答", "结果"), tuple(rows), numbers=(2,)))
    return Section("feedback", tuple(blocks), missing="未采集：商家还没有填写反馈")


def _evidence(at_end) -> tuple:
    """Which questions the same proof stands for, dimension by dimension."""
    if at_end is None or not at_end.evidence:
        return ()
    rows: dict[tuple[str, str], list[str]] = {}
    for dimension in DIMENSIONS:
        for key, question in zip(dimension.keys, dimension.questions, strict=True):
            if key in at_end.evidence:
                rows.setdefault((dimension.title, at_end.evidence[key]), []).append(question)
    told = tuple((title, words, "、".join(questions)) for (title, words), questions in rows.items())
    return (Table(("维度", "依据", "支持的题目"), told, caption="3 分以上的依据"),)


def _reviewed(found: dict) -> str:
    return "；".join(
        f"{period.title}由{row.filled_by_name}填写，{f'{row.reviewed_by_name}复核' if row.reviewed_at else '未复核'}"
        for period, row in found.items()
    )


def _shown(value: int | None) -> str:
    return NOT_COLLECTED if value is None else str(value)
