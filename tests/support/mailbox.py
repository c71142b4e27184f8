"""An SMTP server on this machine that keeps what arrives, and answers as it is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from siyu_saas.embedded import free_port

HOST = "127.0.0.1"
OK = "250 OK"


class Mailbox:
    """`answer` is what it says to a mail, `refusals` what it says to single addresses; at the command `thinks_at` it
    waits for `may_answer`."""

    def __init__(self) -> None:
        self.mails, self.logins, self.answer, self.refusals = [], [], OK, {}
        self.thinks_at, self.heard, self.may_answer = None, threading.Event(), threading.Event()
        self.url = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        await self._think("RCPT")
        return OK

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        await self._think("DATA")
        return self.answer

    async def _think(self, command: str) -> None:
        if command == self.thinks_at:
            self.heard.set()
            await asyncio.to_thread(self.may_answer.wait)

    def check(self, _server, _session, _envelope, _mechanism, given) -> AuthResult:
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=given.password == b"p@ss:w/rd")


@contextmanager
def serving(box: Mailbox, **options) -> Iterator[Mailbox]:
    controller = Controller(box, hostname=HOST, port=free_port(0), **options)
    controller.start()
    box.url = f"smtp://{HOST}:{controller.server.sockets[0].getsockname()[1]}"
    try:
        yield box
    finally:
        box.may_answer.set()
        controller.stop()
