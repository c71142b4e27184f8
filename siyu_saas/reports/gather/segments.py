"""Who the customers are by their orders: eight segments and three layers. Source: domain C2, calc_rfm."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from siyu_saas.metrics.queries.calculations import latest_run
from siyu_saas.metrics.queries.customers import portrait_on
from siyu_saas.metrics.queries.imports import orders_span
from siyu_saas.metrics.rules.calculators.catalog import RFM
from siyu_saas.metrics.rules.rfm import LAYER_TITLES, Portrait, Segment, Size, means_text, window_of
from siyu_saas.metrics.rules.rhythm import Chosen, Rhythm, chosen
from siyu_saas.reports.rules.shape import Picture, Section, Source, Table, Words
from siyu_saas.web.filters.numbers import percent, rounded

LARGEST_NAMED = 2


def section(engagement_id: UUID) -> Section:
    """As somebody kept them on the page of customers; else as of the last order, by the orders' own means."""
    _first, last, orders = orders_span(engagement_id)
    kept = latest_run(engagement_id, RFM.key) if orders else None
    asof, limits = last, Chosen(None, None)
    if kept is not None:
        asof, limits = date.fromisoformat(kept.inputs["asof"]), chosen(kept.inputs["interval"], kept.inputs["order"])
    found = portrait_on(engagement_id, asof, limits) if orders else None
    if found is None:
        return Section("segments", missing="未采集：没有导入订单，不能分层")
    shown, beat = found
    head = ("人数", "占比", "金额")
    segments = tuple((one.title, *_sized(shown.segments[one], shown.customers), one.action) for one in Segment)
    layers = tuple((title, *_sized(shown.layers[layer], shown.customers)) for layer, title in LAYER_TITLES.items())
    first, last = window_of(asof)
    version = f"订单 {orders:,} 行" + (f"，口径由{kept.made_by_name}保存" if kept else "")
    return Section(
        "segments",
        (
            Words(tuple(_said(shown, beat, limits))),
            _by_size(shown),
            Table(("分段", *head, "建议动作"), segments, numbers=(1, 2, 3), caption="八段"),
            Table(("层", *head), layers, numbers=(1, 2, 3), caption="三层"),
        ),
        sources=(Source("用户结构", "calc_rfm", f"{first} 至 {last}", version, "data.customers_page"),),
    )


def _said(shown: Portrait, beat: Rhythm, limits: Chosen):
    yield f"截至 {shown.asof}，往前 365 天有订单的 {shown.customers:,} 位顾客；没有订单的好友不在其中。"
    days, fen = shown.cuts.interval_days, shown.cuts.order_fen / 100
    yield (
        f"打分依据：平均复购间隔 {rounded(days, 1)} 天{'（选定）' if limits.interval_days else ''}，"
        f"客单价 {rounded(fen, 2)} 元{'（选定）' if limits.order_fen else ''}；均分 {means_text(shown.lines)}。"
    )
    if shown.lines.fixed:
        yield "顾客不到 30 位，高低用固定线：4 分及以上为高。"
    if beat.is_small:
        yield f"复购间隔只有 {beat.count} 个，样本少，分段仅供参考。"


def _by_size(shown: Portrait) -> Picture:
    """The largest first; its title names them."""
    people = sorted(
        ((one.title, shown.segments[one].customers) for one in Segment), key=lambda pair: pair[1], reverse=True
    )
    largest = "、".join(name for name, count in people[:LARGEST_NAMED] if count)
    rows = [[name, count] for name, count in people]
    return Picture("ranks", f"人数最多的是{largest}", f"{shown.customers:,} 位顾客按八段，人数与占比", {"rows": rows})


def _sized(size: Size, whole: int) -> tuple[str, str, str]:
    return f"{size.customers:,} 人", percent(size.customers, whole), f"{size.fen / 100:,.2f} 元"
