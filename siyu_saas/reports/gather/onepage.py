"""The boss's page: read in half a minute, drawn from the other sections. Source: domain G2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from siyu_saas.metrics.rules.comparison import Change, Verdict
from siyu_saas.metrics.rules.windows import Coverage, coverage_of
from siyu_saas.metrics.rules.wording import change_text, figure_text
from siyu_saas.reports.rules.shape import Card, Cards, Gap, Points, Section, Table, Words
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.quantities import amount_text
from siyu_saas.targets.rules.states import State

from .goals import degree_text, degrees, outcome, outcomes
from .measured import Measured, lowest_coverage, trend_of, windows_text

LISTED = 3
LIGHTS = {Coverage.FULL: "数据完整", Coverage.NOTED: "数据有缺", Coverage.THIN: "数据太缺"}
MONEY = ("group_gmv", "silent_gmv")


def section(measured: Measured, targets: list[Target], found: Mapping[str, Section]) -> Section:
    if not measured.changes and not targets:
        return Section("onepage", missing="未采集：还没有可以对比的指标，也没有签署的目标")
    blocks = []
    if measured.changes:
        blocks.append(Cards(tuple(_card(measured, change) for change in measured.headline())))
    if targets:
        rows = tuple(
            (
                one.title,
                amount_text(one.unit, one.baseline_value),
                amount_text(one.unit, one.value),
                amount_text(one.unit, one.result_value),
                degree_text(one),
                outcome(one),
            )
            for one in targets
        )
        blocks.append(degrees(targets))
        blocks.append(Table(("目标", "基线", "目标值", "实际", "达成度", "结论"), rows, numbers=(1, 2, 3, 4)))
    money = [change for change in measured.changes if change.measure.key in MONEY]
    if money:
        rows = tuple(
            (
                one.measure.title,
                figure_text(one.measure, one.before.figure),
                figure_text(one.measure, one.after.figure),
                change_text(one),
            )
            for one in money
        )
        blocks.append(
            Table(
                ("钱", "基线", "服务期", "变化"),
                rows,
                numbers=(1, 2, 3),
                caption="退款、费用和人工未采集，不写投入产出",
            )
        )
    blocks.append(_three(measured, targets, found))
    blocks.append(Words((_quality(measured),), heading="数据质量"))
    return Section("onepage", tuple(blocks), draft=sentence(measured, targets))


def sentence(measured: Measured, targets: list[Target]) -> str:
    """Source: domain G2, 1."""
    clear = sum(change.verdict is Verdict.CLEAR for change in measured.changes)
    unclear = sum(change.verdict is Verdict.UNCERTAIN for change in measured.changes)
    told = []
    if measured.changes:
        told.append(f"{windows_text(measured)}，{clear} 项指标变化明确，{unclear} 项在波动范围内")
    if targets:
        told.append(outcomes(targets))
    return "；".join(told) + "。"


def gaps(measured: Measured, targets: list[Target], found: Mapping[str, Section]) -> Iterator[Gap]:
    """What a reader will miss, with the page where it is mended."""
    if measured.row is None:
        yield Gap("compare", "还没有约定对比窗口和指标", "comparison.windows")
    if measured.baseline is None:
        yield Gap("compare", "基线还没有冻结", "baselines.show")
    for change in measured.changes:
        if not change.before.days:
            yield Gap("compare", f"{change.measure.title}没有基线", "baselines.show")
        elif not change.after.days:
            yield Gap("compare", f"{change.measure.title}没有服务期数据", "comparison.show")
    if not targets:
        yield Gap("targets", "没有双方签署的目标", "targets.board")
    for target in targets:
        if not target.state.is_over:
            yield Gap("targets", f"目标「{target.title}」还没有结论", "targets.board")
    mend = {
        "diagnosis": "diagnosis.findings",
        "execution": "plan.show",
        "qualitative": "aftercare.show",
        "campaigns": "guidance.campaigns",
        "segments": "data.show",
        "advice": "aftercare.advice",
        "feedback": "aftercare.show",
    }
    for key, endpoint in mend.items():
        if not found[key].blocks:
            yield Gap(key, f"{found[key].title}：{found[key].missing.removeprefix('未采集：')}", endpoint)


def _card(measured: Measured, change: Change) -> Card:
    measure = change.measure
    return Card(
        measure.title,
        figure_text(measure, change.after.figure),
        f"基线 {figure_text(measure, change.before.figure)}",
        change_text(change),
        change.verdict.title,
        "clear" if change.verdict is Verdict.CLEAR else "",
        trend_of(measured, measure),
    )


def _three(measured: Measured, targets: list[Target], found: Mapping[str, Section]) -> Points:
    """Three things done, three not done, three next; only what the records say."""
    done = [one.title for one in targets if one.state in (State.ACHIEVED, State.NEAR)]
    done += [f"{one.measure.title} {change_text(one)}" for one in measured.changes if one.verdict is Verdict.CLEAR]
    open_ = [f"{one.title}：{one.state.title}" for one in targets if one.state in (State.PARTIAL, State.MISSED)]
    open_ += [f"{one.measure.title}{one.verdict.title}" for one in measured.changes if one.verdict is Verdict.UNCERTAIN]
    table = next((block for block in found["qualitative"].blocks if block.kind == "table"), None)
    open_ += [f"{row[0]}：{row[5]}" for row in (table.rows if table else ()) if row[5] not in ("—", "无")]
    advice = next((block for block in found["advice"].blocks if block.kind == "table"), None)
    following = [row[1] for row in advice.rows] if advice else []
    columns = (("做成的", done), ("没做好的", open_), ("下一步", following))
    return Points(tuple((name, tuple(items[:LISTED]) or ("未采集",)) for name, items in columns))


def _quality(measured: Measured) -> str:
    lowest = lowest_coverage(measured)
    known = (
        f"{LIGHTS[coverage_of(*lowest[1:])]}：最低 {lowest[1]}/{lowest[2]} 天有数（{lowest[0]}）"
        if lowest
        else "没有可用的数据"
    )
    names = "、".join(dict.fromkeys(one.title for one in measured.happened))
    return f"{known}；同期发生：{names or '没有登记'}。"
