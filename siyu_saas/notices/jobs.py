"""What the worker and the clock do about messages."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from siyu_saas.accounts.models import User
from siyu_saas.core import mail
from siyu_saas.core.audit import AuditEvent, recorded
from siyu_saas.core.clock import now, present, today
from siyu_saas.core.database import db, end_reading
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import Job, Unsure, every, handing_over, job, later, resend
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import current_scope, portfolio, system
from siyu_saas.tenants.queries.entries import workspaces_of
from siyu_saas.tenants.queries.merchants import tenant_ids

from .actions.bots import post_waiting, say
from .actions.messages import leave_to_digest, note_digest, note_refused_mail, tell
from .facts import DUE_THINGS, TELLERS, Due, Message
from .mails import address_of, mail_about
from .models import Notice
from .queries import (
    bot_with,
    digest_of,
    event_with,
    merchant_of,
    news_of,
    people_with_news,
    readers_among,
    user_to_mail,
)
from .rules.bots import gathered_until
from .rules.hours import is_quiet, not_before
from .rules.kinds import SAID_IN_GROUPS, Kind, Mode
from .rules.ladder import Rung, rung_of, sentence_of

MOST_NEWS = 60
NEWS_LASTS = timedelta(days=2)
SHOWN_NEWS = 40
MAIL_ATTEMPTS = 12  # for almost three hours
BOT_ATTEMPTS = 8  # for ten minutes


@recorded.connect
def _spread_later(event: AuditEvent) -> None:
    """The job is a row of the fact's own transaction. Nothing is flushed here: the fact may still be in the making."""
    scope = current_scope()
    if event.verb not in TELLERS or scope is None or scope.write is None or now() < present() - NEWS_LASTS:
        return
    row = Job(id=new_id(), kind=spread.kind, args={"event_id": str(event.id)}, not_before=now())
    db.session.add(row)
    resend(row)


@job("notices.spread", title="通知相关的人")
def spread(*, event_id: str) -> dict:
    event = event_with(UUID(event_id))
    kind, teller = TELLERS[event.verb]
    messages, told = teller(event), 0
    for message in messages:
        made = tell(message, kind=message.kind or kind, key=str(event.id), but=event.actor_id)
        _mail_soon(made)
        told += len(made)
    if messages and kind in SAID_IN_GROUPS:
        _say_soon(messages[0])
    return {"told": told}


def _mail_soon(made: list[Notice]) -> None:
    moment = not_before(now())
    for notice in made:
        if notice.mode is Mode.NOW:
            later(mail_notice, key=f"mail:{notice.id}", not_before=moment, notice_id=str(notice.id))


def _say_soon(message: Message) -> None:
    if message.internal or message.engagement_id is None:
        return
    moment = not_before(gathered_until(now()))
    for bot in say(message.engagement_id, message.title):
        _once(post_to_bot, f"bot:{bot.id}:{moment:%Y%m%d%H%M}", not_before=moment, bot_id=str(bot.id))


@job("notices.mail", title="发送通知邮件", attempts=MAIL_ATTEMPTS)
def mail_notice(*, notice_id: str) -> dict:
    """Nothing is sent about what was read meanwhile, or to somebody who is gone."""
    notice = db.session.scalar(db.select(Notice).where(Notice.id == UUID(notice_id), Notice.read_at.is_(None)))
    user = user_to_mail(notice.user_id) if notice is not None else None
    if user is None or not readers_among(notice.tenant_id, {user.id}, team=False):
        return {"sent": False}
    settings, merchant = services().settings, merchant_of(notice.tenant_id)
    lines = [f"{merchant.name}：{notice.title}", address_of(settings, merchant.slug, notice.id)]
    letter = mail_about(settings, user, key=str(notice.id), subject=f"{merchant.name}：{notice.title}", lines=lines)
    try:
        return {"sent": _sent(user, letter)}
    except Unsure:
        leave_to_digest(notice)
        return {"sent": None}


def _sent(user: User, letter: EmailMessage) -> bool:
    """No lock is held while the mail server thinks. False when nobody gets mail there: pages then say so.

    Raises Unsure when it may be there already.
    """
    end_reading()
    try:
        with handing_over() as begin:
            mail.send(services().settings, letter, begin=begin)
    except mail.AddressRefused:
        note_refused_mail(user.id, at=now())
        return False
    note_refused_mail(user.id, at=None)
    return True


@every(timedelta(hours=1))
@job("notices.digests", title="安排每日汇总邮件")
def digests() -> dict:
    """From nine in the morning on; the key lets a person have one a day."""
    if is_quiet(now()):
        return {"asked": 0}
    with system("find people with news"):
        people = people_with_news(now())
    asked = [_once(mail_digest, f"digest:{person}:{today()}", user_id=str(person)) for person in people]
    return {"asked": sum(asked)}


@job("notices.digest", title="发送每日汇总邮件", attempts=MAIL_ATTEMPTS)
def mail_digest(*, user_id: str) -> dict:
    """Where nobody knows whether it arrived, tomorrow's tells the same again."""
    person, until = UUID(user_id), now()
    user, told = user_to_mail(person), digest_of(person)
    places = {access.tenant_id: access for access in workspaces_of(person)}
    with portfolio(places):
        rows = news_of(person, after=told and told.told_until, until=until, limit=MOST_NEWS) if places else []
    if user is not None and rows:
        settings, subject = services().settings, f"今日汇总：{len(rows)} 件事"
        lines = _digest_lines(rows, places, settings)
        try:
            _sent(user, mail_about(settings, user, key=f"digest-{person}-{today()}", subject=subject, lines=lines))
        except Unsure:
            return {"told": None}
    note_digest(person, told, until=until)
    return {"told": len(rows)}


def _digest_lines(rows, places, settings) -> list[str]:
    by_merchant = defaultdict(list)
    for row in rows[:SHOWN_NEWS]:
        by_merchant[row.tenant_id].append(row.title)
    lines = [
        f"{places[tenant_id].name}\n" + "\n".join(f"· {title}" for title in titles)
        for tenant_id, titles in by_merchant.items()
    ]
    if len(rows) > SHOWN_NEWS:
        lines.append(f"还有 {len(rows) - SHOWN_NEWS} 件，打开收件箱查看：")
    return [*lines, f"{settings.base_url.rstrip('/')}/inbox"]


@every(timedelta(hours=1))
@job("notices.ladders", title="安排到期提醒")
def ladders() -> dict:
    """One job a merchant and day, so that each runs in its own scope."""
    if is_quiet(now()):
        return {"asked": 0}
    with system("ask for reminders"):
        asked = [_once(climb, f"ladder:{one}:{today()}", tenant_id=one) for one in tenant_ids()]
    return {"asked": sum(asked)}


def _once(handler, key: str, **args) -> bool:
    """Asks for a job unless it was asked for under this key before, if only just now by another worker."""
    if db.session.scalar(db.select(Job.id).where(Job.key == key)) is not None:
        return False
    try:
        with db.session.begin_nested():
            later(handler, key=key, **args)
    except IntegrityError:
        return False
    return True


@job("notices.climb", title="提醒到期的事项")
def climb() -> dict:
    told = sum(_remind(due) for source in DUE_THINGS for due in source())
    return {"told": told}


def _remind(due: Due) -> int:
    rung = rung_of(due.due_on, today())
    if rung is None:
        return 0
    people = due.leads if rung is Rung.LEAD else due.owners
    message = Message(people, sentence_of(due.title, due.due_on, today()), due.endpoint, due.values, due.engagement_id)
    made = tell(message, kind=Kind.DUE if rung is Rung.TOMORROW else Kind.OVERDUE, key=f"due:{due.key}:{rung}")
    _mail_soon(made)
    return len(made)


@job("notices.bot", title="发送群机器人消息", attempts=BOT_ATTEMPTS)
def post_to_bot(*, bot_id: str) -> dict:
    bot = bot_with(UUID(bot_id))
    if bot is None:
        return {"posted": False}
    again = post_waiting(bot.id, title=merchant_of(bot.tenant_id).name)
    if again is not None:
        later(post_to_bot, not_before=again, bot_id=bot_id)
    return {"posted": True}
