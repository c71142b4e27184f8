"""Group bots: setting them up, what they have to say, saying it at the pace that the platform allows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, own_transaction
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.core.outgoing import may_call, post_json
from siyu_saas.core.secrets import seal, unseal
from siyu_saas.core.services import services
from siyu_saas.notices.models import Bot, BotLine
from siyu_saas.notices.queries import bots_of, waiting_lines
from siyu_saas.notices.rules.bots import (
    FORGOTTEN_AFTER,
    MOST_A_MINUTE,
    Platform,
    call_for,
    message_of,
    next_moment,
    refusal_of,
)

MOST_LINES = 60
SEALED_ELSEWHERE = "服务器的密钥换过，这个机器人的地址打不开了，请删除后重新添加。"


def add_bot(*, engagement_id: UUID, name: str, platform: Platform, url: str, key: str, by: Actor) -> Bot:
    settings = services().settings
    if not may_call(url, settings.bot_hosts):
        raise NotReady("这不是企业微信、钉钉或飞书群机器人的地址，没有保存。")
    bot = Bot(
        id=new_id(),
        engagement_id=engagement_id,
        platform=platform,
        name=name,
        sealed_url=seal(settings.secret_key, url),
        sealed_key=seal(settings.secret_key, key) if key else "",
        ending=url[-4:],
        recent=[],
    )
    db.session.add(bot)
    audit.record("note.bot_added", bot, by=by, label=name)
    db.session.flush()
    return bot


def remove_bot(bot: Bot, *, by: Actor) -> None:
    """Its secrets are gone at once."""
    bot.removed_at, bot.sealed_url, bot.sealed_key = now(), "", ""
    audit.record("note.bot_removed", bot, by=by, label=bot.name)
    db.session.flush()


def say(engagement_id: UUID, text: str) -> list[Bot]:
    """Gives each bot of the service period a line to say. Returns those that have one now."""
    bots = bots_of(engagement_id)
    db.session.add_all(BotLine(id=new_id(), bot_id=bot.id, text=text[:400], at=now()) for bot in bots)
    db.session.flush()
    return bots


def post_waiting(bot: Bot, *, title: str, at: datetime) -> datetime | None:
    """Posts the lines that wait as one message. When there is more to say: the moment to come again.

    Raises NotReady when the platform refuses, Unavailable when it does not answer; the reason is kept on the bot.
    """
    lines = _fresh_lines(bot, at)
    if not lines:
        return None
    moment = next_moment(_recent(bot), at)
    if moment > at:
        return moment
    text, fitted = message_of(title, [line.text for line in lines])
    post(bot, title=title, text=text, at=at)
    for line in lines[:fitted]:
        line.posted_at = at
    db.session.flush()
    return next_moment(_recent(bot), at) if len(lines) > fitted or len(lines) == MOST_LINES else None


def post(bot: Bot, *, title: str, text: str, at: datetime) -> None:
    settings = services().settings
    url = unseal(settings.secret_key, bot.sealed_url)
    key = unseal(settings.secret_key, bot.sealed_key) if bot.sealed_key else ""
    if url is None or key is None:
        raise _trouble(bot, NotReady(SEALED_ELSEWHERE))
    address, body = call_for(bot.platform, url, key, title=title, text=text, at=at)
    try:
        answer = post_json(address, body, hosts=settings.bot_hosts)
    except Exception as error:
        raise _trouble(bot, error) from error
    said = refusal_of(answer)
    if said is not None:
        raise _trouble(bot, NotReady(said))
    bot.recent = [*(moment.isoformat() for moment in _recent(bot)[1 - MOST_A_MINUTE :]), at.isoformat()]
    bot.posted_at, bot.trouble, bot.trouble_at = at, None, None
    db.session.flush()


def _fresh_lines(bot: Bot, at: datetime) -> list[BotLine]:
    """What is older than a day is not news any more."""
    lines = waiting_lines(bot.id, MOST_LINES)
    for line in lines:
        if at - line.at > FORGOTTEN_AFTER:
            line.dropped_at = at
    return [line for line in lines if line.dropped_at is None]


def _recent(bot: Bot) -> list[datetime]:
    return [datetime.fromisoformat(moment) for moment in bot.recent]


def _trouble(bot: Bot, error: Exception) -> Exception:
    """Kept in a transaction of its own, since the one of the job is rolled back."""
    sentence, bot_id = str(error)[:200], bot.id
    db.session.rollback()
    with own_transaction() as session:
        session.execute(sa.update(Bot).where(Bot.id == bot_id).values(trouble=sentence, trouble_at=now()))
    return error
