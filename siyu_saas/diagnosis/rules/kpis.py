"""Measured figures that finding rules may ask for (`{"kpi": "first_order_rate", …}`). Rooms that measure register here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from uuid import UUID

Measure = Callable[[UUID], Mapping[str, Decimal]]
MEASURES: list[Measure] = []


def measures(measure: Measure) -> Measure:
    """Registers a function from an engagement's id to figures by metric key; rates are fractions of one."""
    MEASURES.append(measure)
    return measure


def measured(engagement_id: UUID) -> dict[str, Decimal]:
    return {key: value for measure in MEASURES for key, value in measure(engagement_id).items()}
