"""Charts as SVG text from plain data: one geometry for the page and the PDF, a palette for each.

Every function takes its data, a `uid` that is unique in the document, a `width` and a `palette`, and returns a `Chart`
with the picture, the same data as a table, and a summary in words.
"""

from collections.abc import Callable

from siyu_saas.web.charts.bars import BarsData, Pair, bars
from siyu_saas.web.charts.bullet import BulletData, bullet
from siyu_saas.web.charts.canvas import Chart, Table
from siyu_saas.web.charts.degrees import Degree, DegreesData, degrees
from siyu_saas.web.charts.funnel import FunnelData, Stage, funnel
from siyu_saas.web.charts.gantt import GanttData, Row, gantt, monday_of
from siyu_saas.web.charts.line import Band, LineData, Mark, Series, Window, line
from siyu_saas.web.charts.palette import COLOURS, PAGE, PDF, Palette
from siyu_saas.web.charts.radar import RadarData, radar
from siyu_saas.web.charts.ranks import RanksData, ranks
from siyu_saas.web.charts.sliders import Slider, SlidersData, sliders
from siyu_saas.web.charts.sparkline import SparklineData, sparkline
from siyu_saas.web.charts.twin_funnel import TwinFunnelData, TwinStage, twin_funnel
from siyu_saas.web.charts.units import COUNT, PEOPLE, PERCENT, SCORE, YUAN, Unit
from siyu_saas.web.charts.waterfall import Contribution, WaterfallData, waterfall

__all__ = [
    "COLOURS",
    "COUNT",
    "NARROW",
    "PAGE",
    "PDF",
    "PEOPLE",
    "PERCENT",
    "SCORE",
    "WIDE",
    "YUAN",
    "Band",
    "BarsData",
    "BulletData",
    "Chart",
    "Contribution",
    "Degree",
    "DegreesData",
    "FunnelData",
    "GanttData",
    "LineData",
    "Mark",
    "Pair",
    "Palette",
    "RadarData",
    "RanksData",
    "Row",
    "Series",
    "Slider",
    "SlidersData",
    "SparklineData",
    "Stage",
    "Table",
    "TwinFunnelData",
    "TwinStage",
    "Unit",
    "WaterfallData",
    "Window",
    "bars",
    "both_widths",
    "bullet",
    "degrees",
    "funnel",
    "gantt",
    "line",
    "monday_of",
    "radar",
    "ranks",
    "sliders",
    "sparkline",
    "twin_funnel",
    "waterfall",
]

WIDE, NARROW = 640, 340


def both_widths(draw: Callable[..., Chart], data, *, uid: str, **options) -> tuple[Chart, Chart]:
    """The same chart for a desk and for a phone; a picture that is only scaled would have unreadable letters."""
    return draw(data, uid=uid, width=WIDE, **options), draw(data, uid=uid, width=NARROW, **options)
