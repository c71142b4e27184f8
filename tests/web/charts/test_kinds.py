"""What each kind of chart promises its reader."""

import re
from datetime import date

import pytest

from siyu_saas.web import charts


def texts(chart) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg)


def line_of(*values, **more):
    labels = tuple(f"{week} 周" for week in "甲乙丙丁戊己"[: len(values)])
    data = charts.LineData("复购率", labels, (charts.Series("复购率", values),), charts.PERCENT, **more)
    return charts.line(data, uid="u")


@pytest.mark.parametrize(
    ("draw", "data"),
    [
        (charts.line, charts.LineData("空", ("一", "二"), (charts.Series("值", (None, None)),))),
        (charts.bars, charts.BarsData("空", (charts.Pair("甲", None, None),))),
        (charts.radar, charts.RadarData("空", ("甲", "乙", "丙"), (charts.Series("值", (None,) * 3),))),
        (charts.funnel, charts.FunnelData("空", (charts.Stage("甲", None),))),
        (
            charts.waterfall,
            charts.WaterfallData("空", charts.Contribution("前", None), (), charts.Contribution("后", 3)),
        ),
        (charts.bullet, charts.BulletData("空", None)),
        (charts.sparkline, charts.SparklineData("空", (None, float("nan")))),
        (charts.sliders, charts.SlidersData("空", (charts.Slider("甲", "低", "高", None, None),))),
        (charts.gantt, charts.GanttData("空", (), date(2026, 10, 26), 6, date(2026, 11, 22))),
    ],
)
def test_without_data_a_chart_says_so_and_shows_no_number(draw, data):
    chart = draw(data, uid="u")

    assert texts(chart) == ["暂无数据"]
    assert chart.summary == "空：暂无数据"
    assert chart.table.rows == ()


def test_a_missing_week_is_a_gap_and_never_zero():
    chart = line_of(14.6, 14.5, None, 15.0, 15.1)

    assert chart.svg.count("<path") == 2
    assert chart.table.rows[2] == ("丙 周", "—")
    assert "变化 +0.5 百分点，其中 1 个时点无数据" in chart.summary


def test_a_single_point_is_a_dot():
    chart = line_of(14.6)

    assert "<path" not in chart.svg
    assert chart.svg.count("<circle") == 1


def test_a_line_may_zoom_but_keeps_the_band_and_the_target_in_view():
    chart = line_of(14.6, 15.1, band=charts.Band(18, 27), target=32)

    assert {"10%", "35%"} <= set(texts(chart))
    assert "行业 P25–P75 为 18.0% 至 27.0%；目标 32.0%" in chart.summary


def test_series_differ_by_dashes_not_only_by_colour():
    series = tuple(charts.Series(name, (1, 2, 3)) for name in "甲乙丙丁戊")

    chart = charts.line(charts.LineData("五条线", ("一", "二", "三"), series), uid="u")

    paths = re.findall(r"<path [^>]*>", chart.svg)
    assert len({re.search(r'dasharray="([^"]*)"|$', path)[1] for path in paths}) == 5


def test_an_axis_of_money_has_one_unit():
    series = charts.Series("GMV", (386_000, 527_000))

    chart = charts.line(charts.LineData("GMV", ("前", "后"), (series,), charts.YUAN), uid="u")

    assert "万元" in texts(chart)
    assert "40" in texts(chart)
    assert [row[1] for row in chart.table.rows] == ["38.6 万元", "52.7 万元"]


def test_bars_as_an_index_show_true_values_in_the_table():
    pairs = charts.Pair("好友数", 8240, 12860, charts.PEOPLE), charts.Pair("复购", 14.6, 15.1, charts.PERCENT)

    chart = charts.bars(charts.BarsData("目标", pairs, indexed=True), uid="u")

    assert {"156", "103"} <= set(texts(chart))
    assert chart.table.rows == (
        ("好友数", "8,240 人", "12,860 人", "+4,620 人"),
        ("复购", "14.6%", "15.1%", "+0.5 百分点"),
    )


@pytest.mark.parametrize("before", [None, 0, -3])
def test_an_index_needs_a_baseline_above_zero(before):
    pairs = charts.Pair("甲", before, 50), charts.Pair("乙", 10, 12)

    chart = charts.bars(charts.BarsData("目标", pairs, indexed=True), uid="u")

    assert texts(chart).count("—") == 2


def test_bars_of_different_units_are_refused_on_one_axis():
    with pytest.raises(ValueError, match="only when indexed"):
        charts.BarsData("混", (charts.Pair("甲", 1, 2, charts.PERCENT),))


def test_bars_lie_down_when_their_names_do_not_fit():
    pairs = tuple(charts.Pair(f"加好友后 14 日首单转化率 {n}", 3, 5) for n in "甲乙丙")

    wide, narrow = charts.both_widths(charts.bars, charts.BarsData("率", pairs), uid="u")

    assert "…" not in "".join(texts(wide))
    assert "…" in "".join(texts(narrow))
    assert f"<title>{pairs[0].name}</title>" in narrow.svg


def test_a_waterfall_shows_what_nobody_explained():
    steps = charts.Contribution("新增好友", 90), charts.Contribution("客单价", -20)
    data = charts.WaterfallData("GMV", charts.Contribution("前", 100), steps, charts.Contribution("后", 200))

    chart = charts.waterfall(data, uid="u")

    assert chart.table.rows == (("前", "100"), ("新增好友", "+90"), ("客单价", "-20"), ("未解释", "+30"), ("后", "200"))


def test_a_waterfall_with_an_unknown_step_does_not_make_up_a_total():
    steps = charts.Contribution("新增好友", None), charts.Contribution("客单价", -20)
    data = charts.WaterfallData("GMV", charts.Contribution("前", 100), steps, charts.Contribution("后", None))

    chart = charts.waterfall(data, uid="u")

    assert chart.table.rows[1] == ("新增好友", "—")
    assert chart.table.rows[-1] == ("后", "—")


def test_the_weakest_step_of_a_funnel_is_named_in_words():
    stages = charts.Stage("扫码", 18200), charts.Stage("加好友", 12860), charts.Stage("首单", 630)

    chart = charts.funnel(charts.FunnelData("漏斗", stages), uid="u")

    assert "最弱一步 4.9%" in texts(chart)
    assert chart.summary.endswith("最弱一步：加好友到首单")


def test_a_funnel_has_no_rate_around_a_missing_stage():
    stages = charts.Stage("扫码", 18200), charts.Stage("加好友", None), charts.Stage("首单", 630)

    chart = charts.funnel(charts.FunnelData("漏斗", stages), uid="u")

    assert "%" not in "".join(texts(chart))
    assert [row[2] for row in chart.table.rows] == ["", "—", "—"]


def test_a_radar_refuses_what_cannot_be_read():
    with pytest.raises(ValueError, match="more than 8"):
        charts.RadarData("雷达", tuple("一二三四五六七八九"), ())


def test_a_radar_leaves_a_missing_score_open():
    data = charts.RadarData("成熟度", ("引流", "数据", "复购"), (charts.Series("当前", (60, None, 30)),))

    chart = charts.radar(data, uid="u")

    assert "fill-opacity" not in chart.svg
    assert chart.table.rows[1] == ("数据", "—")


def test_a_plan_says_what_is_late_and_what_slipped():
    days = date(2026, 11, 3), date(2026, 11, 15)
    row = charts.Row("tags", "社群分层", days[0], date(2026, 11, 18), 0.7, True, days)
    plan = charts.GanttData("计划", (row,), date(2026, 10, 26), 6, date(2026, 11, 22))

    chart = charts.gantt(plan, uid="u")

    assert "逾期 · +3 天" in texts(chart)
    assert chart.table.rows == (("社群分层", "11 月 3–18 日", "70%", "逾期，比原定晚 3 天"),)


def test_an_editable_plan_can_be_reached_by_keyboard_and_a_printed_one_is_a_picture():
    row = charts.Row("a-1", "脚本", date(2026, 11, 16), date(2026, 11, 28), 0.45)
    plan = charts.GanttData("计划", (row,), date(2026, 10, 26), 6, date(2026, 11, 22))

    editable, printed = charts.gantt(plan, uid="u", editable=True), charts.gantt(plan, uid="u")

    assert 'role="slider"' in editable.svg
    assert 'data-task="a-1"' in editable.svg
    assert 'aria-valuetext="脚本，11 月 16–28 日，完成 45%，进行中"' in editable.svg
    assert 'aria-valuenow="21"' in editable.svg
    assert "tabindex" not in printed.svg
    assert 'role="img"' in printed.svg


def test_names_are_escaped_and_cut_between_whole_characters():
    name = "<script>alert('𠮷')</script>👩‍👩‍👧 一个很长很长的名称放不下"

    chart = charts.bars(charts.BarsData("名", (charts.Pair(name, 1, 2),)), uid="u", width=340)

    assert "<script" not in chart.svg
    assert "&lt;script&gt;" in chart.svg


def test_an_id_that_could_break_out_of_its_attribute_is_refused():
    with pytest.raises(ValueError, match="not usable"):
        charts.sparkline(charts.SparklineData("近况", (1, 2)), uid='a" onload="x')
