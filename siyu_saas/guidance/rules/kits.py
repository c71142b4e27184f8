"""Text kits: blanks in braces, and what a finished text has to hold. Sources: domain F5 (welcome, notice, names), F2, F3, F21, README §5."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
WELCOME_LONGEST, HEADLINE_LONGEST, SMS_LONGEST = 120, 12, 70
NOTICE_SERVICES = range(3, 6)


class KitState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"

    @property
    def title(self) -> str:
        return {KitState.DRAFT: "草稿", KitState.PROPOSED: "等商家定稿", KitState.APPROVED: "已定稿"}[self]

    @property
    def look(self) -> str:
        return {KitState.DRAFT: "none", KitState.PROPOSED: "warn", KitState.APPROVED: "ok"}[self]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a text was looked at for; advice, never a lock."""

    passed: bool
    sentence: str


def blanks_of(body: str) -> list[str]:
    """Names in braces, each once, in their order."""
    return list(dict.fromkeys(BLANK.findall(body)))


def filled(body: str, values: Mapping[str, str]) -> str:
    """Blanks without a value stay as they are, so that nobody sends a text with a hole in it unnoticed."""
    return BLANK.sub(lambda blank: values.get(blank[1], "").strip() or blank[0], body)


def length_of(text: str) -> int:
    """Characters without spaces and line breaks, as an editor of Chinese texts counts."""
    return sum(not char.isspace() for char in text)


def checks(key: str, text: str) -> list[Check]:
    """What this kind of text is looked at for; every text for blanks that were left open."""
    left = blanks_of(text)
    general = Check(not left, "没有未填的空" if not left else f"还有 {len(left)} 处没填：{'、'.join(left)}")
    return [general, *CHECKS.get(key, lambda _text: [])(text)]


def _welcome(text: str) -> list[Check]:
    length = length_of(text)
    return [
        Check(length <= WELCOME_LONGEST, f"{length} 字，欢迎语不超过 {WELCOME_LONGEST} 字"),
        _holds(text, r"你好|您好|欢迎|\bhi\b|hello|哈喽", "问候"),
        _holds(text, r"我是|这里是|我叫", "我是谁"),
        _holds(text, r"福利|秒杀|专属|优惠|好礼|每天|都可以问|解答|折", "能得到什么"),
        _holds(text, r"抽奖|兑换|订单号|领取|领券", "怎么抽奖或兑换"),
        _holds(text, r"回复|点击|点开|扫码|戳|私聊|发我", "下一步动作"),
    ]


def _notice(text: str) -> list[Check]:
    services = len(re.findall(r"[①-⑨]|(?:^|\n)\s*\d[.、]", text))
    return [
        Check(services in NOTICE_SERVICES, f"列了 {services} 项服务，建议 3–5 项"),
        _holds(text, r"\d{1,2}\s*[:：点时]|工作日|全天|每天", "服务时间"),
        _holds(text, r"私聊|联系|@|找我|客服", "联系方式"),
        _holds(text, r"不[^\s]{1,8}|禁止|请勿|移出", "禁止事项"),
    ]


def _group_name(text: str) -> list[Check]:
    names = [line.strip() for line in text.splitlines() if line.strip()]
    good = all(re.search(r"\D\d{2}$", name) for name in names)
    return [Check(bool(names) and good, "每个群名以两位序号结尾，如「福利群 01」")]


def _parcel(text: str) -> list[Check]:
    headline = next((line.strip() for line in text.splitlines() if line.strip()), "")
    length = length_of(headline)
    return [
        Check(length <= HEADLINE_LONGEST, f"正面主标题 {length} 字，不超过 {HEADLINE_LONGEST} 字（取第一行）"),
        _holds(text, r"扫码|扫一扫|二维码", "一句动作（扫码）"),
        _holds(text, r"截止|有效期|止", "有效期"),
    ]


def _lottery(text: str) -> list[Check]:
    wanted = (("时间", r"时间|截止"), ("奖项与数量", r"数量|份|个|名"), ("概率", r"概率|中奖率"))
    more = (("参与条件", r"条件|参与"), ("兑奖方式与期限", r"兑奖|兑换"))
    return [_holds(text, pattern, f"公示{name}") for name, pattern in (*wanted, *more)]


def _sms(text: str) -> list[Check]:
    length = length_of(text)
    return [
        _holds(text, r"【[^】]+】", "签名【品牌】"),
        _holds(text, r"退订|回\s*T|拒收", "退订方式（法规要求）"),
        Check(length <= SMS_LONGEST, f"{length} 字，{SMS_LONGEST} 字以内按一条计费"),
    ]


def _holds(text: str, pattern: str, name: str) -> Check:
    found = re.search(pattern, text, re.IGNORECASE) is not None
    return Check(found, f"有「{name}」" if found else f"缺「{name}」")


CHECKS: dict[str, Callable[[str], list[Check]]] = {
    "tpl_welcome": _welcome,
    "tpl_notice": _notice,
    "tpl_group_name": _group_name,
    "tpl_parcel_copy": _parcel,
    "tpl_lottery_rules": _lottery,
    "tpl_sms": _sms,
}
