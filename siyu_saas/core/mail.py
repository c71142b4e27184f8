"""One mail out: by SMTP, or in the embedded profile into `instance/outbox/`, where a development page shows it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from siyu_saas.config import Settings

from .errors import NotReady, Unavailable
from .ids import new_id

TIMEOUT_SECONDS = 20
FOR_GOOD = 500  # from this code on a server means that asking again changes nothing
NOT_NOW = "邮件服务器没有接受这封邮件，稍后会再试。"
NOBODY_THERE = "邮件服务器说这个邮箱收不到邮件，没有发出。请核对邮箱地址。"
LINK = '<p><a href="{0}">{0}</a></p>'


class AddressRefused(NotReady):
    """The mail server knows that nobody gets mail at this address."""


def message(settings: Settings, *, to: str, subject: str, lines: list[str]) -> EmailMessage:
    """Plain text and the same as HTML. A line that is an address becomes a link; nothing else is markup."""
    mail = EmailMessage()
    mail["From"] = formataddr((settings.product_name, settings.mail_from))
    mail["To"], mail["Subject"] = to, subject
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=settings.mail_from.rpartition("@")[2])
    mail.set_content("\n\n".join(lines))
    paragraphs = (
        LINK.format(escape(line)) if line.startswith(("http://", "https://")) else f"<p>{escape(line)}</p>"
        for line in lines
    )
    mail.add_alternative(f'<html lang="zh-CN"><body>{"".join(paragraphs)}</body></html>', subtype="html")
    return mail


def send(settings: Settings, mail: EmailMessage, *, begin: Callable[[], None]) -> None:
    """`begin` is called right before the server may have the mail.

    Raises Unavailable when the mail server does not take it now, AddressRefused when it never will.
    """
    if not settings.smtp_url:
        begin()
        _keep(settings.outbox_dir, mail)
        return
    server = urlsplit(settings.smtp_url)
    secure = ssl.create_default_context()
    try:
        with _connected(server, secure, begin) as smtp:
            if server.scheme == "smtp+starttls":
                smtp.starttls(context=secure)
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise (AddressRefused(NOBODY_THERE) if code >= FOR_GOOD else Unavailable(NOT_NOW)) from refused
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(NOT_NOW) from error


class _Announced:
    """The sender and the addressees were accepted when the content is sent."""

    def data(self, content):
        self.begin()
        return super().data(content)


class _Smtp(_Announced, smtplib.SMTP):
    pass


class _SmtpOverTls(_Announced, smtplib.SMTP_SSL):
    pass


def _connected(server, secure: ssl.SSLContext, begin: Callable[[], None]) -> smtplib.SMTP:
    if server.scheme == "smtps":
        smtp = _SmtpOverTls(server.hostname, server.port or 465, timeout=TIMEOUT_SECONDS, context=secure)
    else:
        smtp = _Smtp(server.hostname, server.port or 587, timeout=TIMEOUT_SECONDS)
    smtp.begin = begin
    return smtp


def _keep(folder: Path, mail: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{new_id()}.eml").write_bytes(mail.as_bytes())
