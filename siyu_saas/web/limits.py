"""How often a sign-in may fail, counted per account and per address, forged forms included."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import structlog
from flask import Blueprint, Flask, Response, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from .forms import clean_line

WINDOW = "15 minutes"
FEWEST = 3
SECOND_STEP = "second_step"
MAILS = "sign_in.mail_link"
CODE = "sign_in.check_code"

log = structlog.get_logger()


def storage_address(redis_url: str) -> str:
    """The limits library writes a socket address differently from redis-py."""
    return redis_url.replace("unix://", "redis+unix://", 1) if redis_url.startswith("unix://") else redis_url


def init_limits(app: Flask, sign_in: Blueprint, *, login: Callable[[str], str], attempts: int, processes: int) -> None:
    """`login` makes one text of every way to type the same login.

    A blueprint's limits run before the CSRF check, a view's own would run after it and never see forged forms."""
    limiter = Limiter(
        get_remote_address,
        app=app,
        in_memory_fallback_enabled=True,
        swallow_errors=True,
        headers_enabled=False,
        storage_options={"socket_timeout": 1, "socket_connect_timeout": 1},
    )
    limiter.request_filter(lambda: request.blueprint != sign_in.name)
    allowance = Allowance(limiter, attempts, processes)
    for key in (partial(_account_of, login), get_remote_address):
        limiter.limit(allowance, key_func=key, methods=["POST"], deduct_when=_failed, override_defaults=False)(sign_in)


class Allowance:
    """How many failures are allowed: all of them together in redis, or a share in each process while redis is lost.

    The shares keep one machine's total near the setting, never below FEWEST a process, so that a typo locks nobody
    out. Their limits: several machines count apart, a process that restarts begins at zero, and what is counted while
    redis is lost is forgotten when it answers; what redis had counted before then holds again.
    """

    def __init__(self, limiter: Limiter, attempts: int, processes: int) -> None:
        self.limiter = limiter
        self.attempts = attempts
        self.share = min(attempts, max(FEWEST, attempts // max(processes, 1)))
        self.lost = False

    def __call__(self) -> str:
        lost = self.limiter.limiter.storage is not self.limiter.storage
        if lost != self.lost:
            self.lost = lost
            self._tell()
        return f"{self.share if lost else self.attempts} per {WINDOW}"

    def _tell(self) -> None:
        if self.lost:
            log.warning("redis does not answer, failed sign-ins are counted in each process", attempts=self.share)
        else:
            log.info("redis answers again, failed sign-ins are counted together", attempts=self.attempts)


def _account_of(login: Callable[[str], str]) -> str:
    """For whom the second step is awaited, whatever else the form holds; else the login as it is looked up, so that no
    other spelling of it begins to count anew; else the address stands for it."""
    if request.endpoint == CODE:
        return "account:" + (session.get(SECOND_STEP, {}).get("user") or get_remote_address())
    return "account:" + (login(clean_line(request.form.get("email")) or "")[:254] or get_remote_address())


def _failed(response: Response) -> bool:
    """Asking for a mail counts in any case: the answer never says whether one was sent."""
    return response.status_code >= 400 or request.endpoint == MAILS
