"""The sheet of a Gantt whose names stand beside it as a list: rows of one height, days of one width, bars that can be moved.

Written as plain strings rather than on a `Canvas`: sixty rows cost a millisecond, and the page has six for everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from markupsafe import Markup, escape

ROW, HEAD, DAY = 36, 34, 12  # pixels
BAR, GHOST = 16, 3
DAYS_A_WEEK = 7


class Bar(NamedTuple):
    """One row. Without `ends_on` it is a milestone's heading with a diamond at `starts_on`. `look`: classes such as late or
    critical; `agreed` and `expected` are shown where they differ. `says` is the sentence that is read aloud."""

    key: str
    name: str
    starts_on: date
    ends_on: date | None
    says: str
    look: str = ""
    share: float = 0.0
    agreed: tuple[date, date] | None = None
    expected: date | None = None


@dataclass(frozen=True)
class Board:
    svg: Markup
    width: int
    height: int
    start: date


def board(
    bars: Sequence[Bar],
    *,
    start: date,
    weeks: int,
    today: date,
    links: Iterable[tuple[str, str]] = (),
    rest_days: Iterable[date] = (),
    label: str,
    editable: bool = False,
) -> Board:
    """`start` is a Monday. `links` are pairs of keys (before, after); what is not among the bars is left out."""
    width, height = weeks * DAYS_A_WEEK * DAY, HEAD + ROW * len(bars) + 8
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart board" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="group" aria-label="{escape(label)}" data-day="{DAY}" '
            f'data-start="{start.isoformat()}">'
        )
    ]
    parts += _rest(start, weeks, rest_days, height)
    parts += _weeks(start, weeks, height)
    first = start.toordinal()
    rows = {bar.key: place for place, bar in enumerate(bars)}
    parts += _links(bars, rows, links, first)
    for place, bar in enumerate(bars):
        y = HEAD + place * ROW + ROW // 2
        parts.append(_milestone(bar, y, first) if bar.ends_on is None else _bar(bar, y, first, weeks, editable))
    parts.append(_today(today, start, weeks, height))
    parts.append("</svg>")
    return Board(Markup("".join(parts)), width, height, start)


def _x(day: date, first: int) -> int:
    return (day.toordinal() - first) * DAY


def _bar(bar: Bar, y: int, first: int, weeks: int, editable: bool) -> str:
    x, end = _x(bar.starts_on, first), _x(bar.ends_on, first) + DAY
    width, top = end - x, y - BAR // 2
    body = f'<rect class="plan-bar" x="{x}" y="{top}" width="{width}" height="{BAR}" rx="4"/>'
    if bar.share:
        body += f'<rect class="done-bar" x="{x}" y="{top}" width="{width * bar.share:.0f}" height="{BAR}" rx="4"/>'
    if bar.expected is not None and bar.expected > bar.ends_on:
        more = _x(bar.expected, first) + DAY
        body += f'<rect class="expected-bar" x="{end}" y="{top + 4}" width="{more - end}" height="{BAR - 8}"/>'
    if bar.agreed is not None:
        left, right = _x(bar.agreed[0], first), _x(bar.agreed[1], first) + DAY
        body += f'<rect class="ghost-bar" x="{left}" y="{y + 11}" width="{right - left}" height="{GHOST}" rx="1"/>'
    if not editable:
        return f'<g class="bar {bar.look}">{body}<title>{escape(bar.says)}</title></g>'
    days = bar.starts_on.toordinal() - first
    return (
        f'<g class="bar {bar.look}" tabindex="0" role="slider" aria-label="{escape(bar.name)}" aria-valuemin="0" '
        f'aria-valuemax="{weeks * DAYS_A_WEEK}" aria-valuenow="{days}" aria-valuetext="{escape(bar.says)}" '
        f'data-task="{bar.key}" data-from="{bar.starts_on.isoformat()}" data-until="{bar.ends_on.isoformat()}">'
        f"{body}</g>"
    )


def _milestone(bar: Bar, y: int, first: int) -> str:
    x = _x(bar.starts_on, first) + DAY // 2
    return (
        f'<path class="diamond {bar.look}" d="M{x} {y - 8}L{x + 8} {y}L{x} {y + 8}L{x - 8} {y}Z">'
        f"<title>{escape(bar.says)}</title></path>"
    )


def _links(bars: Sequence[Bar], rows: dict[str, int], links: Iterable[tuple[str, str]], first: int) -> list[str]:
    """From the end of what comes first, down or up, to the beginning of what comes after."""
    course, critical = [], []
    for before, after in links:
        if before not in rows or after not in rows:
            continue
        one, other = bars[rows[before]], bars[rows[after]]
        x1, x2 = _x(one.ends_on, first) + DAY, _x(other.starts_on, first)
        y1, y2 = (HEAD + rows[key] * ROW + ROW // 2 for key in (before, after))
        turn = max(x1 + 4, min(x2 - 5, x1 + 4))
        path = (
            f"M{x1} {y1}H{turn}V{y2}H{x2}"
            if x2 >= turn
            else f"M{x1} {y1}h4v{ROW // 2 if y2 > y1 else -ROW // 2}H{x2 - 5}V{y2}h5"
        )
        (critical if "critical" in one.look and "critical" in other.look else course).append(path)
    found = [f'<path class="link" d="{"".join(course)}"/>'] if course else []
    return found + ([f'<path class="link critical" d="{"".join(critical)}"/>'] if critical else [])


def _weeks(start: date, weeks: int, height: int) -> list[str]:
    return [_week(start + timedelta(weeks=week), week, height) for week in range(weeks)]


@cache
def _week(monday: date, week: int, height: int) -> str:
    x = week * DAYS_A_WEEK * DAY
    name = f"{monday.month}/{monday.day}"
    return (
        f'<path class="k-line" d="M{x} {HEAD - 30}V{height}"/>'
        f'<text class="f-ink2" x="{x + 4}" y="{HEAD - 20}" font-size="11">第 {week + 1} 周 {name}</text>'
    )


def _rest(start: date, weeks: int, rest_days: Iterable[date], height: int) -> list[str]:
    first, last = start, start + timedelta(weeks=weeks)
    course = "".join(
        f"M{_x(day, start.toordinal())} {HEAD}h{DAY}V{height}h-{DAY}Z" for day in rest_days if first <= day < last
    )
    return [f'<path class="rest" d="{course}"/>'] if course else []


def _today(today: date, start: date, weeks: int, height: int) -> str:
    if not start <= today < start + timedelta(weeks=weeks):
        return ""
    x = _x(today, start.toordinal()) + DAY // 2
    return (
        f'<path class="k-now today" d="M{x} {HEAD}V{height}"/>'
        f'<text class="f-now" x="{x}" y="{HEAD - 5}" font-size="11" font-weight="600" text-anchor="middle">今天</text>'
    )
