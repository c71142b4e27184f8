"""Group bots: setting them up, what they have to say, saying it at the pace that the platform allows."""

from __future__ import annotations

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
from siyu_saas.notices.queries import bot_locked, bots_of, lines_before, unsure_lines, waiting_lines
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
    """What one call takes. `recent` are the moments of the bot's last calls, this one among them; `said` the lines that
    are in `text`, and `more` whether others wait."""

    bot_id: UUID
    platform: Platform
    sealed_url: str
    sealed_key: str
    recent: list[datetime]
    at: datetime
    text: str
    said: list[UUID]
    more: bool


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
    turn = _take_turn(bot_id, at, title=title) if db.session.scalar(waiting_lines(bot_id, 1)) else None
    if not isinstance(turn, Turn):
        return turn
    _call(turn, title=title)
    return next_moment(turn.recent, at) if turn.more else None


def try_out(bot_id: UUID, *, title: str, text: str) -> None:
    """Raises NotReady also when the bot has said all that it may for now."""
    turn = _take_turn(bot_id, now(), title=title, text=text)
    if not isinstance(turn, Turn):
        raise NotReady(TOO_OFTEN)
    _call(turn, title=title)


def unsure_before(at: datetime) -> datetime:
    """Lines taken before then have no call under way any more."""
    return at - BUSY_FOR


def say_again(bot: Bot, *, at: datetime) -> int:
    """The lines of which nobody knows whether the group has them wait once more. Returns how many."""
    lines = unsure_lines([bot.id], before=unsure_before(at))
    for line in lines:
        line.taken_at, line.at = None, at
    db.session.flush()
    return len(lines)


def let_be(bot: Bot, *, at: datetime) -> None:
    for line in unsure_lines([bot.id], before=unsure_before(at)):
        line.dropped_at = at
    db.session.flush()


def _take_turn(bot_id: UUID, at: datetime, *, title: str, text: str | None = None) -> Turn | datetime | None:
    """One call at a time and bot, at the pace that the platform allows: the turn, or the moment to come again. It says
    `text`, or else the lines that wait, which it takes.

    Written in a transaction of its own, so that no lock is held while the platform thinks, and no line is taken twice.
    What is older than a day is not news any more.
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
        lines = [] if text else session.scalars(waiting_lines(bot_id, MOST_LINES)).all()
        if not text and not lines:
            return None
        text, fitted = (text, 0) if text else message_of(title, [line.text for line in lines])
        for line in lines[:fitted]:
            line.taken_at = at
        bot.recent, bot.busy_until = [one.isoformat() for one in recent], at + BUSY_FOR
        said, more = [line.id for line in lines[:fitted]], len(lines) > fitted or len(lines) == MOST_LINES
        return Turn(bot.id, bot.platform, bot.sealed_url, bot.sealed_key, recent, at, text, said, more)


def _call(turn: Turn, *, title: str) -> None:
    """What became of it is written at once: the job may yet be killed."""
    end_reading()
    try:
        _post(turn, title=title)
    except Exception as error:
        _note(turn, {"trouble": str(error)[:200], "trouble_at": now()}, {"taken_at": None})
        raise
    _note(turn, {"posted_at": turn.at, "trouble": None, "trouble_at": None}, {"posted_at": turn.at})


def _post(turn: Turn, *, title: str) -> None:
    settings = services().settings
    url = unseal(settings.secret_key, turn.sealed_url)
    key = unseal(settings.secret_key, turn.sealed_key) if turn.sealed_key else ""
    if url is None or key is None:
        raise NotReady(SEALED_ELSEWHERE)
    address, body = call_for(turn.platform, url, key, title=title, text=turn.text, at=turn.at)
    said = refusal_of(post_json(address, body, hosts=settings.bot_hosts))
    if said is not None:
        raise NotReady(said)


def _note(turn: Turn, of_bot: dict, of_lines: dict) -> None:
    with own_transaction() as session:
        session.execute(sa.update(Bot).where(Bot.id == turn.bot_id).values(busy_until=None, **of_bot))
        session.execute(sa.update(BotLine).where(BotLine.id.in_(turn.said)).values(**of_lines))
