"""Facts that concern everybody, and what became of them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes, policy

import sqlalchemy as sa
import time_machine

from siyu_saas.core.clock import SHANGHAI, today
from siyu_saas.core.database import db, writing
from siyu_saas.core.queue import later
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.notices.jobs import post_to_bot
from siyu_saas.notices.models import Bot, BotLine
from siyu_saas.tenants.actions.engagements import pause, resume
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role, Side
from tests.support.merchants import Shop

HERE = {"tenant": "dress", "number": 1}
MORNING = datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI)


@contextmanager
def inside(app, shop: Shop):
    with app.app_context(), writing(), tenant(shop.id):
        yield
        db.session.commit()


def pauses(app, shop: Shop, times: int = 1) -> None:
    """Facts that concern everybody."""
    for _ in range(times):
        with inside(app, shop):
            engagement = db.session.scalar(sa.select(Engagement))
            pause(engagement, reason="双 11", side=Side.MERCHANT, on=today(), by=shop.actor)
        with inside(app, shop):
            resume(db.session.scalar(sa.select(Engagement)), on=today(), by=shop.actor)


def rows(app, model) -> list:
    with app.app_context(), system("test"):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def mails(app) -> list:
    folder = app.config["SETTINGS"].outbox_dir
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]
    for path in folder.glob("*.eml"):
        path.unlink()
    return found


def speaks(app, shop: Shop, bot: Bot, *, at: datetime, text: str) -> None:
    """A line for the bot, and a job that says it."""
    with time_machine.travel(at), inside(app, shop):
        db.session.add(BotLine(bot_id=bot.id, text=text, at=at))
        later(post_to_bot, bot_id=str(bot.id))


def charter_sent(visit, shop: Shop) -> None:
    """The boss has to sign: a mail that goes out at once."""
    visit(shop, Role.CONSULTANT).post("charter.send", most=20, **HERE)
