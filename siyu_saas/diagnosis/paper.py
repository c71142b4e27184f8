"""The diagnosis on paper: what is printed, frozen as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from siyu_saas.diagnosis.models import Diagnosis, Finding
from siyu_saas.diagnosis.rules.assessment import FIVE
from siyu_saas.diagnosis.rules.comparison import compared
from siyu_saas.diagnosis.rules.result import unanswered
from siyu_saas.diagnosis.rules.team import Seat
from siyu_saas.diagnosis.rules.wording import module_titles
from siyu_saas.packs.library import pack
from siyu_saas.papers.kinds import PaperKind, register
from siyu_saas.web.charts import NARROW, PDF, RadarData, Series, radar
from siyu_saas.web.filters.times import iso_day


def figures(data: Mapping[str, Any]) -> dict[str, Any]:
    series = [Series("本次", _values(data["result"]))]
    if data["before"]:
        series.append(Series("上次", _values(data["before"])))
    five = RadarData("人货场资制", tuple(FIVE.values()), tuple(series))
    return {"radar": radar(five, uid="five", width=NARROW, palette=PDF)}


DIAGNOSIS_PAPER = register(PaperKind("diagnosis", "诊断报告", "diagnosis/paper/diagnosis.html", figures))


def paper_data(
    run: Diagnosis, findings: Sequence[Finding], before: Diagnosis | None, *, merchant: str, firm: str
) -> dict[str, Any]:
    """JSON. `findings`: those that the merchant sees, worst first."""
    content, earlier = pack(run.pack), before.result if before else None
    return {
        "merchant": merchant,
        "firm": firm,
        "depth": run.depth.title,
        "assessed_on": iso_day(run.assessed_at),
        "confirmed": f"{run.confirmed_by_name} {iso_day(run.confirmed_at)}" if run.confirmed_at else None,
        "result": run.result,
        "unanswered": unanswered(run.result),
        "before": earlier,
        "before_title": before.title if before else "",
        "compared": [[one.name, one.before, one.now, one.change] for one in compared(earlier, run.result)]
        if earlier
        else [],
        "findings": [
            {
                "key": one.rule_key or one.source.title,
                "level": one.severity.title,
                "problem": one.problem,
                "proposal": one.proposal,
                "modules": module_titles(one.modules, content),
                "evidence": [[piece["asked"], piece["said"]] for piece in one.evidence],
            }
            for one in findings
        ],
        "seats": [_seat(Seat(**seat)) for seat in run.seats],
    }


def _seat(seat: Seat) -> list[str]:
    return [
        seat.title,
        seat.person or "空缺",
        f"{seat.share}%" if seat.share is not None else "—",
        "已书面化" if seat.has_duty else "没有",
        "已明确" if seat.has_kpi else "没有",
        seat.backup or "—",
    ]


def _values(result: Mapping[str, Any]) -> tuple[int | None, ...]:
    scores = {one["key"]: one["value"] for one in result["dimensions"]}
    return tuple(scores.get(key) for key in FIVE)
