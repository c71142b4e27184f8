"""The radar of a diagnosis, drawn for a desk and a phone."""

from __future__ import annotations

from siyu_saas.diagnosis.rules.assessment import FIVE
from siyu_saas.web.charts import NARROW, RadarData, Series, radar

HALF = 440  # of a desk: half a page, beside the five bars


def charts_of(result: dict, before: dict | None = None) -> dict:
    """Nothing while there is no result; with an earlier one both are drawn."""
    if not result:
        return {}
    series = [Series("本次", _values(result))]
    if before:
        series.append(Series("上次", _values(before)))
    data = RadarData("人货场资制", tuple(FIVE.values()), tuple(series))
    return {"radar": [radar(data, uid="five", width=width) for width in (HALF, NARROW)]}


def _values(result: dict) -> tuple[int | None, ...]:
    scores = {one["key"]: one["value"] for one in result["dimensions"]}
    return tuple(scores.get(key) for key in FIVE)
