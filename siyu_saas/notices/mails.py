"""Mails about notices: their words, and the way to stop them."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from uuid import UUID

from siyu_saas.accounts.models import User
from siyu_saas.config import Settings
from siyu_saas.core import mail
from siyu_saas.core.tokens import sign

STOP = "stop mails"


def stop_address(settings: Settings, user_id: UUID) -> str:
    return f"{settings.base_url.rstrip('/')}/notices/stop/{sign(settings.secret_key, STOP, user_id)}"


def address_of(settings: Settings, slug: str, notice_id: UUID) -> str:
    return f"{settings.base_url.rstrip('/')}/t/{slug}/notices/{notice_id}"


def mail_about(settings: Settings, user: User, *, key: str, subject: str, lines: Sequence[str]) -> EmailMessage:
    """`key` makes the Message-ID: a mail that is sent once more after a crash is known as the same one."""
    stop = stop_address(settings, user.id)
    message = mail.message(
        settings,
        to=user.email,
        subject=subject,
        lines=[f"{user.name}，你好：", *lines, "不想收到这些邮件，可以在这里停止：", stop],
    )
    message.replace_header("Message-ID", f"<{key}@{settings.mail_from.rpartition('@')[2]}>")
    message["List-Unsubscribe"] = f"<{stop}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message
