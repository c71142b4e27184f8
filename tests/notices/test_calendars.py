"""Calendar addresses, on both databases: whose days they show, and until when."""

from __future__ import annotations

import re

import sqlalchemy as sa
from icalendar import Calendar

from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, writing
from siyu_saas.tenants.models import TenantMember
from siyu_saas.tenants.rules import Role
from tests.notices.facts import MORNING


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
