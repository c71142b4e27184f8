"""What the diagnosis found, as far as the merchant was told."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.diagnosis.queries.diagnoses import latest_diagnosis
from siyu_saas.diagnosis.queries.findings import findings_of
from siyu_saas.diagnosis.rules.assessment import FIVE
from siyu_saas.reports.rules.shape import NOT_COLLECTED, Facts, Picture, Section, Source, Table

FINDINGS_SHOWN = 6


def section(engagement_id: UUID) -> Section:
    diagnosis = latest_diagnosis(engagement_id, whole=True)
    if diagnosis is None or diagnosis.result is None:
        return Section("diagnosis", missing="未采集：还没有诊断结论")
    if diagnosis.published_at is None:
        return Section("diagnosis", missing="未采集：诊断结论还没有发给商家")
    result = diagnosis.result
    scores = {one["key"]: one for one in result["dimensions"]}
    values = [scores[key]["value"] if key in scores else None for key in FIVE]
    findings = [one for one in findings_of(diagnosis.id) if one.hidden_at is None][:FINDINGS_SHOWN]
    overall = NOT_COLLECTED if result["overall"] is None else f"{result['overall']} 分"
    pairs = (
        ("总分", f"{overall}{'，' + result['overall_level'] if result.get('overall_level') else ''}"),
        *((name, _score(scores.get(key))) for key, name in FIVE.items()),
    )
    blocks = [
        Picture(
            "radar",
            f"人货场资制 {overall}",
            f"{diagnosis.title}，满分 100",
            {"axes": list(FIVE.values()), "series": [["期初", values]]},
        ),
        Facts(pairs),
    ]
    if findings:
        rows = tuple((one.severity.title, one.problem, one.proposal or "—") for one in findings)
        blocks.append(Table(("级别", "首要发现", "建议"), rows, caption=f"首要发现（至多 {FINDINGS_SHOWN} 条）"))
    version = f"第 {diagnosis.number} 次诊断，题库 {diagnosis.pack} v{diagnosis.pack_version}"
    source = Source("五维分", "five_dimensions", f"{diagnosis.published_at:%Y-%m-%d}", version, "diagnosis.findings")
    return Section("diagnosis", tuple(blocks), sources=(source,))


def _score(one) -> str:
    if one is None or one["value"] is None:
        return NOT_COLLECTED
    level = f"，{one['level']}" if one["level"] else ""
    return f"{one['value']} 分{level}"
