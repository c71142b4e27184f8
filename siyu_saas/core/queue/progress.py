"""How far a running job is. Kept in Redis only: losing it costs a number on a page, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar

_report: ContextVar[Callable[[int, int], None] | None] = ContextVar("report", default=None)


def progress(done: int, total: int) -> None:
    """Called by a job with steps done and steps in all. Outside a job it does nothing."""
    report = _report.get()
    if report is not None:
        report(done, total)


@contextmanager
def reporting_to(report: Callable[[int, int], None]):
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)
