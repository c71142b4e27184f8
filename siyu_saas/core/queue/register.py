"""Which functions are jobs, what a person calls them, and which of them run by the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..clock import SHANGHAI

ATTEMPTS = 5


@dataclass(frozen=True)
class Handler:
    """`attempts`: how often it is tried in all while something outside does not answer, each pause twice the one before."""

    kind: str
    title: str
    run: Callable[..., dict | None]
    attempts: int


@dataclass(frozen=True)
class Schedule:
    name: str
    handler: Handler
    period: timedelta

    def slot(self, moment: datetime) -> datetime:
        """The latest due moment at or before `moment`; days begin in Shanghai."""
        midnight = datetime(2020, 1, 1, tzinfo=SHANGHAI)
        return (midnight + (moment - midnight) // self.period * self.period).astimezone(UTC)


handlers: dict[str, Handler] = {}
schedules: dict[str, Schedule] = {}


def job(kind: str, title: str, *, attempts: int = ATTEMPTS):
    """Names a function as a job. It gets JSON arguments, may return a JSON object, and must be safe to run twice."""

    def register(run: Callable[..., dict | None]):
        handlers[kind] = Handler(kind, title, run, attempts)
        run.kind = kind
        return run

    return register


def every(period: timedelta):
    """Below `@job`: runs the job once in each period, without a tenant."""

    def register(run: Callable[..., dict | None]):
        schedules[run.kind] = Schedule(run.kind, handlers[run.kind], period)
        return run

    return register
