"""A report's pictures, drawn from its frozen data: the same geometry for the page and for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from siyu_saas.web import charts

UNITS = {"percent": charts.PERCENT, "yuan": charts.Unit("元", 2), "people": charts.PEOPLE, "score": charts.SCORE}


def figures_of(data: Mapping[str, Any]) -> dict[str, charts.Chart]:
    """For paper, by section and place: `compare-0`."""
    return {name: draw(picture, uid=name, width=charts.WIDE, palette=charts.PDF) for name, picture in pictures(data)}


def figures_on_pages(data: Mapping[str, Any]) -> dict[str, tuple[charts.Chart, charts.Chart]]:
    """For a desk and a phone."""
    return {
        name: tuple(draw(picture, uid=name, width=width, palette=charts.PAGE) for width in (charts.WIDE, charts.NARROW))
        for name, picture in pictures(data)
    }


def pictures(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for section in data["sections"]:
        for place, block in enumerate(section["blocks"]):
            if block["kind"] == "picture":
                yield f"{section['key']}-{place}", block


def draw(picture: Mapping[str, Any], **look) -> charts.Chart:
    return DRAWERS[picture["chart"]](picture["title"], picture["data"], look)


def _bars(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    pairs = tuple(
        charts.Pair(one["name"], one["before"], one["after"], UNITS.get(one["unit"], charts.COUNT))
        for one in data["pairs"]
    )
    return charts.bars(charts.BarsData(title, pairs, before_name="基线", after_name="服务期", indexed=True), **look)


def _line(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    windows = tuple(charts.Window(*one) for one in data["windows"])
    series = (charts.Series(title, tuple(data["values"])),)
    unit = UNITS.get(data["unit"], charts.COUNT)
    return charts.line(charts.LineData(title, tuple(data["labels"]), series, unit, windows=windows), **look)


def _funnel(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    return charts.funnel(charts.FunnelData(title, tuple(charts.Stage(*one) for one in data["stages"])), **look)


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


def _gantt(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    rows = tuple(
        charts.Row(one["key"], one["name"], date.fromisoformat(one["start"]), _day(one["end"]), one["progress"])
        for one in data["rows"]
    )
    start, today = date.fromisoformat(data["start"]), date.fromisoformat(data["today"])
    return charts.gantt(charts.GanttData(title, rows, start, data["weeks"], today), **look)


def _radar(title: str, data: Mapping[str, Any], look: dict) -> charts.Chart:
    series = tuple(charts.Series(name, tuple(values)) for name, values in data["series"])
    return charts.radar(charts.RadarData(title, tuple(data["axes"]), series), **look)


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
    "gantt": _gantt,
    "radar": _radar,
    "ranks": _ranks,
}
