"""Counts of days: stored once, replaced with a trace, unknown is not zero."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.actions.locks import ReasonMissing
from siyu_saas.metrics.models import Observation, Replacement
from siyu_saas.metrics.queries.observations import daily, notes
from siyu_saas.metrics.rules import locks
from siyu_saas.metrics.rules.locks import Lock

MONDAY = date(2026, 4, 6)
TUESDAY, WEDNESDAY = MONDAY + timedelta(1), MONDAY + timedelta(2)
BY = Actor("店长", new_id())


def enter(engagement, counts, **options):
    return enter_counts(counts, engagement_id=engagement, title="第 1 周", form_key=None, by=BY, **options)


def stored(engagement, field):
    return daily(engagement, [field], MONDAY, WEDNESDAY)[field]


def test_a_day_without_a_number_is_unknown_and_a_zero_is_a_zero(at_work):
    enter(at_work, {("group_new", MONDAY): 0, ("group_new", WEDNESDAY): 7})

    assert stored(at_work, "group_new") == {MONDAY: 0, TUESDAY: None, WEDNESDAY: 7}


def test_the_same_day_again_replaces_and_remembers(at_work):
    first = enter(at_work, {("group_new", MONDAY): 5, ("group_gmv", MONDAY): 36284, ("note", MONDAY): "系统停了半天"})
    second = enter(at_work, {("group_new", MONDAY): 6, ("group_gmv", MONDAY): 36284, ("note", MONDAY): "停了一天"})

    assert (first.added, first.replaced, second.added, second.replaced) == (3, 0, 0, 2)
    assert stored(at_work, "group_new")[MONDAY] == 6
    assert notes(at_work, MONDAY, WEDNESDAY) == {MONDAY: "停了一天"}
    traces = db.session.scalars(sa.select(Replacement).order_by(Replacement.field)).all()
    assert [(one.field, one.before, one.before_text, one.before_import_id) for one in traces] == [
        ("group_new", 5, None, first.id),
        ("note", None, "系统停了半天", first.id),
    ]


def test_a_known_number_can_become_unknown_again(at_work):
    enter(at_work, {("group_active", MONDAY): 225})
    enter(at_work, {("group_active", MONDAY): None})

    assert stored(at_work, "group_active")[MONDAY] is None
    assert db.session.scalar(sa.select(sa.func.count(Observation.id))) == 1


def test_a_locked_window_changes_only_with_a_reason(at_work, monkeypatch):
    monkeypatch.setattr(locks, "_LOCKERS", [lambda _id: [Lock(MONDAY, TUESDAY, "基线窗口")]])

    enter(at_work, {("group_new", TUESDAY): 4, ("group_new", WEDNESDAY): 4})

    with pytest.raises(ReasonMissing, match="基线窗口（2026-04-06 至 2026-04-07）已经锁定"):
        enter(at_work, {("group_new", TUESDAY): 5})
    enter(at_work, {("group_new", WEDNESDAY): 5})
    enter(at_work, {("group_new", TUESDAY): 5}, reason="后台补录")

    assert stored(at_work, "group_new") == {MONDAY: None, TUESDAY: 5, WEDNESDAY: 5}
