"""What moves a service period on, stops it, or files it away."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.tenants.models import Engagement, Pause, StageEntry
from siyu_saas.tenants.queries.engagements import engagement_of_form, open_pause
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.stages import GOING_ON, Missing, days_paused, shifted


class StillMissing(NotReady):
    """The next stage has conditions that are not met."""


def begin_engagement(
    *,
    title: str,
    starts_on: date,
    days: int,
    by: Actor,
    package: str = "",
    coordinator: str = "",
    form_key: str | None = None,
) -> Engagement:
    """In the merchant's scope: the next service period; `days` counts the first and the last day.

    The same form submitted again gives the service period of the first time.
    """
    before = engagement_of_form(form_key) if form_key else None
    if before is not None:
        return before
    number = (db.session.scalar(sa.select(sa.func.max(Engagement.number))) or 0) + 1
    engagement = Engagement(
        id=new_id(),
        number=number,
        title=title,
        package=package,
        coordinator=coordinator,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days - 1),
        stage=Stage.DIAGNOSE,
        form_key=form_key,
    )
    db.session.add(engagement)
    db.session.flush()
    _enter(engagement, Stage.DIAGNOSE, by=by)
    audit.record("engagement.begun", engagement, by=by, label=title)
    return engagement


def advance(engagement: Engagement, *, missing: list[Missing], by: Actor) -> Stage:
    """Into the next stage. Raises StillMissing with the first condition that is not met."""
    _refuse_when_still(engagement)
    if missing:
        raise StillMissing(f"还不能进入下一阶段：{missing[0].sentence}。")
    after = engagement.stage.next
    if after is None:
        raise NotReady("已经是最后一个阶段，可以归档这个服务期。")
    audit.record(
        "stage.entered", engagement, by=by, label=after.title, changes={"stage": (engagement.stage.title, after.title)}
    )
    engagement.stage = after
    _enter(engagement, after, by=by)
    return after


def pause(engagement: Engagement, *, reason: str, side: Side, on: date, by: Actor) -> Pause:
    _refuse_when_still(engagement)
    row = Pause(id=new_id(), engagement_id=engagement.id, reason=reason, side=side, began_on=on)
    db.session.add(row)
    engagement.paused_on = on
    audit.record("engagement.paused", engagement, by=by, label=reason)
    db.session.flush()
    return row


def resume(engagement: Engagement, *, on: date, by: Actor) -> int:
    """Goes on; the days that are left move by as many as were lost. Returns that number."""
    row = open_pause(engagement.id)
    if engagement.paused_on is None or row is None:
        raise NotReady("这个服务期没有暂停。")
    row.ended_on, row.days = on, days_paused(row.began_on, on)
    before, engagement.ends_on = engagement.ends_on, shifted(engagement.ends_on, row.days)
    engagement.paused_on = None
    audit.record(
        "engagement.resumed",
        engagement,
        by=by,
        label=f"暂停 {row.days} 天",
        changes={"ends_on": (before, engagement.ends_on)},
    )
    for shift in GOING_ON:
        shift(engagement, row.days, on, by)
    db.session.flush()
    return row.days


def archive(engagement: Engagement, *, by: Actor) -> None:
    """It stays readable; nothing in it changes any more."""
    if engagement.archived_at is not None:
        raise NotReady("这个服务期已经归档。")
    engagement.archived_at = now()
    audit.record("engagement.archived", engagement, by=by, label=engagement.title)
    db.session.flush()


def restore(engagement: Engagement, *, by: Actor) -> None:
    if engagement.archived_at is None:
        raise NotReady("这个服务期没有归档。")
    engagement.archived_at = None
    audit.record("engagement.restored", engagement, by=by, label=engagement.title)
    db.session.flush()


def fix_kickoff(engagement: Engagement, *, at: datetime, place: str, by: Actor) -> None:
    changes = {"kickoff_at": (engagement.kickoff_at, at), "kickoff_place": (engagement.kickoff_place, place)}
    engagement.kickoff_at, engagement.kickoff_place = at, place
    audit.record("kickoff.fixed", engagement, by=by, label=engagement.title, changes=changes)
    db.session.flush()


def name_coordinator(engagement: Engagement, name: str, *, by: Actor) -> None:
    audit.record(
        "coordinator.named", engagement, by=by, label=name, changes={"coordinator": (engagement.coordinator, name)}
    )
    engagement.coordinator = name
    db.session.flush()


def _enter(engagement: Engagement, stage: Stage, *, by: Actor) -> None:
    db.session.add(StageEntry(id=new_id(), engagement_id=engagement.id, stage=stage, moved_by_name=by.name))
    db.session.flush()


def _refuse_when_still(engagement: Engagement) -> None:
    if engagement.archived_at is not None:
        raise NotReady("这个服务期已经归档，先恢复再操作。")
    if engagement.paused_on is not None:
        raise NotReady("这个服务期暂停中，先恢复再操作。")
