"""What the rooms before this one have to tell: stages, pauses, people, and jobs that failed; and their days."""

from __future__ import annotations

from datetime import timedelta

from siyu_saas.core.audit import AuditEvent

from .facts import Entry, Message, calendar_entries, tells
from .queries import people_in, service_periods
from .rules.kinds import Kind

KICKOFF_LASTS = timedelta(hours=1)


@tells("stage.entered", Kind.CHANGED)
def stage_entered(event: AuditEvent) -> list[Message]:
    return _to_everybody(event, f"进入了「{event.object_label}」阶段")


@tells("engagement.paused", Kind.CHANGED)
def paused(event: AuditEvent) -> list[Message]:
    return _to_everybody(event, f"服务期暂停：{event.object_label}")


@tells("engagement.resumed", Kind.CHANGED)
def resumed(event: AuditEvent) -> list[Message]:
    return _to_everybody(event, f"服务期已恢复（{event.object_label}）")


@tells("kickoff.fixed", Kind.CHANGED)
def kickoff(event: AuditEvent) -> list[Message]:
    return _to_everybody(event, f"约好了「{event.object_label}」的启动会")


def _to_everybody(event: AuditEvent, title: str) -> list[Message]:
    return [Message(people_in(event.tenant_id), title, "overview.workspace", engagement_id=event.object_id)]


@calendar_entries
def service_days() -> list[Entry]:
    found = []
    for period in service_periods():
        here = {"number": period.number}
        page = "overview.engagement"
        if period.kickoff_at is not None:
            ends = period.kickoff_at + KICKOFF_LASTS
            title = f"启动会 {period.kickoff_place}".strip()
            found.append(Entry(f"kickoff-{period.id}", title, period.kickoff_at, ends, page, here, period.id))
        for name, day in (("开始", period.starts_on), ("结束", period.ends_on)):
            found.append(Entry(f"{name}-{period.id}", f"{period.title}{name}", day, day, page, here, period.id))
    return found
