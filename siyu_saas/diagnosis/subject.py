"""A finding among the things that can be talked about."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.talk.subjects import Subject, Topic, register

from .queries.findings import found_by_id, is_shown


def _find(finding_id: UUID) -> Topic | None:
    found = found_by_id(finding_id)
    if found is None:
        return None
    finding, run = found
    return Topic(
        run.engagement_id,
        finding.problem[:120],
        "diagnosis.finding",
        {"finding_id": finding.id},
        team_only=not is_shown(finding, run),
    )


FINDING = register(Subject("finding", "诊断发现", _find))
