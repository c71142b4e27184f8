"""When messages go out, and how bots want to be spoken to."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.core.outgoing import may_call
from siyu_saas.notices.rules.bots import (
    LONGEST_MESSAGE_BYTES,
    MOST_A_MINUTE,
    Platform,
    call_for,
    message_of,
    next_moment,
    platform_of,
    refusal_of,
)
from siyu_saas.notices.rules.hours import is_quiet, not_before
from siyu_saas.notices.rules.ladder import Rung, rung_of, sentence_of

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("clock", "moment"),
    [
        ("08:59", "25 09:00"),
        ("09:00", "25 09:00"),
        ("20:59", "25 20:59"),
        ("21:00", "26 09:00"),
        ("23:30", "26 09:00"),
        ("00:10", "25 09:00"),
    ],
)
def test_nobody_is_disturbed_at_night(clock, moment):
    at = datetime.fromisoformat(f"2026-11-25T{clock}:00").replace(tzinfo=SHANGHAI)

    assert not_before(at).astimezone(SHANGHAI).strftime("%d %H:%M") == moment
    assert is_quiet(at) == (not_before(at) != at)


@pytest.mark.parametrize(
    ("late", "rung"),
    [
        (-2, None),
        (-1, Rung.TOMORROW),
        (0, None),
        (1, Rung.LATE),
        (2, Rung.LATE),
        (3, Rung.LEAD),
        (5, Rung.LEAD),
        (6, None),
    ],
)
def test_the_ladder_of_reminders(late, rung):
    assert rung_of(DUE, DUE + timedelta(days=late)) is rung


def test_a_reminder_says_how_late():
    assert sentence_of("欢迎语", DUE, date(2026, 11, 19)) == "「欢迎语」明天到期"
    assert sentence_of("欢迎语", DUE, date(2026, 11, 23)) == "「欢迎语」已逾期 3 天"


def test_a_bot_never_gets_more_than_twenty_a_minute():
    at, posted = AT, []
    for _ in range(100):
        at = max(at, next_moment(posted, at))
        posted.append(at)

    for moment in posted:
        assert sum(moment - timedelta(minutes=1) < other <= moment for other in posted) <= MOST_A_MINUTE
    assert posted[-1] - posted[0] == timedelta(minutes=4)


def test_dingtalk_is_signed_as_its_page_says():
    url, body = call_for(
        Platform.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=t", "SEC1", title="题", text="文", at=AT
    )

    asked = parse_qs(urlsplit(url)[3])
    stamp = asked["timestamp"][0]
    expected = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert stamp == str(int(AT.timestamp() * 1000))
    assert base64.b64decode(asked["sign"][0]) == expected
    assert body == {"msgtype": "markdown", "markdown": {"title": "题", "text": "文"}}


def test_feishu_is_signed_as_its_page_says():
    url, body = call_for(
        Platform.FEISHU, "https://open.feishu.cn/open-apis/bot/v2/hook/x", "key", title="题", text="文", at=AT
    )

    expected = hmac.new(f"{body['timestamp']}\nkey".encode(), b"", hashlib.sha256).digest()
    assert url.endswith("/hook/x")
    assert base64.b64decode(body["sign"]) == expected
    assert body["card"]["elements"] == [{"tag": "markdown", "content": "文"}]


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        ({"errcode": 0, "errmsg": "ok"}, False),
        ({"code": 0, "msg": "success"}, False),
        ({"StatusCode": 0}, False),
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, True),
        ({"code": 19021, "msg": "sign match fail"}, True),
        ({}, True),
    ],
)
def test_what_the_platforms_answer(answer, refused):
    assert (refusal_of(answer) is not None) == refused


def test_what_people_typed_is_never_a_link_or_a_call_to_everybody():
    text, _fitted = message_of("店**", ["[退款](https://evil.example) <@all> @all\n- **系统**：请转账"])
    assert text == "**店＊＊**\n- ［退款］(https://evil.example) ＜＠all＞ ＠all - ＊＊系统＊＊：请转账"


def test_a_message_holds_as_many_lines_as_the_platform_takes():
    lines = [f"第 {number} 件事：{'长' * 60}" for number in range(60)]
    text, fitted = message_of("南山小院", lines)

    assert 0 < fitted < 60
    assert len(text.encode()) <= LONGEST_MESSAGE_BYTES
    assert text.startswith("**南山小院**\n- 第 0 件事")


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.evil.example/x",
        "https://user@qyapi.weixin.qq.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest",
        "https://0x7f000001/x",
        "https://localhost/x",
        "ftp://qyapi.weixin.qq.com/x",
        "https://qyapi.weixin.qq.com:bad/x",
        "qyapi.weixin.qq.com/x",
        "https://[qyapi.weixin.qq.com/x",
        "https://evil.example\\@qyapi.weixin.qq.com/x",
        "https://qyapi.weixin.qq.com@evil.example/x",
        "",
    ],
)
def test_only_listed_hosts_are_called(url):
    assert not may_call(url, ("qyapi.weixin.qq.com",))


def test_a_platform_is_known_by_its_host():
    assert platform_of("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1") is Platform.WECOM
    assert platform_of("https://example.com/") is None
    assert platform_of("https://[example.com/") is None
