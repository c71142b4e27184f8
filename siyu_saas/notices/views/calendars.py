"""Calendar addresses that Apple, Outlook and WeCom subscribe to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import Response, abort, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import now
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import portfolio
from siyu_saas.core.tokens import signed_id
from siyu_saas.notices.facts import CALENDARS, Entry
from siyu_saas.notices.models import CalendarFeed
from siyu_saas.notices.queries import feed_with
from siyu_saas.tenants.queries.entries import Access, workspaces_of
from siyu_saas.web.routes import open_to

from .blueprints import calendar

if TYPE_CHECKING:
    from icalendar import Calendar, Event

FEED = "calendar feed"
MOST_MERCHANTS = 60
REFRESH = "PT1H"


@calendar.get("/calendar/<token>.ics")
@open_to("everyone")
def feed(token: str):
    """Only as long as the person may still enter; a removed person's calendar is empty, a revoked address is no more."""
    row = feed_with(signed_id(services().settings.secret_key, FEED, token) or abort(404)) or abort(404)
    places = [access for access in workspaces_of(row.user_id) if row.tenant_id in (None, access.tenant_id)]
    book = _book(_("%(product)s 日程", product=services().settings.product_name))
    for access in places[:MOST_MERCHANTS]:
        for entry in _entries(access, row):
            book.add_component(_event(entry, access))
    return Response(book.to_ical(), mimetype="text/calendar")


def _entries(access: Access, row: CalendarFeed) -> list[Entry]:
    with portfolio((access.tenant_id,)):
        found = [entry for source in CALENDARS for entry in source()]
    return [entry for entry in found if row.engagement_id in (None, entry.engagement_id)]


def _book(name: str) -> Calendar:
    from icalendar import Calendar  # only calendars need it: not at the start

    book = Calendar()
    book.add("prodid", "-//siyu//siyu_saas//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    book.add("x-wr-timezone", "Asia/Shanghai")
    book.add("x-published-ttl", REFRESH)
    return book


def _event(entry: Entry, access: Access) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.key}@{access.slug}.siyu")
    event.add("summary", f"{access.name}：{entry.title}")
    event.add("dtstamp", now())
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends + timedelta(days=1) if type(entry.ends) is date else entry.ends)
    event.add("url", url_for(entry.endpoint, tenant=access.slug, _external=True, **entry.values))
    return event
