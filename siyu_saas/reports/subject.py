"""A report that was sent among the things that can be talked about."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.talk.subjects import Subject, Topic, register

from .models import Report


def _find(report_id: UUID) -> Topic | None:
    row = db.session.scalar(sa.select(Report).where(Report.id == report_id, Report.sent_at.is_not(None)))
    if row is None:
        return None
    return Topic(row.engagement_id, f"{row.title} 第 {row.number} 版"[:120], "reports.show", {"report_id": row.id})


REPORT_SUBJECT = register(Subject("report", "数据对比报告", _find))
