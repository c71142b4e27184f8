"""A report that was sent, and each of its sections, among the things that can be talked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.talk.subjects import Subject, Topic, register

from .models import Report
from .rules.remarks import kind_of
from .rules.shape import BODY, SECTIONS


def _find(report_id: UUID) -> Topic | None:
    row = db.session.scalar(sa.select(Report).where(Report.id == report_id, Report.sent_at.is_not(None)))
    if row is None:
        return None
    return Topic(row.engagement_id, f"{row.title} 第 {row.number} 版"[:120], "reports.show", {"report_id": row.id})


def _finder(key: str) -> Callable[[UUID], Topic | None]:
    def find(report_id: UUID) -> Topic | None:
        topic = _find(report_id)
        return topic and replace(topic, label=f"{SECTIONS[key]} · {topic.label}"[:120], anchor=key)

    return find


REPORT_SUBJECT = register(Subject("report", "数据对比报告", _find))
for key in BODY:
    register(Subject(kind_of(key), "数据对比报告的一节", _finder(key)))
