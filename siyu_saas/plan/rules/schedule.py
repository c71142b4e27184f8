"""When things will be done: forward from what really happened, backward for the slack, and what a change pushes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .layout import ONE_DAY, Span
from .network import before_of, in_order
from .workdays import last_workday, next_workday, workday_after, workdays_between


@dataclass(frozen=True, slots=True)
class Work:
    """A task as planned, and how far it is. When it moves it keeps its working days, a campaign its calendar days."""

    key: Hashable
    starts_on: date
    ends_on: date
    campaign: bool = False
    started_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """`slack`: calendar days that a task may still slip without moving the end; done work has none to speak of."""

    spans: Mapping[Hashable, Span]
    slack: Mapping[Hashable, int]
    ends_on: date | None

    def is_critical(self, key: Hashable) -> bool:
        return self.slack.get(key) == 0


def forecast(works: Sequence[Work], links: Iterable[tuple], *, today: date) -> Forecast:
    """Where everything ends if it goes on as planned from here. Nothing that has not begun begins before today."""
    before = before_of((work.key for work in works), links)
    order = in_order(before)
    spans = _spans({work.key: work for work in works}, before, order, floor=today)
    ends_on = max((span.ends_on for span in spans.values()), default=None)
    open_keys = {work.key for work in works if work.done_on is None}
    return Forecast(spans, _slack(spans, before, order, open_keys, ends_on), ends_on)


def pushed(works: Sequence[Work], links: Iterable[tuple], moved: Mapping[Hashable, Span]) -> dict[Hashable, Span]:
    """The planned spans that differ once `moved` is accepted: those themselves, and what stands behind them.

    Nothing is pulled: what could begin earlier keeps its date. Raises Circle.
    """
    now = [_with_span(work, moved[work.key]) if work.key in moved else work for work in works]
    before = before_of((work.key for work in works), links)
    spans = _spans({work.key: work for work in now}, before, in_order(before), floor=date.min, as_planned=True)
    was = {work.key: Span(work.starts_on, work.ends_on) for work in works}
    return {key: span for key, span in spans.items() if span != was[key]}


def moved_to(day: date, work: Work) -> Span:
    """The same work, if it may begin on `day`."""
    if work.campaign:
        return Span(day, day + (work.ends_on - work.starts_on))
    first = next_workday(day)
    return Span(first, workday_after(first, max(workdays_between(work.starts_on, work.ends_on), 1) - 1))


def settled(span: Span, work: Work) -> Span:
    """Where a bar that somebody dropped comes to lie: one that kept its length keeps its working days, another one begins
    and ends on working days; a campaign stays where it was put."""
    if work.campaign:
        return span
    if span.ends_on - span.starts_on == work.ends_on - work.starts_on:
        return moved_to(span.starts_on, work)
    first = next_workday(span.starts_on)
    return Span(first, max(first, next_workday(span.ends_on)))


def _with_span(work: Work, span: Span) -> Work:
    return replace(work, starts_on=span.starts_on, ends_on=span.ends_on)


def _spans(
    works: Mapping[Hashable, Work],
    before: Mapping[Hashable, list],
    order: Iterable[Hashable],
    *,
    floor: date,
    as_planned: bool = False,
) -> dict[Hashable, Span]:
    """`as_planned` keeps the agreed dates of what nothing pushes, however they lie; work that began is never pushed."""
    spans: dict[Hashable, Span] = {}
    for key in order:
        work = works[key]
        if work.started_on or work.done_on:
            spans[key] = Span(work.starts_on, work.ends_on) if as_planned else _under_way(work, floor)
            continue
        first = max(work.starts_on, floor)
        for one in before[key]:
            free = spans[one].ends_on + ONE_DAY
            if free > first:
                first = free
        if first == work.starts_on:
            spans[key] = Span(first, work.ends_on)
        else:
            spans[key] = moved_to(first, work)
    return spans


def _under_way(work: Work, today: date) -> Span:
    """A finished task as it was; a begun one takes its planned length, and as long as it takes after that."""
    if work.done_on is not None:
        return Span(min(work.started_on or work.starts_on, work.done_on), work.done_on)
    return Span(work.started_on, max(moved_to(work.started_on, work).ends_on, today))


def _slack(
    spans: Mapping[Hashable, Span],
    before: Mapping[Hashable, list],
    order: Sequence[Hashable],
    open_keys: set,
    ends_on: date | None,
) -> dict[Hashable, int]:
    latest: dict[Hashable, date] = {}
    slack: dict[Hashable, int] = {}
    for key in reversed(order):
        if key not in open_keys:
            continue
        span = spans[key]
        end = latest.get(key, ends_on)
        slack[key] = max((end - span.ends_on).days, 0)
        must_begin = end - (span.ends_on - span.starts_on)
        before_that = last_workday(must_begin - ONE_DAY)
        for one in before[key]:
            if one not in latest or before_that < latest[one]:
                latest[one] = before_that
    return slack
