"""Whatever finite numbers and names arrive, nothing is drawn outside the picture and nothing is invented."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from siyu_saas.web import charts
from siyu_saas.web.charts.canvas import Chart

amounts = st.none() | st.floats() | st.integers(-(10**18), 10**18) | st.decimals(places=2)
names = st.text(max_size=30)
widths = st.sampled_from([640, 340])
units = st.sampled_from([charts.COUNT, charts.PEOPLE, charts.YUAN, charts.PERCENT])
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
counts = st.none() | st.integers(-5, 10**12)
quick = settings(max_examples=60, deadline=None)

SVG = "http://www.w3.org/2000/svg"
POSITIONS = {"x": 0, "x1": 0, "x2": 0, "cx": 0, "y": 1, "y1": 1, "y2": 1, "cy": 1}


def test_the_check_itself_notices_a_mark_outside():
    svg = '<svg viewBox="0 0 10 10"><line x1="1" y1="2" x2="11" y2="2"/></svg>'

    assert strays(ElementTree.fromstring(svg)) == [("line", 11.0)]


@quick
@given(st.data(), units, widths)
def test_lines(data, unit, width):
    labels = tuple(data.draw(st.lists(names, max_size=12)))
    values = st.tuples(*[amounts] * len(labels))
    series = tuple(charts.Series(name, data.draw(values)) for name in data.draw(st.lists(names, max_size=3)))
    numbers = st.floats(allow_nan=False, allow_infinity=False)
    band = data.draw(st.none() | st.builds(charts.Band, numbers, numbers))
    marks = data.draw(st.lists(st.builds(charts.Mark, st.integers(-2, 20), names), max_size=3))
    windows = data.draw(st.lists(st.builds(charts.Window, st.integers(0, 9), st.integers(0, 9), names), max_size=2))
    plot = charts.LineData("线", labels, series, unit, band, data.draw(amounts), tuple(marks), tuple(windows))

    check(charts.line(plot, uid="u", width=width))


@quick
@given(
    st.lists(st.builds(charts.Pair, names, amounts, amounts, after_range=st.none() | st.tuples(amounts, amounts))),
    units,
    st.booleans(),
    widths,
)
def test_bars(pairs, unit, indexed, width):
    check(charts.bars(charts.BarsData("柱", tuple(pairs), unit, indexed=indexed), uid="u", width=width))


contributions = st.builds(charts.Contribution, names, amounts)


@quick
@given(contributions, st.lists(contributions, max_size=9).map(tuple), contributions, units, widths)
def test_waterfalls(start, steps, end, unit, width):
    check(charts.waterfall(charts.WaterfallData("瀑布", start, steps, end, unit), uid="u", width=width))


@quick
@given(st.data(), widths)
def test_radars(data, width):
    axes = tuple(data.draw(st.lists(names, max_size=8)))
    values = st.tuples(*[amounts] * len(axes))
    series = tuple(charts.Series(name, data.draw(values)) for name in data.draw(st.lists(names, max_size=2)))

    check(charts.radar(charts.RadarData("雷达", axes, series), uid="u", width=width))


@quick
@given(st.lists(st.builds(charts.Stage, names, counts), max_size=8), widths)
def test_funnels(stages, width):
    check(charts.funnel(charts.FunnelData("漏斗", tuple(stages)), uid="u", width=width))


@quick
@given(amounts, amounts, amounts, st.none() | st.tuples(amounts, amounts), units)
def test_bullets(now, baseline, target, band, unit):
    check(charts.bullet(charts.BulletData("目标", now, baseline, target, band, unit), uid="u"))


@quick
@given(st.lists(amounts, max_size=12), units)
def test_sparklines(values, unit):
    check(charts.sparkline(charts.SparklineData("近况", tuple(values), unit), uid="u"))


@quick
@given(st.lists(st.tuples(names, st.integers(-5, 10**12)), max_size=9).map(tuple), widths)
def test_ranks(rows, width):
    check(charts.ranks(charts.RanksData("分段", rows), uid="u", width=width))


@quick
@given(st.lists(st.builds(charts.Degree, names, amounts, names), max_size=9).map(tuple), widths)
def test_degrees(rows, width):
    check(charts.degrees(charts.DegreesData("目标", rows), uid="u", width=width))


@quick
@given(st.lists(st.builds(charts.TwinStage, names, counts, counts), max_size=8).map(tuple), widths)
def test_twin_funnels(stages, width):
    check(charts.twin_funnel(charts.TwinFunnelData("漏斗", stages), uid="u", width=width))


@quick
@given(st.lists(st.builds(charts.Slider, names, names, names, amounts, amounts), max_size=5), widths)
def test_sliders(rows, width):
    check(charts.sliders(charts.SlidersData("四维", tuple(rows)), uid="u", width=width))


@quick
@given(st.data(), days, days, st.integers(0, 60), widths, st.booleans())
def test_gantts(data, start, today, weeks, width, editable):
    rows = []
    for name in data.draw(st.lists(names, max_size=6)):
        begin, length = data.draw(days), timedelta(days=data.draw(st.integers(0, 90)))
        end = data.draw(st.sampled_from([None, begin + length]))
        agreed = data.draw(st.none() | st.just((begin, begin + length / 2)))
        late, progress = data.draw(st.booleans()), data.draw(st.floats(-1, 2))
        rows.append(charts.Row("task-1", name, begin, end, progress, late, agreed))
    plan = charts.GanttData("计划", tuple(rows), start, weeks, today)

    check(charts.gantt(plan, uid="u", width=width, editable=editable))


def check(chart: Chart) -> None:
    root = ElementTree.fromstring(chart.svg)

    assert strays(root) == []
    assert all(re.fullmatch(r"[MLZ\d. -]+", path.get("d")) for path in root.iter(f"{{{SVG}}}path"))
    assert all(len(row) == len(chart.table.head) for row in chart.table.rows)


def strays(root: ElementTree.Element) -> list[tuple[str, float]]:
    """Coordinates outside the viewBox, with half a pixel of grace for rounding."""
    edges = tuple(float(edge) for edge in root.get("viewBox").split()[2:])
    return [
        (element.tag, value)
        for element in root.iter()
        for value, side in coordinates(element)
        if not -0.5 <= value <= edges[side] + 0.5
    ]


def coordinates(element: ElementTree.Element) -> list[tuple[float, int]]:
    """Each coordinate of an element with 0 for a horizontal and 1 for a vertical one."""
    found = [(float(element.get(name)), side) for name, side in POSITIONS.items() if element.get(name)]
    for name, length, side in (("x", "width", 0), ("y", "height", 1)):
        if element.get(name) and element.get(length):
            found.append((float(element.get(name)) + float(element.get(length)), side))
    numbers = re.findall(r"-?[\d.]+", element.get("d") or "")
    return found + [(float(number), place % 2) for place, number in enumerate(numbers)]
