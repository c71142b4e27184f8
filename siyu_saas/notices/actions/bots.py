"""Group bots: setting them up, what they have to say, saying it at the pace that the platform allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, end_reading, own_transaction
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.core.outgoing import may_call, post_json
from siyu_saas.core.secrets import seal, unseal
from siyu_saas.core.services import services
from siyu_saas.notices.models import Bot, BotLine
from siyu_saas.notices.queries import bot_locked, bots_of, lines_before, waiting_lines
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
BUSY_FOR = timedelta(seconds=60)  # longer than a call may take
SEALED_ELSEWHERE = "服务器的密钥换过，这个机器人的地址打不开了，请删除后重新添加。"
TOO_OFTEN = "这个机器人刚刚发过，平台一分钟只收 20 条，请过一分钟再试。"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one call takes. `recent` are the moments of the bot's last calls, this one among them."""

    bot_id: UUID
    platform: Platform
    sealed_url: str
    sealed_key: str
    recent: list[datetime]
    at: datetime


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


def post_waiting(bot_id: UUID, *, title: str) -> datetime | None:
    """Posts the lines that wait as one message. When there is more to say: the moment to come again.

    Raises NotReady when the platform refuses, Unavailable when it does not answer; the reason is kept on the bot.
    """
    at = now()
    turn = _take_turn(bot_id, at) if waiting_lines(bot_id, MOST_LINES) else None
    if not isinstance(turn, Turn):
        return turn
    lines = waiting_lines(bot_id, MOST_LINES)
    text, fitted = message_of(title, [line.text for line in lines])
    _call(turn, title=title, text=text, said=[line.id for line in lines[:fitted]])
    return next_moment(turn.recent, at) if len(lines) > fitted or len(lines) == MOST_LINES else None


def try_out(bot_id: UUID, *, title: str, text: str) -> None:
    """Raises NotReady also when the bot has said all that it may for now."""
    turn = _take_turn(bot_id, now())
    if not isinstance(turn, Turn):
        raise NotReady(TOO_OFTEN)
    _call(turn, title=title, text=text, said=[])


def _take_turn(bot_id: UUID, at: datetime) -> Turn | datetime | None:
    """One call at a time and bot, at the pace that the platform allows: the turn, or the moment to come again.

    Written in a transaction of its own, so that no lock is held while the platform thinks. What is older than a day is
    not news any more.
    """
    end_reading()
    with own_transaction() as session:
        bot = session.scalar(bot_locked(bot_id))
        if bot is None:
            return None
        recent = [datetime.fromisoformat(moment) for moment in bot.recent]
        moment = max(next_moment(recent, at), bot.busy_until or at)
        if moment > at:
            return moment
        session.execute(lines_before(bot_id, at - FORGOTTEN_AFTER).values(dropped_at=at))
        recent = [*recent[1 - MOST_A_MINUTE :], at]
        bot.recent, bot.busy_until = [one.isoformat() for one in recent], at + BUSY_FOR
        return Turn(bot.id, bot.platform, bot.sealed_url, bot.sealed_key, recent, at)


def _call(turn: Turn, *, title: str, text: str, said: list[UUID]) -> None:
    """That a message was taken, and which lines it had, is written at once: the job may yet be killed."""
    end_reading()
    try:
        _post(turn, title=title, text=text)
    except Exception as error:
        _note(turn, {"trouble": str(error)[:200], "trouble_at": now()})
        raise
    _note(turn, {"posted_at": turn.at, "trouble": None, "trouble_at": None}, said)


def _post(turn: Turn, *, title: str, text: str) -> None:
    settings = services().settings
    url = unseal(settings.secret_key, turn.sealed_url)
    key = unseal(settings.secret_key, turn.sealed_key) if turn.sealed_key else ""
    if url is None or key is None:
        raise NotReady(SEALED_ELSEWHERE)
    address, body = call_for(turn.platform, url, key, title=title, text=text, at=turn.at)
    said = refusal_of(post_json(address, body, hosts=settings.bot_hosts))
    if said is not None:
        raise NotReady(said)


def _note(turn: Turn, values: dict, said: Sequence[UUID] = ()) -> None:
    with own_transaction() as session:
        session.execute(sa.update(Bot).where(Bot.id == turn.bot_id).values(busy_until=None, **values))
        session.execute(sa.update(BotLine).where(BotLine.id.in_(said)).values(posted_at=turn.at))
