"""Group bots of WeCom, DingTalk and Feishu: what they are sent, how it is signed, what their answers mean.

Sources: developer.work.weixin.qq.com/document/path/99110, open.dingtalk.com (custom robot), open.feishu.cn (custom bot).
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlsplit

MOST_A_MINUTE = 20
GATHERED_FOR = timedelta(seconds=60)  # what happens within a minute is one message
FORGOTTEN_AFTER = timedelta(hours=24)
WORDS_ONLY = str.maketrans("<>[]*_`\\@", "＜＞［］＊＿｀＼＠")
LONGEST_MESSAGE_BYTES = 3_800  # WeCom refuses more than 4,096


class Platform(StrEnum):
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"

    @property
    def title(self) -> str:
        return {Platform.WECOM: "企业微信", Platform.DINGTALK: "钉钉", Platform.FEISHU: "飞书"}[self]

    @property
    def signed(self) -> bool:
        return self is not Platform.WECOM


HOSTS = {
    "qyapi.weixin.qq.com": Platform.WECOM,
    "oapi.dingtalk.com": Platform.DINGTALK,
    "open.feishu.cn": Platform.FEISHU,
}


def platform_of(url: str) -> Platform | None:
    """None also for what is no address at all."""
    try:
        return HOSTS.get(urlsplit(url).hostname or "")
    except ValueError:
        return None


def call_for(platform: Platform, url: str, key: str, *, title: str, text: str, at: datetime) -> tuple[str, dict]:
    """The address and the body of one call; `key` is the bot's signing key or empty."""
    if platform is Platform.WECOM:
        return url, {"msgtype": "markdown", "markdown": {"content": text}}
    if platform is Platform.DINGTALK:
        return _dingtalk(url, key, title, text, at)
    return _feishu(url, key, text, at)


def _dingtalk(url: str, key: str, title: str, text: str, at: datetime) -> tuple[str, dict]:
    body = {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
    if not key:
        return url, body
    stamp = str(int(at.timestamp() * 1000))
    mac = hmac.new(key.encode(), f"{stamp}\n{key}".encode(), hashlib.sha256).digest()
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}timestamp={stamp}&sign={quote(b64encode(mac).decode(), safe='')}", body


def _feishu(url: str, key: str, text: str, at: datetime) -> tuple[str, dict]:
    body: dict[str, Any] = {
        "msg_type": "interactive",
        "card": {"elements": [{"tag": "markdown", "content": text}]},
    }
    if key:
        stamp = str(int(at.timestamp()))
        mac = hmac.new(f"{stamp}\n{key}".encode(), b"", hashlib.sha256).digest()
        body |= {"timestamp": stamp, "sign": b64encode(mac).decode()}
    return url, body


def refusal_of(answer: dict[str, Any]) -> str | None:
    """What the platform said against the message, or None when it was taken."""
    code = answer.get("errcode", answer.get("code", answer.get("StatusCode")))
    if code == 0:
        return None
    said = str(answer.get("errmsg") or answer.get("msg") or "没有说明原因")
    return f"机器人没有接受：{said[:120]}（{code}）"


def message_of(title: str, lines: Sequence[str]) -> tuple[str, int]:
    """One Markdown message of the first lines that fit, and how many they are. What people typed stays words: no links,
    no call to everybody, no line that looks like another one."""
    text, fitted = f"**{_as_words(title)}**", 0
    for line in lines:
        longer = f"{text}\n- {_as_words(line)}"
        if len(longer.encode()) > LONGEST_MESSAGE_BYTES:
            break
        text, fitted = longer, fitted + 1
    return text, fitted


def _as_words(text: str) -> str:
    return " ".join(text.split()).translate(WORDS_ONLY)


def gathered_until(at: datetime) -> datetime:
    """A full minute, the same for all that happens within one, and a minute away at least."""
    return (at + GATHERED_FOR + timedelta(seconds=59)).replace(second=0, microsecond=0)


def next_moment(recent: Sequence[datetime], at: datetime) -> datetime:
    """When the next message may go, `recent` being the moments of the last ones, oldest first."""
    within = [moment for moment in recent if moment > at - timedelta(minutes=1)]
    return at if len(within) < MOST_A_MINUTE else within[-MOST_A_MINUTE] + timedelta(minutes=1)
