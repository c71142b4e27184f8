"""An engagement to put numbers into, and tables to bring."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue.models import Job, JobState
from siyu_saas.core.queue.runner import perform
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.metrics.queries.observations import daily
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role
from tests.support.page import Page

DAY = date(2026, 4, 6)
HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def engagement(app, dress_shop) -> UUID:
    """The dress shop's first engagement."""
    with app.app_context(), tenant(dress_shop.id):
        return db.session.scalar(sa.select(Engagement.id))


@pytest.fixture
def at_work(app, dress_shop, engagement):
    """Inside one writing transaction of the dress shop."""
    with app.app_context(), writing(), tenant(dress_shop.id):
        yield engagement
        db.session.rollback()


@pytest.fixture
def lead(visit, dress_shop) -> Page:
    """The merchant's own operator, who brings the numbers."""
    return visit(dress_shop, Role.LEAD)


@pytest.fixture
def work(app):
    """Runs every waiting job; also those that jobs ask for."""

    def run() -> list[str]:
        done = []
        while waiting := _waiting(app):
            done += [kind for job_id, kind in waiting if perform(app, job_id)]
        return done

    return run


def _waiting(app) -> list:
    with app.app_context(), system("test"):
        rows = db.session.execute(
            sa.select(Job.id, Job.kind).where(Job.state == JobState.QUEUED).order_by(Job.id)
        ).all()
        return [tuple(row) for row in rows]


def upload(page: Page, content: bytes | str, name: str = "日报.csv", *, expect: int = 302, once: str | None = None):
    """Uploads a table; the address of its page."""
    raw = content.encode() if isinstance(content, str) else content
    form = {"file": (io.BytesIO(raw), name), "once": once or new_id().hex}
    answer = page.post("data.add_import", form=form, expect=expect, most=20, **HERE)
    return answer.location if expect == 302 else answer


def shown(page: Page, where: str) -> str:
    """A page's text without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.get(where).text))


def workbook(rows: list[list], *, merged: str | None = None, title: str = "Sheet1") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def inside(app, dress_shop):
    def read(query):
        with app.app_context(), tenant(dress_shop.id):
            return db.session.execute(query).all()

    return read


def known(app, shop, engagement, *fields):
    with app.app_context(), tenant(shop.id):
        return daily(engagement, fields, DAY, DAY + timedelta(2))


def import_now(page, work, content, name="日报.csv", *, expect=302, **form):
    where = upload(page, content, name)
    work()
    page.post(f"{where}/confirmation", form=form, expect=expect, most=20)
    work()
    return where
