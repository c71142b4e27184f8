"""Customers scored by recency, frequency and money, put into segments and layers. Source: domain C2, calc_rfm.

Only people with a paid order in the 365 days up to the as-of date are scored. T is the mean interval between orders,
A the average order value per buyer and day. A dimension is high when it is strictly above the mean of everybody; with
fewer than 30 customers a fixed line decides instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from siyu_saas.web.filters.numbers import rounded as written

WINDOW_DAYS = 365
FEW_CUSTOMERS = 30
FIXED_HIGH = 4
FRESH_RECENCY = 4

Scores = tuple[int, int, int]


class Segment(StrEnum):
    """Named by high or low recency, frequency and money."""

    HHH = "HHH"
    HLH = "HLH"
    LHH = "LHH"
    LLH = "LLH"
    HHL = "HHL"
    HLL = "HLL"
    LHL = "LHL"
    LLL = "LLL"

    @property
    def title(self) -> str:
        return SEGMENTS[self][0]

    @property
    def action(self) -> str:
        return SEGMENTS[self][1]


SEGMENTS = {
    Segment.HHH: ("重要价值", "拉进 VIP 周边群，新品先看、专人服务，请他们分享晒单"),
    Segment.HLH: ("重要发展", "标为 VIP 候选，用搭配推荐和会员权益促成下一单"),
    Segment.LHH: ("重要保持", "老客专属活动请回来，问清最近没买的原因"),
    Segment.LLH: ("重要挽留", "召回任务：一对一回访，给大额限时券"),
    Segment.HHL: ("一般价值", "凑单、加价购，提高每单金额"),
    Segment.HLL: ("一般发展", "新人券跟进第二单，拉进福利群"),
    Segment.LHL: ("一般保持", "按节奏发活动，放进秒杀群"),
    Segment.LLL: ("一般挽留", "召回任务：节点活动群发一次，不反应就不再打扰"),
}


class Layer(StrEnum):
    FRESH = "fresh"
    LOYAL = "loyal"
    USUAL = "usual"

    @property
    def title(self) -> str:
        return LAYER_TITLES[self]


LAYER_TITLES = {Layer.FRESH: "潜客与新客层", Layer.USUAL: "一般老客层", Layer.LOYAL: "忠诚老客层"}


@dataclass(frozen=True)
class Cuts:
    """T in days and A in fen, exact. The limits are whole numbers, so that a database can compare them."""

    interval_days: Fraction
    order_fen: Fraction

    @property
    def recency(self) -> tuple[int, int, int, int]:
        """The most days since the last order for 5, 4, 3 and 2 points."""
        return tuple(int(self.interval_days * times) for times in (Fraction(1, 2), 1, 2, 3))

    @property
    def money(self) -> tuple[int, int, int, int]:
        """The least fen for 2, 3, 4 and 5 points."""
        return tuple(-(-(self.order_fen * times) // 1) for times in (1, 2, 4, 8))


FREQUENCY = (2, 3, 4, 6)  # the least orders for 2, 3, 4 and 5 points


def scores_of(days: int, orders: int, fen: int, cuts: Cuts) -> Scores:
    recency = next((5 - at for at, most in enumerate(cuts.recency) if days <= most), 1)
    return recency, 1 + sum(orders >= least for least in FREQUENCY), 1 + sum(fen >= least for least in cuts.money)


@dataclass(frozen=True)
class Lines:
    """A score above its line is high. `fixed`: too few customers for a mean."""

    means: tuple[Fraction, Fraction, Fraction]
    fixed: bool

    def segment(self, scores: Scores) -> Segment:
        if self.fixed:
            return Segment("".join("H" if score >= FIXED_HIGH else "L" for score in scores))
        return Segment("".join("H" if score > mean else "L" for score, mean in zip(scores, self.means, strict=True)))


def layer_of(scores: Scores, segment: Segment) -> Layer:
    """One order, and that lately: a new customer. Whoever has no order at all is in no file, and a prospect."""
    recency, frequency, _money = scores
    if frequency == 1 and recency >= FRESH_RECENCY:
        return Layer.FRESH
    return Layer.LOYAL if segment in (Segment.HHH, Segment.LHH) else Layer.USUAL


def lines_of(cells: Mapping[Scores, int], *, few: int = FEW_CUSTOMERS) -> Lines:
    """`cells`: how many customers have these scores. Raises ZeroDivisionError when there is nobody."""
    people = sum(cells.values())
    totals = [sum(scores[at] * count for scores, count in cells.items()) for at in range(3)]
    return Lines(tuple(Fraction(total, people) for total in totals), people < few)


@dataclass(frozen=True, slots=True)
class Cell:
    scores: Scores
    customers: int
    fen: int


@dataclass(frozen=True, slots=True)
class Size:
    customers: int
    fen: int


@dataclass(frozen=True)
class Portrait:
    """The whole of an engagement's customers on one day."""

    asof: date
    cuts: Cuts
    lines: Lines
    segments: Mapping[Segment, Size]
    layers: Mapping[Layer, Size]
    customers: int
    fen: int


def portrait(cells: Iterable[Cell], cuts: Cuts, asof: date) -> Portrait:
    """`cells`: customers counted by their scores. Raises ZeroDivisionError when there is nobody."""
    cells = list(cells)
    lines = lines_of(_people(cells))
    segments = {
        segment: _size(cells, lambda cell, one=segment: lines.segment(cell.scores) is one) for segment in Segment
    }
    layers = {
        layer: _size(cells, lambda cell, one=layer: layer_of(cell.scores, lines.segment(cell.scores)) is one)
        for layer in LAYER_TITLES
    }
    whole = _size(cells, lambda _cell: True)
    return Portrait(asof, cuts, lines, segments, layers, whole.customers, whole.fen)


def told(shown: Portrait) -> list[tuple[str, str]]:
    """What is kept of a portrait, as pairs of name and text."""
    people = [(one.title, shown.segments[one]) for one in Segment]
    people += [(title, shown.layers[layer]) for layer, title in LAYER_TITLES.items()]
    return [
        ("顾客", f"{shown.customers:,} 位"),
        ("平均复购间隔", f"{written(shown.cuts.interval_days, 1)} 天"),
        ("客单价", f"{written(shown.cuts.order_fen / 100, 2)} 元"),
        ("均分", means_text(shown.lines)),
        *((title, f"{size.customers:,} 人") for title, size in people),
    ]


def means_text(lines: Lines) -> str:
    return "、".join(f"{name} {written(mean, 3)}" for name, mean in zip("RFM", lines.means, strict=True))


def window_of(asof: date) -> tuple[date, date]:
    return asof - timedelta(WINDOW_DAYS - 1), asof


def _people(cells: list[Cell]) -> Counter[Scores]:
    people: Counter[Scores] = Counter()
    for cell in cells:
        people[cell.scores] += cell.customers
    return people


def _size(cells: list[Cell], belongs) -> Size:
    chosen = [cell for cell in cells if belongs(cell)]
    return Size(sum(cell.customers for cell in chosen), sum(cell.fen for cell in chosen))
