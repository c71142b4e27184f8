"""One of each chart with the figures of a made-up tea house, for the gallery of components."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from siyu_saas.web import charts
from siyu_saas.web.charts.canvas import Chart, Table
from siyu_saas.web.charts.palette import PAGE, Palette

WEEKS = ("9/28", "10/5", "10/12", "10/19", "10/26", "11/2", "11/9", "11/16", "11/22")


@dataclass(frozen=True)
class Example:
    title: str
    wide: Chart
    narrow: Chart

    @property
    def table(self) -> Table:
        return self.wide.table


def examples(palette: Palette = PAGE) -> list[Example]:
    wide_and_narrow = (*_comparisons(), *_courses(), *_plans(), *_edges())
    large = [_example(*example, (charts.WIDE, charts.NARROW), palette) for example in wide_and_narrow]
    return large + [_example(name, draw, data, {}, widths, palette) for name, draw, data, widths in _small()]


def _example(
    name: str, draw: Callable[..., Chart], data, options: dict, widths: tuple[int, int], palette: Palette
) -> Example:
    wide, narrow = (draw(data, uid=f"example-{name}", width=width, palette=palette, **options) for width in widths)
    return Example(data.title, wide, narrow)


def _comparisons() -> Iterator[tuple]:
    goals = (
        charts.Pair("好友数", 8240, 12860, charts.PEOPLE),
        charts.Pair("活跃率", 9.2, 11.4, charts.PERCENT),
        charts.Pair("首单", 3.1, 4.9, charts.PERCENT),
        charts.Pair("复购", 14.6, 15.1, charts.PERCENT),
        charts.Pair("GMV", 386000, 527000, charts.YUAN),
    )
    yield "index", charts.bars, charts.BarsData("五项目标，指数化（辅导前 = 100）", goals, indexed=True), {}
    rates = (
        charts.Pair("企微好友 7 日活跃率", 9.2, 11.4, before_range=(8.6, 9.8), after_range=(10.7, 12.1)),
        charts.Pair("加好友后 14 日首单转化率", 3.1, 4.9, before_range=(2.7, 3.5), after_range=(4.4, 5.4)),
        charts.Pair("90 日复购率", 14.6, 15.1, before_range=(13.4, 15.8), after_range=(14.0, 16.2)),
        charts.Pair("社群退群率", None, 2.3),
    )
    yield "rates", charts.bars, charts.BarsData("转化与复购，含误差区间", rates, unit=charts.PERCENT), {}
    gained = (
        charts.Contribution("新增好友", 96000),
        charts.Contribution("首单转化", 74000),
        charts.Contribution("复购", 12000),
        charts.Contribution("客单价", -41000),
    )
    ends = charts.Contribution("辅导前", 386000), charts.Contribution("近 4 周", 527000)
    sales = charts.WaterfallData("私域月 GMV 从哪里来", ends[0], gained, ends[1], charts.YUAN)
    yield "waterfall", charts.waterfall, sales, {}
    axes = ("引流", "数据", "复购", "转化", "内容", "社群")
    scores = charts.Series("当前", (78, 60, 34, 66, 62, 58)), charts.Series("诊断", (60, 44, 30, 48, 56, 42))
    yield "radar", charts.radar, charts.RadarData("成熟度", axes, scores), {}
    sides = (
        charts.Slider("沟通语气", "官方通知", "像朋友", 3, 7),
        charts.Slider("内容来源", "转发为主", "原创为主", 2, 6),
        charts.Slider("服务节奏", "有问才答", "主动关怀", 4, 8),
        charts.Slider("数据习惯", "凭感觉", "每周看数", 5, None),
    )
    parts = ("一般发展", 11), ("重要保持", 10), ("一般挽留", 10), ("重要挽留", 4), ("重要价值", 4), ("一般价值", 0)
    yield "ranks", charts.ranks, charts.RanksData("顾客按八段", parts), {}
    aims = charts.Degree("企微转化率", 103.8, "103.8% 已达成"), charts.Degree("首单转化率", None, "— 缺数据")
    yield "degrees", charts.degrees, charts.DegreesData("目标达成", aims), {}
    yield "sliders", charts.sliders, charts.SlidersData("四维前后对比", sides), {}


def _courses() -> Iterator[tuple]:
    repurchase = charts.Series("90 日复购率", (14.6, 14.5, 14.7, 14.6, 14.6, 14.4, 14.7, 15.0, 15.1))
    yield (
        "trend",
        charts.line,
        charts.LineData(
            "90 日复购率",
            WEEKS,
            (repurchase,),
            charts.PERCENT,
            band=charts.Band(18, 27),
            target=24,
            marks=(charts.Mark(4, "陪跑开始"),),
        ),
        {},
    )
    sales = charts.Series("私域 GMV", (386000, 391000, None, 402000, 418000, None, None, 505000, 527000))
    last_year = charts.Series("去年同期", (310000, 322000, 318000, 330000, 341000, 352000, 498000, 361000, 355000))
    windows = charts.Window(0, 3, "辅导前"), charts.Window(5, 8, "近 4 周")
    yield (
        "gaps",
        charts.line,
        charts.LineData("私域月 GMV，缺两段数据", WEEKS, (sales, last_year), charts.YUAN, windows=windows),
        {},
    )
    stages = ("扫码", 18200), ("加好友", 12860), ("入群", 7420), ("首单", 630), ("复购", 95)
    twins = ("包裹卡发出", 38752, 38754), ("加好友", 1566, 4508), ("首单", 84, None)
    twin_data = charts.TwinFunnelData("前后漏斗", tuple(charts.TwinStage(*stage) for stage in twins))
    yield "twin-funnel", charts.twin_funnel, twin_data, {}
    yield "funnel", charts.funnel, charts.FunnelData("本月漏斗", tuple(charts.Stage(*stage) for stage in stages)), {}


def _plans() -> Iterator[tuple]:
    rows = (
        charts.Row("touch", "引流触点铺设", date(2026, 10, 26), date(2026, 11, 7), 1.0),
        charts.Row("sop", "SOP 首版签收", date(2026, 11, 8), progress=1.0),
        charts.Row(
            "tags",
            "社群分层与标签",
            date(2026, 11, 3),
            date(2026, 11, 18),
            0.7,
            True,
            (date(2026, 11, 3), date(2026, 11, 15)),
        ),
        charts.Row("script", "会员日活动脚本", date(2026, 11, 16), date(2026, 11, 28), 0.45),
        charts.Row("day", "首场会员日", date(2026, 11, 28)),
        charts.Row("flow", "复购链路自动化", date(2026, 11, 24), date(2026, 12, 6)),
    )
    plan = charts.GanttData("本阶段计划", rows, date(2026, 10, 26), 6, date(2026, 11, 22))
    yield "gantt", charts.gantt, plan, {"editable": True}


def _small() -> Iterator[tuple]:
    friends = charts.BulletData("企微好友数", 12860, 8240, 18000, (12000, 20000), charts.PEOPLE)
    yield "bullet", charts.bullet, friends, (340, 240)
    weeks = charts.SparklineData("近 5 周好友数", (8240, 8900, 10100, 11500, 12860), charts.PEOPLE)
    yield "sparkline", charts.sparkline, weeks, (120, 88)


def _edges() -> Iterator[tuple]:
    yield "empty", charts.line, charts.LineData("还没有导入数据", (), ()), {}
    name = "𠮷祥茶铺 🍵 的一个长得放不下的活动名称 <script>alert(1)</script>"
    pairs = charts.Pair(name, -12, 30), charts.Pair("持平", 0, 0), charts.Pair("缺数据", None, None)
    yield "edge", charts.bars, charts.BarsData("负数、零、缺失与过长的名称", pairs), {}
