"""A working day, an outbox that nothing was put into yet, and somebody to be told."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db
from siyu_saas.core.services import Services, offer, services
from siyu_saas.notices.actions.bots import add_bot
from siyu_saas.notices.models import Bot
from siyu_saas.notices.rules.bots import Platform
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role
from tests.notices.facts import MORNING, inside, mails
from tests.support.mailbox import Mailbox, serving
from tests.support.page import Page
from tests.support.receiver import receiving


@pytest.fixture(autouse=True)
def daytime():
    with time_machine.travel(MORNING):
        yield


@pytest.fixture(autouse=True)
def empty_outbox(app):
    """The folder is the process's own; other tests leave their mails there."""
    mails(app)


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def changed(app):
    """Other settings for one test."""
    with app.app_context():
        before = services()

    def change(**settings) -> None:
        with app.app_context():
            offer(db.engine, Services(replace(before.settings, **settings), before.outbox, before.storage))

    yield change
    with app.app_context():
        offer(db.engine, before)


@pytest.fixture
def receiver(changed):
    """A receiver that the product may call."""
    with receiving() as server:
        changed(bot_hosts=("127.0.0.1",))
        yield server


@pytest.fixture
def mailbox(changed):
    """A mail server that the product sends to."""
    with serving(Mailbox()) as box:
        changed(smtp_url=box.url)
        yield box


@pytest.fixture
def bot(app, dress_shop, receiver) -> Bot:
    with inside(app, dress_shop):
        engagement = db.session.scalar(sa.select(Engagement))
        return add_bot(
            engagement_id=engagement.id,
            name="对接群",
            platform=Platform.WECOM,
            url=receiver.url,
            key="",
            by=dress_shop.actor,
        )
