"""A package laid out from day 0. Source: domain E2.

Offsets and durations are calendar days: a task has a window. It begins on the window's first working day and ends on the
last one; where a rest day cut its beginning, it takes the days that nobody behind it needs. Work that is left with less
than half of its usual working days is named as `tight`.

A campaign stays on its date, rest day or not: what prepares it is brought forward instead, for instance before 国庆.
Only where that is impossible does a campaign wait for its preparation, and the layout names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .network import before_of, in_order
from .workdays import last_workday, next_workday, workdays_between

ONE_DAY = timedelta(days=1)
WORKDAYS_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of work."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Piece:
    """A task as it is laid out; `days` counts the first and the last day."""

    key: str
    offset: int
    days: int
    depends_on: tuple[str, ...] = ()
    campaign: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """`forward` were brought forward for a campaign, `moved` are campaigns that could not keep their date."""

    spans: Mapping[str, Span]
    forward: tuple[str, ...]
    moved: tuple[str, ...]
    tight: tuple[str, ...]


def lay_out(pieces: Sequence[Piece], *, day_zero: date) -> Layout:
    """Raises Circle when pieces wait for each other."""
    by_key = {piece.key: piece for piece in pieces}
    before = before_of(by_key, ((one, piece.key) for piece in pieces for one in piece.depends_on))
    order = [by_key[key] for key in in_order(before)]
    wanted = {piece.key: day_zero + timedelta(days=piece.offset) for piece in pieces}
    dates = dict(wanted)
    for campaign in (piece for piece in order if piece.campaign):
        spans = _forward(order, before, dates)
        if spans[campaign.key].starts_on > wanted[campaign.key]:
            dates |= _brought_forward(campaign, by_key, before, spans, wanted, earliest=next_workday(day_zero))
    spans = _forward(order, before, dates)
    return Layout(
        spans,
        forward=tuple(piece.key for piece in order if dates[piece.key] < wanted[piece.key]),
        moved=tuple(piece.key for piece in order if piece.campaign and spans[piece.key].starts_on != wanted[piece.key]),
        tight=tuple(
            piece.key
            for piece in order
            if not piece.campaign and _is_tight(spans[piece.key], wanted[piece.key], piece.days)
        ),
    )


def _forward(order: Sequence[Piece], before: Mapping[str, list[str]], dates: Mapping[str, date]) -> dict[str, Span]:
    needed_on = _needed_on(before, dates)
    spans: dict[str, Span] = {}
    for piece in order:
        free = max((spans[one].ends_on + ONE_DAY for one in before[piece.key]), default=date.min)
        first, length = max(dates[piece.key], free), timedelta(days=piece.days - 1)
        if piece.campaign:
            spans[piece.key] = Span(first, first + length)
            continue
        first = next_workday(first)
        room = needed_on.get(piece.key, date.max) - ONE_DAY
        last = last_workday(max(dates[piece.key] + length, min(first + length, room)))
        spans[piece.key] = Span(first, max(first, last))
    return spans


def _needed_on(before: Mapping[str, list[str]], dates: Mapping[str, date]) -> dict[str, date]:
    """The day on which the first of those behind wants to begin."""
    needed: dict[str, date] = {}
    for key, ones in before.items():
        for one in ones:
            needed[one] = min(needed.get(one, date.max), dates[key])
    return needed


def _brought_forward(
    campaign: Piece,
    pieces: Mapping[str, Piece],
    before: Mapping[str, list[str]],
    spans: Mapping[str, Span],
    wanted: Mapping[str, date],
    *,
    earliest: date,
) -> dict[str, date]:
    """First days of what prepares the campaign, so that it keeps its date; nothing when that cannot be."""
    first_days: dict[str, date] = {}
    due = dict.fromkeys(before[campaign.key], wanted[campaign.key] - ONE_DAY)
    for key in reversed(in_order(before)):
        if key not in due or spans[key].ends_on <= due[key]:
            continue
        first = last_workday(last_workday(due[key]) - timedelta(days=pieces[key].days - 1))
        if pieces[key].campaign or first < earliest:
            return {}
        first_days[key] = first
        for one in before[key]:
            due[one] = min(due.get(one, date.max), first - ONE_DAY)
    return first_days


def _is_tight(span: Span, wanted: date, days: int) -> bool:
    """Rest days within the week took more than half of what a window of this length usually has."""
    window = (wanted + timedelta(days=passed) for passed in range(days))
    usual = sum(day.weekday() < WORKDAYS_A_WEEK for day in window)
    return workdays_between(span.starts_on, span.ends_on) * 2 < usual
