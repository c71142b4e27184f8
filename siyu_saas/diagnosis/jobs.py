"""What the worker does for diagnoses."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core.queue import job

from .actions.judging import draw_conclusions
from .queries.diagnoses import diagnosis_to_change
from .rules.kpis import measured


@job("diagnosis.conclusions", title="根据答卷得出诊断")
def conclude(*, diagnosis_id: str) -> None:
    """What the merchant has already been shown stays as it is."""
    diagnosis = diagnosis_to_change(UUID(diagnosis_id))
    if diagnosis.published_at is None:
        draw_conclusions(diagnosis, kpis=measured(diagnosis.engagement_id))
