"""When a session is over, what a login name and a password may be, which one-time codes count. Figures: security row 8."""

from __future__ import annotations

import gzip
import hmac
import re
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

MOST_WRONG_PROOFS = 10
TOUCH_EVERY = timedelta(minutes=5)
RESET_VALID_FOR = timedelta(minutes=30)
SECOND_STEP_VALID_FOR = timedelta(minutes=5)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 128
STEP_SECONDS = 30
RECOVERY_CODES = 10

PHONE = re.compile(r"1[3-9]\d{9}")
COMMON = Path(__file__).resolve().parent / "data" / "common_passwords.txt.gz"
DEVICES = (
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


class Proof(StrEnum):
    """How somebody showed again who they are: by their password, or by the code of the link they came by."""

    PASSWORD = "password"
    CODE = "code"

    @property
    def title(self) -> str:
        return {Proof.PASSWORD: "登录密码", Proof.CODE: "链接验证码"}[self]


class Outcome(StrEnum):
    """How a sign-in ended."""

    OK = "ok"
    WRONG = "wrong"

    @property
    def title(self) -> str:
        return {Outcome.OK: "登录成功", Outcome.WRONG: "密码或验证码不对"}[self]


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


def phone_of(text: str) -> str | None:
    """A mainland mobile number as 11 digits, however it was typed; None when it is none."""
    plain = re.sub(r"[\s\-()（）]", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"^(\+|00)86", "", plain)
    return plain if PHONE.fullmatch(plain) else None


def login_typed(text: str) -> str:
    """The same for every way to type one login: a mobile number's 11 digits, or the e-mail address in small letters."""
    return phone_of(text) or text.strip().lower()


def normal_password(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def password_fault(password: str, *own: str | None) -> str | None:
    """Why a password can not be used, or None. `own`: what others know of the person, such as name and e-mail."""
    plain = normal_password(password)
    if len(plain) < SHORTEST_PASSWORD:
        return f"密码至少 {SHORTEST_PASSWORD} 个字符"
    if len(plain) > LONGEST_PASSWORD:
        return f"密码最长 {LONGEST_PASSWORD} 个字符"
    if plain.lower() in common_passwords() or len(set(plain)) < 3:
        return "这个密码太常见，容易被猜到，请换一个"
    known = (part.lower() for text in own if text for part in (text, text.partition("@")[0]))
    if any(len(part) > 2 and part in plain.lower() for part in known):
        return "密码里不要包含姓名、邮箱或手机号"
    return None


@cache
def common_passwords() -> frozenset[str]:
    """Read when the first password is chosen, not at the start."""
    return frozenset(gzip.decompress(COMMON.read_bytes()).decode().split("\n"))


def code_typed(text: str) -> str:
    """A one-time code, a recovery code or a link's code, however it was typed: full-width digits, spaces, hyphens."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).lower()


def same_secret(typed: str, known: str) -> bool:
    """Takes as long whatever was typed, Chinese characters included."""
    return hmac.compare_digest(typed.encode(), known.encode())


def device_name(user_agent: str) -> str:
    """A browser as its owner calls it: 「微信 · iPhone」."""
    browser = next((name for mark, name in DEVICES if mark in user_agent), "浏览器")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} · {system}" if system else browser


def step_at(at: datetime) -> int:
    """The number of the half minute that a one-time code belongs to (RFC 6238)."""
    return int(at.timestamp()) // STEP_SECONDS


def steps_to_try(at: datetime, last_used: int | None) -> list[int]:
    """The present half minute and its neighbours, for clocks that go wrong, without those already used."""
    now = step_at(at)
    return [step for step in (now, now - 1, now + 1) if last_used is None or step > last_used]
