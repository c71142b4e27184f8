"""What does not fit together in daily counts: hints to look again, never a reason to refuse. Source: domain C4."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SCAN_DAYS = 14
DRIFT_PERCENT = 5

Values = Mapping[str, Mapping[date, int | None]]


@dataclass(frozen=True, slots=True)
class Doubt:
    day: date
    field: str
    sentence: str


def doubts(values: Values, days: Iterable[date]) -> list[Doubt]:
    """`values` by field and day, also of the days before; unknown values are never held against anything."""
    return [doubt for day in sorted(days) for check in CHECKS for doubt in check(_Day(values, day))]


@dataclass(frozen=True)
class _Day:
    values: Values
    day: date

    def __getitem__(self, field: str) -> int | None:
        return self.before(field, 0)

    def before(self, field: str, days: int = 1) -> int | None:
        return self.values.get(field, {}).get(self.day - timedelta(days))

    def doubt(self, field: str, sentence: str) -> Doubt:
        return Doubt(self.day, field, sentence)


def _at_most(low: str, high: str, sentence: str) -> Callable[[_Day], Iterator[Doubt]]:
    def check(day: _Day) -> Iterator[Doubt]:
        one, other = day[low], day[high]
        if one is not None and other is not None and one > other:
            yield day.doubt(low, sentence.format(one=one, other=other))

    return check


def _scans(day: _Day) -> Iterator[Doubt]:
    sent = [day.before("parcels_sent", back) for back in range(SCAN_DAYS)]
    scans = day["parcel_scans"]
    if scans is not None and None not in sent and scans > sum(sent):
        yield day.doubt("parcel_scans", f"扫码 {scans} 人，比近 {SCAN_DAYS} 天发出的 {sum(sent)} 件还多")


def _lost(day: _Day) -> Iterator[Doubt]:
    lost, total = day["wecom_lost"], day.before("wecom_total")
    if lost is not None and total is not None and lost > total:
        yield day.doubt("wecom_lost", f"流失 {lost} 人，比前一天的客户总数 {total} 还多")


def _wecom_total(day: _Day) -> Iterator[Doubt]:
    now, before = day["wecom_total"], day.before("wecom_total")
    moves = [day["wecom_new_parcel"], day["wecom_new_other"], day["wecom_lost"]]
    if now is None or not before or None in moves:
        return
    expected = before + moves[0] + moves[1] - moves[2]
    if abs(now - expected) * 100 > DRIFT_PERCENT * before:
        yield day.doubt("wecom_total", f"客户总数 {now}，按前一天加新增减流失应是 {expected}，差得较多")


def _first_orders(day: _Day) -> Iterator[Doubt]:
    first, added = day["first_order_users"], [day["wecom_new_parcel"], day["wecom_new_other"]]
    if first is not None and None not in added and first > sum(added):
        yield day.doubt("first_order_users", f"首单 {first} 人，比当天新增的 {sum(added)} 人还多（首单按加粉日回填）")


def _members(day: _Day) -> Iterator[Doubt]:
    now, before, new, left = day["group_members"], day.before("group_members"), day["group_new"], day["group_quit"]
    if None in (now, before, new, left):
        return
    if now != before + new - left:
        yield day.doubt(
            "group_members", f"在群 {now} 人，按前一天加入群减退群应是 {before + new - left}；解散过群的话写在备注里"
        )


def _sold_without_buyers(day: _Day) -> Iterator[Doubt]:
    if day["group_buyers"] == 0 and day["group_gmv"]:
        yield day.doubt("group_gmv", "转化人数是 0，却有成交额")


CHECKS: tuple[Callable[[_Day], Iterator[Doubt]], ...] = (
    _scans,
    _lost,
    _wecom_total,
    _first_orders,
    _at_most("group_full_count", "group_count", "满员群 {one} 个，比客户群 {other} 个还多"),
    _at_most("group_violation_kick", "group_quit", "违规踢出 {one} 人，比退群 {other} 人还多（踢出含在退群里）"),
    _members,
    _at_most("group_active", "group_members", "活跃 {one} 人，比在群 {other} 人还多"),
    _at_most("group_active", "group_msgs", "活跃 {one} 人，消息只有 {other} 条"),
    _at_most("group_buyers", "group_orders", "转化 {one} 人，订单只有 {other} 单"),
    _at_most("silent_gmv", "group_gmv", "静默成交比社群 GMV 还多"),
    _sold_without_buyers,
)
CHECKED_FIELDS = (
    "parcels_sent",
    "parcel_scans",
    "wecom_new_parcel",
    "wecom_new_other",
    "wecom_lost",
    "wecom_total",
    "first_order_users",
    "group_count",
    "group_full_count",
    "group_new",
    "group_quit",
    "group_violation_kick",
    "group_members",
    "group_active",
    "group_msgs",
    "group_buyers",
    "group_orders",
    "group_gmv",
    "silent_gmv",
)
