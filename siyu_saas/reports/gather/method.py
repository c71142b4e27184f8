"""How it was measured, and day by day from what."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from siyu_saas.metrics.rules.comparison import Change
from siyu_saas.metrics.rules.fields import FIELDS as FIELD_TITLES
from siyu_saas.metrics.rules.orders import MEAN, NO_ORDERS
from siyu_saas.metrics.rules.wording import basis_text
from siyu_saas.reports.rules.shape import Section, Table, Words
from siyu_saas.web.filters.numbers import rounded

from .measured import NOT_AGREED, Measured, sources_of, windows_text


def method(measured: Measured) -> Section:
    if measured.row is None:
        return Section("method", missing=NOT_AGREED)
    rows = tuple(
        (
            change.measure.title,
            f"{change.before.valid}/{change.before.due} 天",
            f"{change.after.valid}/{change.after.due} 天",
            basis_text(change.before) or "—",
            "；".join(_notes(change, measured)) or "—",
        )
        for change in measured.changes
    )
    moves = tuple(f"{one['was']}，{one['by']}：{one['reason']}" for one in measured.row.moves)
    happened = tuple((one.kind.title, one.title, f"{one.first} 至 {one.last}") for one in measured.happened)
    said = (
        f"对比窗口：{windows_text(measured)}，由{measured.row.locked_by_name}在看结果之前锁定。",
        f"数据版本：{measured.version}。缺失的日子不补数；有效日低于 80% 不给百分比，80%–95% 加注。",
        "区间按日数据估计：计数用过散校正的比率区间，率用日级比率区间。区间含 0 只说「在波动范围内，不能断定」，买家不足 30 人只列数值。",
        "同一时期发生的事（节假日、大促、活动、解散老群）照实列出；变化是「服务期内」的变化，不等于由服务带来。",
    )
    blocks: list[Any] = [
        Words(said),
        Table(("指标", "基线有效", "服务期有效", "分子 ÷ 分母", "说明"), rows, numbers=(1, 2), caption="口径与覆盖"),
    ]
    if happened:
        blocks.append(Table(("类别", "事件", "日期"), happened, caption="窗口内发生的事"))
    if moves:
        blocks.append(Words(moves, heading="窗口改动记录"))
    return Section("method", tuple(blocks), sources=sources_of(measured))


def _notes(change: Change, measured: Measured) -> tuple[str, ...]:
    return (*change.notes, NO_ORDERS) if change.measure.key == MEAN and not any(measured.sizes) else change.notes


def appendix(measured: Measured) -> tuple[dict[str, Any], ...]:
    """Day by day what the comparison was made of; a missing day is said to be missing."""
    if measured.row is None:
        return ()
    fields = [
        field for field in measured.counts if any(value is not None for value in measured.counts[field].values())
    ][:8]
    if not fields:
        return ()
    titles = [_field_title(field) for field in fields]
    rows = [
        [day.isoformat(), *(_daily(field, measured.counts[field].get(day)) for field in fields)]
        for day in measured.whole.dates()
    ]
    head = ["日期", *({"text": title, "num": True} for title in titles)]
    return ({"title": "日数据", "head": head, "rows": rows},)


def _daily(field: str, value: int | None) -> str:
    if value is None:
        return "缺"
    return rounded(Fraction(value, 100), 2) if "gmv" in field else rounded(value, 0)


def _field_title(field: str) -> str:
    return FIELD_TITLES[field].title if field in FIELD_TITLES else field
