"""The way to a sale: the funnel from the parcel to the group, and what moved the turnover."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from siyu_saas.metrics.rules.decomposition import contributions
from siyu_saas.metrics.rules.measures import MEASURES
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.trends import steps
from siyu_saas.reports.rules.shape import Picture, Section, Table
from siyu_saas.web.filters.numbers import MISSING, percent, rounded

from .measured import NOT_AGREED, Measured, source_of, windows_text

IN_GROUPS = (("入群", "group_new"), ("成交", "group_buyers"))


def funnel(measured: Measured) -> Section:
    """What followed from the parcels, then the groups: not everybody in them came by a parcel."""
    if measured.row is None:
        return Section("funnel", missing=NOT_AGREED)
    windows = measured.row.before, measured.row.after
    sides = [dict(steps(measured.counts, window)) for window in windows]
    names = list(sides[1])
    if all(value is None for side in sides for value in side.values()):
        return Section("funnel", missing="未采集：两段窗口里没有发卡、加好友和首单的数")
    rows = [
        (name, *(cell for side in sides for cell in _passed(side, names, place))) for place, name in enumerate(names)
    ]
    for name, key in IN_GROUPS:
        counted = (reading(MEASURES[key], measured.counts, window).top for window in windows)
        rows.append((name, *(cell for value in counted for cell in (_count(value), MISSING))))
    stages = [[name, sides[0].get(name), sides[1][name]] for name in names]
    return Section(
        "funnel",
        (
            Picture("funnel", _funnel_title(sides, names), windows_text(measured), {"stages": stages}),
            Table(
                ("环节", "基线", "上一步到此", "服务期", "上一步到此"),
                tuple(rows),
                numbers=(1, 2, 3, 4),
                caption="入群和成交不限于这批新好友，不和前面几步连成一条；首单按加好友日归批",
            ),
        ),
        sources=(source_of(measured, "漏斗各环节", "calc_funnel"),),
    )


def _passed(side: dict[str, int | None], names: list[str], place: int) -> tuple[str, str]:
    here = side.get(names[place])
    return _count(here), percent(here, side.get(names[place - 1])) if place else MISSING


def _funnel_title(sides: list[dict[str, int | None]], names: list[str]) -> str:
    """The step that gained most, in percentage points."""
    gained = []
    for before, here in pairwise(names):
        rates = [
            Fraction(side[here], side[before]) for side in sides if side.get(here) is not None and side.get(before)
        ]
        if len(rates) == 2:
            gained.append(
                (rates[1] - rates[0], f"{before}到{here} {percent(*_parts(rates[0]))} → {percent(*_parts(rates[1]))}")
            )
    return max(gained)[1] if gained else "公转私漏斗"


def _parts(rate: Fraction) -> tuple[int, int]:
    return rate.numerator, rate.denominator


def gmv(measured: Measured) -> Section:
    if measured.row is None:
        return Section("gmv_driver", missing=NOT_AGREED)
    sides = []
    for window in (measured.row.before, measured.row.after):
        buyers, money = (reading(MEASURES[key], measured.counts, window) for key in ("group_buyers", "group_gmv"))
        if not buyers.top or not money.top or buyers.valid < buyers.due or money.valid < money.due:
            return Section("gmv_driver", missing="未采集：买家数或成交额有缺失，不做归因")
        sides.append((buyers.top, Fraction(money.top, 100)))
    (buyers0, gmv0), (buyers1, gmv1) = sides
    parts = contributions({"买家数": buyers0, "客单价": gmv0 / buyers0}, {"买家数": buyers1, "客单价": gmv1 / buyers1})
    shown = [["基线", float(gmv0)], *([name, float(amount)] for name, amount in parts.items()), ["服务期", float(gmv1)]]
    rows = tuple((name, f"{rounded(Decimal(str(amount)), 2)} 元") for name, amount in shown)
    note = "LMDI 分解，只说各因素对应的金额，不说明原因"
    return Section(
        "gmv_driver",
        (
            Picture("waterfall", "社群 GMV 的变化从哪里来", note, {"steps": shown}),
            Table(("因素", "金额"), rows, numbers=(1,)),
        ),
        sources=(source_of(measured, "GMV 归因", "calc_gmv"),),
    )


def _count(value: int | None) -> str:
    return MISSING if value is None else rounded(value, 0)
