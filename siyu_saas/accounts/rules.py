"""When a session is over, and where a sign-in may lead. Figures: security row 8."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

MOST_WRONG_PROOFS = 10
TOUCH_EVERY = timedelta(minutes=5)


class Proof(StrEnum):
    """How somebody showed again who they are: by their password, or by the code of the link they came by."""

    PASSWORD = "password"
    CODE = "code"

    @property
    def title(self) -> str:
        return {Proof.PASSWORD: "登录密码", Proof.CODE: "链接验证码"}[self]


def session_is_over(*, started_at: datetime, seen_at: datetime, at: datetime, idle: timedelta, most: timedelta) -> bool:
    return at - seen_at > idle or at - started_at > most


def needs_touch(seen_at: datetime, at: datetime) -> bool:
    """`seen_at` is written at most every few minutes: a page view is not a write."""
    return at - seen_at > TOUCH_EVERY


def safe_next(target: str | None) -> str | None:
    """A path of this site, or None. Browsers read a backslash as a slash and skip tabs and line breaks."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\"):
        return None
    if any(ord(character) < 0x20 or character in "\\\x7f" for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
