"""A week typed by hand: seven days of a few fields, in a minute."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .fields import FIELDS, NOTE, SHEET_FIELDS
from .reading.cells import BadCell, count_of, fen_of
from .reading.days import NOTE_LENGTH

DAYS = 7
USUAL = (
    "wecom_new_parcel",
    "wecom_new_other",
    "group_new",
    "group_quit",
    "group_active",
    "group_buyers",
    "group_gmv",
)
MOST_IN_SIGHT = 8
DAY_NAMES = ("一", "二", "三", "四", "五", "六", "日")


@dataclass
class Typed:
    """`counts`: what differs from before; `errors` by the cell's name; `cells` as they were typed."""

    counts: dict[tuple[str, date], int | str | None] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)


def monday_of(day: date) -> date:
    return day - timedelta(day.weekday())


def week_from(monday: date) -> list[date]:
    return [monday + timedelta(days) for days in range(DAYS)]


def cell_name(key: str, day: date) -> str:
    return f"{key}-{day:%m%d}"


def in_sight(known: Collection[str]) -> tuple[list[str], list[str]]:
    """The fields that are asked for at once, and the others: those that were counted lately, else the usual ones."""
    first = [key for key in SHEET_FIELDS if key in known][:MOST_IN_SIGHT] or list(USUAL)
    return first, [key for key in SHEET_FIELDS if key not in first]


def read_week(
    form: Mapping[str, str],
    days: Sequence[date],
    before: Mapping[str, Mapping[date, int | None]],
    notes: Mapping[date, str],
) -> Typed:
    """An empty cell says nothing where nothing was known; where a number stood it says that it is unknown."""
    typed = Typed()
    for day in days:
        for key in (*SHEET_FIELDS, NOTE):
            name = cell_name(key, day)
            if name not in form:
                continue
            text = typed.cells[name] = form[name].strip()
            stood = notes.get(day) if key == NOTE else before[key].get(day)
            try:
                value = _value(key, text)
            except BadCell as error:
                typed.errors[name] = f"{day:%m-%d} {FIELDS[key].title}：{error}"
                continue
            if value != stood:
                typed.counts[key, day] = value
    return typed


def shown(key: str, value: int | None) -> str:
    """A stored value as somebody would type it."""
    if value is None:
        return ""
    if not FIELDS[key].is_money:
        return str(value)
    return f"{value // 100}.{value % 100:02}" if value % 100 else str(value // 100)


def _value(key: str, text: str) -> int | str | None:
    if not text:
        return None
    if key == NOTE:
        return text[:NOTE_LENGTH]
    if not FIELDS[key].is_money:
        return count_of(text)
    fen = fen_of(text)
    if fen is not None and fen < 0:
        raise BadCell("金额不能小于 0")
    return fen
