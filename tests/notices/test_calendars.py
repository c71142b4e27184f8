"""Calendar addresses, on both databases: whose days they show, and until when."""

from __future__ import annotations

import re
from datetime import date, timedelta

import sqlalchemy as sa
from icalendar import Calendar

from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, writing
from siyu_saas.tenants.models import Engagement, TenantMember
from siyu_saas.tenants.rules import Role
from tests.notices.facts import MORNING, inside


def test_a_calendar_shows_the_days_until_its_address_is_void(app, dress_shop, tea_shop, boss, visit):
    boss.post("notices.new_calendar")
    path = re.search(r"(/calendar/[\w-]+\.ics)", boss.get("notices.choices").text)[1]

    book = Calendar.from_ical(visit().get(path).text)
    summaries = [str(event["summary"]) for event in book.walk("VEVENT")]
    assert any("dress" in text and "开始" in text for text in summaries)
    assert not any("tea" in text for text in summaries)
    with app.app_context(), writing():
        db.session.execute(sa.update(TenantMember).where(TenantMember.role == Role.BOSS).values(left_at=now()))
        db.session.commit()
    assert list(Calendar.from_ical(visit().get(path).text).walk("VEVENT")) == []

    with app.app_context(), writing():
        db.session.execute(sa.update(TenantMember).values(left_at=None))
        db.session.commit()
    boss.post("notices.drop_calendar")
    visit().get(path, expect=404)
    assert today() == MORNING.date()


def test_a_meeting_stands_at_the_same_moment_in_any_time_zone(app, dress_shop, boss, visit):
    """Ten in the morning in Shanghai is two at night in UTC, and a day is a day without an hour."""
    with inside(app, dress_shop):
        db.session.scalar(sa.select(Engagement)).kickoff_at = MORNING + timedelta(days=1)
    boss.post("notices.new_calendar")
    path = re.search(r"(/calendar/[\w-]+\.ics)", boss.get("notices.choices").text)[1]

    text = visit().get(path).text
    events = {str(one["summary"]): one for one in Calendar.from_ical(text).walk("VEVENT")}
    kickoff = next(one for name, one in events.items() if "启动会" in name)
    assert kickoff["dtstart"].dt == MORNING + timedelta(days=1)
    assert "20261126T020000Z" in text or "TZID=Asia/Shanghai:20261126T100000" in text
    begins = next(one for name, one in events.items() if "开始" in name)
    assert begins["dtstart"].dt == date(2026, 4, 1)
    assert begins["dtend"].dt == date(2026, 4, 2)
    assert all({"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND"} <= set(one) for one in events.values())
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
