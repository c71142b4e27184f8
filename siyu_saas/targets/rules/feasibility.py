"""Whether a target can be reached and holds together with the others. Source: product C6, §1a a, d, e and f; domain D3.

Every check says what it compared; a finding is a question for the meeting, never a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from siyu_saas.metrics.rules.calculators.funnel import parcels_needed
from siyu_saas.metrics.rules.measures import Better, Unit
from siyu_saas.metrics.rules.rounding import rounded
from siyu_saas.web.filters.numbers import rounded as written

from .bands import Benchmark, Place, needs_reason, place_of, verdict
from .quantities import amount_text, to_whole
from .suggestions import ACTIONS_FOR_WIDE_SPAN, WIDE_SPAN, Rule, span

SCANNED_GROUP, LARGEST_GROUP = 200, 500
COMMUNITY_RATES = (Fraction(1, 100), Fraction(1, 5))
"""Published shares of members who buy: broad groups below 1 %, group-buying of daily goods up to 20 %. Source: P4."""


MIDDLE = ("中间值", "中值", "中点", "取中")


@dataclass(frozen=True, slots=True)
class Check:
    """`key` is the letter of product §1a where there is one; `kind` is ok, warn, bad, or none where nothing is known."""

    key: str
    kind: str
    sentence: str

    @property
    def fires(self) -> bool:
        return self.kind in ("warn", "bad")


def states_middle(reason: str) -> bool:
    """Whether a reason claims the middle of the band, as the first seed did."""
    return any(word in reason for word in MIDDLE)


def check_rationale(unit: Unit, value: int, band: Benchmark, stated: Rule) -> Check:
    """a: 「取中间值」 has to be the middle."""
    middle = to_whole(unit, Fraction(band.low + band.high, 2))
    told = f"基准带 {amount_text(unit, band.low)}–{amount_text(unit, band.high)} 的中点是 {amount_text(unit, middle)}"
    if stated is not Rule.BAND_MIDPOINT or value == middle:
        return Check("a", "ok", told)
    return Check("a", "warn", f"写的是取中点，但{told}，不是 {amount_text(unit, value)}")


def check_parcels(*, goal: int, friends_before: int, rate: Decimal, days: int, parcels_known: int | None) -> Check:
    """d: what a number of new friends takes upstream, and whether that is known at all."""
    needed = parcels_needed(goal=goal, friends_before=friends_before, parcel_rate=rate, days=days)
    percent = amount_text(Unit.SHARE, int(rate * 10_000))
    told = (
        f"按 {percent}，新增 {written(needed.friends, 0)} 人至少要发 {written(needed.parcels, 0)} 件包裹"
        f"（{days} 天，日均 {written(needed.per_day, 0)} 件）"
    )
    if parcels_known is None:
        return Check("d", "bad", f"缺少发货量：{told}，请商家确认能发多少")
    if parcels_known < needed.parcels:
        return Check("d", "warn", f"{told}，现在只有 {written(parcels_known, 0)} 件")
    return Check("d", "ok", told)


def check_groups(*, friends: int, share: Fraction, groups: int, size: int) -> Check:
    """e: friends × share = groups × size, and a group can hold that many."""
    members = rounded(friends * share)
    told = f"{written(members, 0)} 人"
    if share != 1:
        told = f"{written(friends, 0)} 人 × {rounded(share * 100, 0)}% = {told}"
    if size > LARGEST_GROUP:
        return Check("e", "bad", f"一个群最多 {LARGEST_GROUP} 人，{size} 人放不下")
    if members != groups * size:
        return Check("e", "warn", f"{told}，{groups} 个群 × {size} 人 = {written(groups * size, 0)} 人，对不上")
    by_hand = "" if size <= SCANNED_GROUP else f"（超过 {SCANNED_GROUP} 人要逐个邀请）"
    return Check("e", "ok", f"{told} = {groups} 个群 × {size} 人{by_hand}")


def check_turnover(*, gmv_fen: int, members: int, buyer_value_fen: int) -> Check:
    """f: what a turnover asks of the members, against published shares of members who buy."""
    share = Fraction(gmv_fen, buyer_value_fen * members)
    low, high = COMMUNITY_RATES
    told = (
        f"{amount_text(Unit.FEN, gmv_fen)} ÷ {written(members, 0)} 人 = 人均 {amount_text(Unit.FEN, int(rounded(Fraction(gmv_fen, members))))}，"
        f"客单 {amount_text(Unit.FEN, buyer_value_fen)} 时只需 {rounded(share * 100, 1)}% 的人买一次"
    )
    if share <= low:
        return Check("f", "warn", f"{told}，低于公开的社群转化率，可能太容易")
    return Check(
        "f", "warn" if share > high else "ok", f"{told}{'，高于公开的社群转化率，可能太难' if share > high else ''}"
    )


def check_band(unit: Unit, better: Better, value: int, band: Benchmark | None, *, reason: str) -> Check:
    place = place_of(value, band)
    told = verdict(place, better)
    if place is Place.NOWHERE:
        return Check("band", "none", told)
    told = f"{amount_text(unit, value)} 对基准带 {amount_text(unit, band.low)}–{amount_text(unit, band.high)}（{band.source}）：{told}"
    return Check("band", "warn" if needs_reason(place) and not reason else "ok", told)


def check_span(better: Better, baseline: int | None, value: int, *, days: int, actions: int) -> Check | None:
    """A target of 2.5 times the baseline wants at least three supporting actions. Source: domain D2, D3."""
    wide = span(better, baseline, value)
    if wide is None or wide < WIDE_SPAN:
        return None
    told = f"跨度大：{rounded(wide, 1)} 倍 / {days} 天"
    if actions >= ACTIONS_FOR_WIDE_SPAN:
        return Check("span", "ok", f"{told}，已有 {actions} 条支撑动作")
    return Check("span", "warn", f"{told}，至少要有 {ACTIONS_FOR_WIDE_SPAN} 条支撑动作，现在 {actions} 条")


def check_actions(actions: int) -> Check:
    return Check(
        "actions", "ok" if actions else "bad", f"支撑动作 {actions} 条" if actions else "还没有支撑动作，至少写 1 条"
    )


def check_assumptions(assumptions: int) -> Check:
    told = f"前提 {assumptions} 条" if assumptions else "还没有写前提（预算、货源、发货量）"
    return Check("assumptions", "ok" if assumptions else "warn", told)


def check_baseline(baseline: int | None, *, days: int) -> Check:
    if baseline is None:
        return Check("baseline", "warn", "基线缺失，首两周补测；达成度按「实际 ÷ 目标」计算")
    return Check("baseline", "ok", f"基线来自 {days} 天有效数据" if days else "基线为手工约定")
