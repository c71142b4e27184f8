"""A boss with an account of their own, and what the outbox and the clock hold for them."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, perform
from siyu_saas.tenants.rules import Role


@pytest.fixture
def email(dress_shop) -> str:
    return dress_shop.email(Role.BOSS)


@pytest.fixture
def boss(app, email):
    """The row as it is now: `boss().phone`."""

    def row() -> User:
        with app.app_context():
            return db.session.scalars(sa.select(User).where(User.email == email)).one()

    return row


def run_all(app, kind: str) -> None:
    with app.app_context():
        waiting = db.session.scalars(sa.select(Job.id).where(Job.kind == kind)).all()
    for job_id in waiting:
        perform(app, job_id)


@pytest.fixture
def mails(app):
    """Runs what waits, and gives the new mails as texts, each once."""
    folder, seen = app.config["SETTINGS"].outbox_dir, set()
    seen.update(folder.glob("*.eml"))

    def sent() -> list[str]:
        for kind in ("accounts.begin_reset", "accounts.mail_reset"):
            run_all(app, kind)
        new = sorted(set(folder.glob("*.eml")) - seen)
        seen.update(new)
        return [path.read_text() for path in new]

    return sent


@pytest.fixture
def reset_path(app, mails):
    """The way to a new password, as it was mailed."""
    from email import message_from_string, policy

    def path() -> str:
        (text,) = mails()
        body = message_from_string(text, policy=policy.default).get_body(("plain",)).get_content()
        return re.search(r"/password/reset/[\w-]+", body)[0]

    return path
