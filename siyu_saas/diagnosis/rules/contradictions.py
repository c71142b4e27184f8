"""Answers that do not go together, told as questions to be asked, never corrected for the merchant.

Source: product §1a (a, b, d, g), domain B3 (F-19, F-20), and what answers imply of each other. Where a question exists the
figures are its answers; free texts are read only for what nobody is asked: a target, its reason, a growth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from .answers import plain
from .derived import DAYS_A_MONTH, goal_gap_pct, scope_gap, super_user_volumes

GAP_FROM_PCT = 15
VOLUMES_APART = 2
SEATS_APART = 1
POOL_GOALS = {"pool", "link"}

NUMBER = r"(\d+(?:\.\d+)?)"
BAND = re.compile(NUMBER + r"\s*[%％]?\s*[-–—~～至到]\s*" + NUMBER + r"\s*[%％]")
MIDDLE = re.compile("中间|中值|中位|折中")
SHARE = re.compile(NUMBER + r"\s*[%％]")
FRIENDS = re.compile(NUMBER + r"\s*([万wW]?)\s*\+?\s*(?:个|位|名)?(?:企微|企业微信|微信)?(?:好友|粉丝)")
GROWTH = re.compile(r"(?:[+＋]\s*|增长|提升|环比|同比|上升|下降)[了约为]?\s*" + NUMBER + r"\s*[%％]")
BASIS = re.compile("从|由|÷|/|分母|基数|口径")

Known = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`key` names the check; `questions` are those to ask again."""

    key: str
    sentence: str
    questions: tuple[str, ...]


def contradictions(known: Known, texts: Mapping[str, str], *, seats: Decimal | None = None) -> list[Contradiction]:
    """`texts`: free answers by question; `seats`: roles filled by the matrix, None when nobody filled it in."""
    found: list[Contradiction | None] = [check(known) for check in CHECKS]
    found.append(_seats(known, seats))
    for key, text in texts.items():
        found += [_middle(key, text), _growth(key, text), _friends(key, text, known)]
    return [one for one in found if one is not None]


def parcels_needed(friends: int, rate_pct: Decimal) -> int:
    """Parcels a month so that `friends` people add the account; rounds up. 10,000 at 12 % are 83,334."""
    return int((Decimal(friends) * 100 / rate_pct).to_integral_value(ROUND_CEILING))


def _goals(known: Known) -> Contradiction | None:
    gap = goal_gap_pct(known)
    if gap is None or gap <= GAP_FROM_PCT:
        return None
    daily, monthly = known("STR03"), known("STR04")
    return Contradiction(
        "goal_gap",
        f"日均目标 {daily:,f} 元 × {DAYS_A_MONTH} 天 = {daily * DAYS_A_MONTH:,f} 元，"
        f"月目标写的是 {monthly:,f} 元，相差 {plain(round(gap, 1))}%，请确认以哪个为准。",
        ("STR03", "STR04"),
    )


def _super_users(known: Known) -> Contradiction | None:
    volumes = super_user_volumes(known)
    if volumes is None or 0 in volumes or max(volumes) < VOLUMES_APART * min(volumes):
        return None
    by_threshold, by_goal = volumes
    times = plain(round(max(volumes) / min(volumes), 1))
    return Contradiction(
        "super_users",
        f"超级用户按门槛算是 {by_threshold:,f} 元/年，按人均目标算是 {by_goal:,f} 元/年，两种口径差 {times} 倍，请在访谈中确认。",
        ("STR06", "STR07", "STR08"),
    )


def _funnel(known: Known) -> Contradiction | None:
    if not POOL_GOALS & set(known("STR02") or ()):
        return None
    names = {"CH02": "月均成交订单数", "CH04": "包裹卡→企微转化率"}
    missing = {key: name for key, name in names.items() if not known(key)}
    if _monthly_goal(known) and _order_value(known) is None:
        missing["HUO11"] = "客单价"
    if not missing:
        return None
    lacking = "、".join(missing.values())
    return Contradiction("funnel", f"目标里有扩大私域池，但还缺{lacking}，反推不出要发多少包裹卡。", tuple(missing))


def _reach(known: Known) -> Contradiction | None:
    """The orders that the monthly goal takes, against everybody who is there or can be added in a month."""
    goal, value = _monthly_goal(known), _order_value(known)
    people, orders, rate = known("REN01"), known("CH02"), known("CH04")
    if not goal or not value or None in (people, orders, rate):
        return None
    needed = int((goal / value).to_integral_value(ROUND_CEILING))
    added = int(orders * rate / 100)
    if needed <= people + added:
        return None
    return Contradiction(
        "reach",
        f"月目标 {goal:,f} 元按客单价 {plain(value)} 元要 {needed:,} 单，企微客户 {people:,f} 人加上每月能新加的 "
        f"{added:,} 人（{orders:,f} 单 × {plain(rate)}%）也不够，请确认目标、客单价或包裹卡转化率。",
        ("STR04", "HUO11", "REN01", "CH02", "CH04"),
    )


def _scope(known: Known) -> Contradiction | None:
    """The strategy reaches beyond the package that was bought. Source: domain B3, F-20."""
    if not scope_gap(known):
        return None
    return Contradiction(
        "scope",
        "诉求里有超级用户、利润或拓展品类的目标，超出所购服务包；本期只做包内，超出的写进「后续建议」，请确认本期范围。",
        ("STR02", "STR06", "STR10"),
    )


def _monthly_goal(known: Known) -> Decimal | None:
    daily = known("STR03")
    return known("STR04") or (daily and daily * DAYS_A_MONTH)


def _order_value(known: Known) -> Decimal | None:
    """What a buyer spends, as counted, else as people commonly say."""
    return known("HUO11") or known("MOD11")


def _parcel_card(known: Known) -> Contradiction | None:
    rate, touchpoints = known("CH04"), known("CH03")
    if not rate or touchpoints is None or "parcel" in touchpoints:
        return None
    return Contradiction(
        "parcel_card", f"包裹卡转化率填了 {plain(rate)}%，正在使用的触点里却没有选包裹卡。", ("CH03", "CH04")
    )


def _stores(known: Known) -> Contradiction | None:
    named = [key for key in ("CH01", "CH03") if "store" in (known(key) or ())]
    if known("MOD02") != 0 or not named:
        return None
    return Contradiction("stores", "线下门店数填了 0，来源或触点里却选了线下门店。", ("MOD02", *named))


def _groups(known: Known) -> Contradiction | None:
    if known("CH06") != "a" or not known("REN10"):
        return None
    return Contradiction(
        "groups", f"社群定位选了「没有群」，现有客户群却填了 {plain(known('REN10'))} 个。", ("CH06", "REN10")
    )


def _patience(known: Known) -> Contradiction | None:
    if known("FIT12") != "c" or known("STR11") != "m1":
        return None
    return Contradiction(
        "patience", "能接受 3–6 个月见效，又要求 1 个月内看到结果，请店主确认预期。", ("FIT12", "STR11")
    )


def _seats(known: Known, seats: Decimal | None) -> Contradiction | None:
    stated = known("TEAM01")
    if seats is None or stated is None or abs(stated - seats) < SEATS_APART:
        return None
    return Contradiction("seats", f"到位角色数填了 {plain(stated)}，按角色矩阵数出来是 {plain(seats)}。", ("TEAM01",))


def _middle(key: str, text: str) -> Contradiction | None:
    """A target said to be the middle of a band, and is not. 10 %–20 % has its middle at 15 %, not at 12 %."""
    band = BAND.search(text)
    if band is None or not MIDDLE.search(text):
        return None
    low, high = Decimal(band[1]), Decimal(band[2])
    middle = (low + high) / 2
    others = [Decimal(one) for one in SHARE.findall(text[: band.start()] + " " + text[band.end() :])]
    wrong = [plain(one) for one in others if one != middle]
    if not wrong:
        return None
    return Contradiction(
        "middle",
        f"写的是取 {plain(low)}%–{plain(high)}% 的中间值，中间值是 {plain(middle)}%，不是 {'%、'.join(wrong)}%。",
        (key,),
    )


def _growth(key: str, text: str) -> Contradiction | None:
    """A percentage of growth says nothing without numerator, denominator and period."""
    growth = GROWTH.search(text)
    if growth is None or BASIS.search(text):
        return None
    return Contradiction("growth", f"只写了「{growth[0]}」，请补上从多少到多少、统计口径和期间。", (key,))


def _friends(key: str, text: str, known: Known) -> Contradiction | None:
    """A number of friends wanted, against what the parcels of a month can bring."""
    stated, orders, rate = FRIENDS.search(text), known("CH02"), known("CH04")
    if stated is None or not rate:
        return None
    friends = int(Decimal(stated[1]) * (10_000 if stated[2] else 1))
    needed = parcels_needed(friends, rate)
    if orders is not None and needed <= orders:
        return None
    have = "月均订单数没有填写" if orders is None else f"月均只有 {orders:,f} 单"
    return Contradiction(
        "friends",
        f"想加 {friends:,} 位好友，按现在 {plain(rate)}% 的转化率每月要发 {needed:,} 个包裹卡，{have}。",
        (key, "CH02", "CH04"),
    )


CHECKS: Iterable[Callable[[Known], Contradiction | None]] = (
    _goals,
    _scope,
    _reach,
    _super_users,
    _funnel,
    _parcel_card,
    _stores,
    _groups,
    _patience,
)
