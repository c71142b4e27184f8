"""What bosses always ask, answered from the other sections and only as far as they go. Source: domain G2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from siyu_saas.metrics.rules.comparison import Change
from siyu_saas.metrics.rules.wording import change_text, figure_text
from siyu_saas.reports.rules.shape import Section, Table

from .comparing import WITHOUT
from .doing import SHARE
from .measured import Measured

OURS = "好友和社群都在商家自己的企业微信里；顾问不保存消费者的姓名、电话。成员离开时，用企业微信的继承把客户转给同事。"


def with_answers(found: Mapping[str, Section], measured: Measured) -> Section:
    """The advice, with the questions after it; nothing to ask about where nothing was measured."""
    section = found["advice"]
    if not measured.changes:
        return section
    table = Table(("老板常问", "按记录能回答的"), tuple(_answers(found, measured)), caption="老板常问")
    return replace(section, blocks=(*section.blocks, table))


def _answers(found: Mapping[str, Section], measured: Measured) -> Iterator[tuple[str, str]]:
    sales = next((one for one in measured.changes if one.measure.key == "group_gmv"), None)
    yield "比以前多赚多少？", _more(sales) if sales else "没有约定成交额，不能回答。"
    yield "变化靠服务，还是靠大促？", _because(found, measured)
    yield "客户归谁，人走了会不会丢？", OURS
    advice = _table(found["advice"], "主题")
    steps = [row[1] for row in advice.rows if "扩大" in row[0]] if advice else []
    first = f"放大前先做：{steps[0]}。" if steps else "还没有选放大的建议。"
    yield "再放大会怎样？", f"现有数据只说明这段服务期，不外推。{first}"
    yield "团队能不能自己跑？", _alone(found)
    yield "哪些花钱没用？", _wasted(found)


def _more(sales: Change) -> str:
    before, after = sales.before, sales.after
    told = f"社群 GMV {figure_text(sales.measure, before.figure)} → {figure_text(sales.measure, after.figure)}"
    if before.top is not None and after.top is not None and before.due == after.due and sales.obstacle is None:
        more = figure_text(sales.measure, abs(after.top - before.top))
        told += f"，{'多' if after.top >= before.top else '少'} {more}（{change_text(sales)}）"
    return f"{told}。这是成交额；退款、毛利和费用未采集，不写赚了多少。"


def _because(found: Mapping[str, Section], measured: Measured) -> str:
    parts = ["只能说「服务期内」，不能说由谁带来"]
    tables = [block for key in ("campaigns", "compare") for block in found[key].blocks if block.kind == "table"]
    parts += [f"活动日占服务期社群成交的 {row[4]}" for table in tables for row in table.rows if row[0] == SHARE]
    without = next((table for table in tables if table.head[-1] == WITHOUT), None)
    if without:
        headline = {one.measure.title for one in measured.headline()}
        chosen = [row for row in without.rows if row[0] in headline]
        parts.append("剔除活动日后" + "、".join(f"{row[0]} {row[2]}" for row in chosen))
    names = "、".join(dict.fromkeys(one.title for one in measured.happened))
    return "；".join([*parts, *([f"同期还有{names}"] if names else [])]) + "。"


def _alone(found: Mapping[str, Section]) -> str:
    parts = []
    for row in _rows(found["qualitative"], "维度")[:1]:
        parts.append(f"{row[0]} {row[1]} → {row[2]} 分")
        if row[5] not in ("—", "无"):
            parts.append(f"仍待优化：{row[5]}")
    facts = next((block for block in found["execution"].blocks if block.kind == "facts"), None)
    in_time = dict(facts.pairs).get("按时率") if facts else None
    if in_time:
        parts.insert(1, f"任务按时率 {in_time.split('（')[0]}")
    return "；".join(parts) + "。" if parts else "执行和定性四维未采集，不能回答。"


def _wasted(found: Mapping[str, Section]) -> str:
    facts = next((block for block in found["feedback"].blocks if block.kind == "facts"), None)
    worst = dict(facts.pairs).get("最没用的一件事") if facts else None
    told = f"商家觉得最没用的：{worst}。" if worst and worst != "未填" else ""
    return f"{told}各项费用未采集，不能逐项算回报。"


def _table(section: Section, first: str) -> Table | None:
    return next((block for block in section.blocks if block.kind == "table" and block.head[0] == first), None)


def _rows(section: Section, first: str) -> tuple[tuple[str, ...], ...]:
    table = _table(section, first)
    return table.rows if table else ()
