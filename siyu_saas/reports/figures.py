"""A report's pictures, drawn from its frozen data: the same geometry for the page and for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from siyu_saas.web import charts

RADAR_WIDTH = 380
UNITS = {"percent": charts.PERCENT, "yuan": charts.Unit("元", 2), "people": charts.PEOPLE, "score": charts.SCORE}


def figures_of(data: Mapping[str, Any]) -> dict[str, charts.Chart]:
    """For paper, by section and place: `compare-0`; the small lines of cards: `onepage-0-1`."""
    drawn = {name: draw(one, uid=name, width=_room(one), palette=charts.PDF) for name, one in pictures(data)}
    return drawn | {name: trend(card, uid=name, palette=charts.PDF) for name, card in trends(data)}


def _room(picture: Mapping[str, Any]) -> int:
    """Lines stand beside each other."""
    return charts.NARROW if picture["chart"] == "line" else charts.WIDE


def figures_on_pages(data: Mapping[str, Any]) -> dict[str, tuple[charts.Chart, charts.Chart]]:
    """For a desk and a phone."""
    return {
        name: tuple(draw(picture, uid=name, width=width, palette=charts.PAGE) for width in (charts.WIDE, charts.NARROW))
        for name, picture in pictures(data)
    } | {name: (trend(card, uid=name, palette=charts.PAGE),) for name, card in trends(data)}


def trends(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for section in data["sections"]:
        for place, block in enumerate(section["blocks"]):
            for number, card in enumerate(block["cards"] if block["kind"] == "cards" else ()):
                if card.get("trend"):
                    yield f"{section['key']}-{place}-{number}", card


def trend(card: Mapping[str, Any], **look) -> charts.Chart:
    return charts.sparkline(charts.SparklineData(f"{card['name']}，按周", tuple(card["trend"])), width=120, **look)


def pictures(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for section in data["sections"]:
        for place, block in enumerate(section["blocks"]):
            if block["kind"] == "picture":
                yield f"{section['key']}-{place}", block


def draw(picture: Mapping[str, Any], **look) -> charts.Chart:
    return DRAWERS[picture["chart"]](picture["title"], picture["data"], look)


def _bars(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    pairs = tuple(
        charts.Pair(
            one["name"],
            one["before"],
            one["after"],
            UNITS.get(one["unit"], charts.COUNT),
            after_range=tuple(one["range"]) if one.get("range") else None,
        )
        for one in data["pairs"]
    )
    return charts.bars(charts.BarsData(title, pairs, before_name="基线", after_name="服务期", indexed=True), **look)


def _line(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    windows = tuple(charts.Window(*one) for one in data["windows"])
    series = (charts.Series(data.get("name", title), tuple(data["values"])),)
    unit = UNITS.get(data["unit"], charts.COUNT)
    labels = tuple(data["labels"])
    return charts.line(charts.LineData(title, labels, series, unit, windows=windows, from_zero=True), **look)


def _funnel(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    """Reports of before there were two sides have one."""
    if any(len(one) == 2 for one in data["stages"]):
        return charts.funnel(charts.FunnelData(title, tuple(charts.Stage(*one) for one in data["stages"])), **look)
    stages = tuple(charts.TwinStage(*one) for one in data["stages"])
    return charts.twin_funnel(charts.TwinFunnelData(title, stages, unit=charts.COUNT), **look)


def _waterfall(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    start, *steps, end = (charts.Contribution(*one) for one in data["steps"])
    return charts.waterfall(charts.WaterfallData(title, start, tuple(steps), end, charts.Unit("元", 2)), **look)


def _sliders(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    sliders = tuple(charts.Slider(name, "没有", "稳定运行", before, after) for name, before, after in data["sliders"])
    return charts.sliders(charts.SlidersData(title, sliders, "期初", "期末", 100), **look)


def _bullet(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    unit = UNITS.get(data["unit"], charts.COUNT)
    bullet = charts.BulletData(title, data["now"], data["baseline"], data["target"], None, unit)
    return charts.bullet(bullet, **{**look, "width": min(look["width"], 480)})


def _degrees(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    rows = tuple(charts.Degree(one["name"], one["degree"], one["told"]) for one in data["rows"])
    return charts.degrees(charts.DegreesData(title, rows), **look)


def _gantt(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    rows = tuple(
        charts.Row(one["key"], one["name"], date.fromisoformat(one["start"]), _day(one["end"]), one["progress"])
        for one in data["rows"]
    )
    start, today = date.fromisoformat(data["start"]), date.fromisoformat(data["today"])
    return charts.gantt(charts.GanttData(title, rows, start, data["weeks"], today, "汇总日"), **look)


def _radar(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    series = tuple(charts.Series(name, tuple(values)) for name, values in data["series"])
    radar = charts.RadarData(title, tuple(data["axes"]), series)
    return charts.radar(radar, **{**look, "width": min(look["width"], RADAR_WIDTH)})


def _ranks(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    return charts.ranks(charts.RanksData(title, tuple(map(tuple, data["rows"]))), **look)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


DRAWERS: dict[str, Callable[[str, Mapping[str, Any], dict], charts.Chart]] = {
    "bars": _bars,
    "line": _line,
    "funnel": _funnel,
    "waterfall": _waterfall,
    "sliders": _sliders,
    "bullet": _bullet,
    "degrees": _degrees,
    "gantt": _gantt,
    "radar": _radar,
    "ranks": _ranks,
}
