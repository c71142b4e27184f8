"""Who the customers are by their orders: eight segments and three layers. Source: domain C2, calc_rfm."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.metrics.queries.customers import cells, rhythm
from siyu_saas.metrics.queries.imports import orders_span
from siyu_saas.metrics.rules.rfm import LAYER_TITLES, Segment, Size, portrait, window_of
from siyu_saas.reports.rules.shape import Section, Source, Table, Words
from siyu_saas.web.filters.numbers import percent


def section(engagement_id: UUID) -> Section:
    _first, asof, orders = orders_span(engagement_id)
    beat = rhythm(engagement_id, asof) if orders else None
    if beat is None or not beat.customers:
        return Section("segments", missing="未采集：没有导入订单，不能分层")
    found = portrait(cells(engagement_id, asof, beat.cuts()), beat.cuts(), asof)
    head = ("人数", "占比", "金额")
    segments = tuple((one.title, *_sized(found.segments[one], found.customers), one.action) for one in Segment)
    layers = tuple((title, *_sized(found.layers[layer], found.customers)) for layer, title in LAYER_TITLES.items())
    said = [f"截至 {asof}，往前 365 天有订单的 {found.customers:,} 位顾客；没有订单的好友不在其中。"]
    if found.lines.fixed:
        said.append("顾客不到 30 位，高低用固定线：4 分及以上为高。")
    if beat.is_small:
        said.append(f"复购间隔只有 {beat.count} 个，样本少，分段仅供参考。")
    first, last = window_of(asof)
    source = Source("用户结构", "calc_rfm", f"{first} 至 {last}", f"订单 {orders:,} 行", "data.customers_page")
    return Section(
        "segments",
        (
            Words(tuple(said)),
            Table(("分段", *head, "建议动作"), segments, numbers=(1, 2, 3), caption="八段"),
            Table(("层", *head), layers, numbers=(1, 2, 3), caption="三层"),
        ),
        sources=(source,),
    )


def _sized(size: Size, whole: int) -> tuple[str, str, str]:
    return f"{size.customers:,} 人", percent(size.customers, whole), f"{size.fen / 100:,.2f} 元"
