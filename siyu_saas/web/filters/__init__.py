"""How numbers, money, times and phone numbers are written for Chinese readers; pure functions and Jinja filters."""

from siyu_saas.web.filters.amounts import parse_amount, yuan
from siyu_saas.web.filters.numbers import (
    MISSING,
    Scale,
    byte_size,
    change,
    count,
    percent,
    places,
    points,
    scale_of,
    wan,
)
from siyu_saas.web.filters.phones import phone_grouped, phone_masked
from siyu_saas.web.filters.times import day, day_range, duration_days, iso_day, moment

__all__ = [
    "MISSING",
    "Scale",
    "byte_size",
    "change",
    "count",
    "day",
    "day_range",
    "duration_days",
    "init_filters",
    "iso_day",
    "moment",
    "parse_amount",
    "percent",
    "phone_grouped",
    "phone_masked",
    "places",
    "points",
    "scale_of",
    "wan",
    "yuan",
]


def init_filters(app) -> None:
    """Register every filter; those that depend on the present take it from the clock of the application."""
    from siyu_saas.core import clock

    app.jinja_env.filters |= {
        "bytes": byte_size,
        "change": change,
        "count": count,
        "day": lambda value: day(value, today=clock.today()),
        "day_range": lambda start, end: day_range(start, end, today=clock.today()),
        "duration_days": duration_days,
        "iso_day": iso_day,
        "moment": lambda value: moment(value, now=clock.now()),
        "percent": percent,
        "phone_grouped": phone_grouped,
        "phone_masked": phone_masked,
        "places": places,
        "points": points,
        "prose": _prose,
        "wan": wan,
        "yuan": yuan,
    }


def _prose(text: str):
    from siyu_saas.web.filters.prose import prose  # few pages show Markdown: its reader is not loaded at the start

    return prose(text)
