"""The targets of an engagement on paper: what was agreed, how far it is, and who signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from siyu_saas.papers import kinds as papers
from siyu_saas.web import charts

from .rules.agreement import CLAUSE


def figures_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """A bullet for each target, drawn for print."""
    drawn = {}
    for place, one in enumerate(data["targets"]):
        unit = charts.Unit(one["unit"], 1 if one["unit"] == "%" else 0)
        band = tuple(one["band"]) if one["band"] else None
        bullet = charts.BulletData(one["title"], one["now"], one["baseline"], one["goal"], band, unit, "基准带")
        drawn[f"bullet{place}"] = charts.bullet(bullet, uid=f"bullet{place}", width=480, palette=charts.PDF)
    return drawn


TARGETS = papers.register(papers.PaperKind("targets", "目标书", "targets/paper/targets.html", figures_of, "target.see"))


def paper_data(
    targets: Sequence[Mapping[str, Any]],
    qualities: Sequence[Mapping[str, Any]],
    *,
    merchant: str,
    firm: str,
    period: str,
) -> dict[str, Any]:
    """`targets` as `views.sheets` describes them: texts, plain numbers, and the sections that were signed; `qualities`
    are those without a number."""
    return {
        "merchant": merchant,
        "firm": firm,
        "period": period,
        "clause": CLAUSE,
        "targets": list(targets),
        "qualities": list(qualities),
    }
