"""Lines of days become counts. Source: domain C4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from siyu_saas.metrics.rules.fields import FIELDS, NOTE

from .cells import FEN, BadCell, count_of, day_of, fen_of, shown
from .presets import DAY, IN_FEN, SPLIT
from .problems import Problems

TOTALS = ("合计", "总计", "汇总", "小计", "total", "sum")
EARLIEST = date(2012, 1, 1)
NOTE_LENGTH = 400
MOST_DAYS = 4_000


@dataclass
class Days:
    """`counts` by field and day; a blank cell says nothing and is not in it, a mark for "unknown" is None."""

    counts: dict[tuple[str, date], int | str | None] = field(default_factory=dict)
    rows_of: dict[date, int] = field(default_factory=dict)
    rows: int = 0
    problems: Problems = field(default_factory=Problems)

    @property
    def days(self) -> list[date]:
        return sorted(self.rows_of)


def read_days(
    rows: Iterable[tuple[int, Sequence[str]]],
    roles: Mapping[int, str],
    names: Sequence[str],
    *,
    today: date,
    adds_rows: bool = False,
) -> Days:
    """`rows` with their numbers. With `adds_rows`, lines of one day that differ in their SPLIT column are added up."""
    by_role = {role: at for at, role in roles.items()}
    day_at, split_at = by_role[DAY], by_role.get(SPLIT)
    cells = [(at, role) for at, role in roles.items() if role not in (DAY, SPLIT)]
    found, splits = Days(), set()
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        found.rows += 1
        day = _day(row, number, day_at, names, today, found.problems)
        if day is None:
            continue
        split = _cell(row, split_at) if adds_rows and split_at is not None else ""
        if (day, split) in splits or (day in found.rows_of and not split):
            found.problems.add(number, names[day_at], f"{day:%Y-%m-%d} 重复，第 {found.rows_of[day]} 行已有这一天")
            found.problems.bad_rows += 1
            continue
        if len(found.rows_of) >= MOST_DAYS:
            found.problems.add(number, names[day_at], f"一次最多 {MOST_DAYS} 天，请分几次导入")
            break
        splits.add((day, split))
        found.rows_of.setdefault(day, number)
        _take(row, number, day, cells, names, found)
    return found


def _day(row, number: int, at: int, names, today: date, problems: Problems) -> date | None:
    text = _cell(row, at)
    if text.lower().startswith(TOTALS):
        problems.skipped["合计行"] += 1
        return None
    try:
        day = _plausible(text, today)
    except BadCell as error:
        problems.add(number, names[at], str(error))
        problems.bad_rows += 1
        return None
    return day


def _plausible(text: str, today: date) -> date:
    if not text:
        raise BadCell("没有日期")
    day = day_of(text, today)
    if day >= today:
        raise BadCell(f"「{shown(text)}」晚于昨天，只收已经过完的日子")
    if day < EARLIEST:
        raise BadCell(f"「{shown(text)}」太早，请核对年份")
    return day


def _take(row, number: int, day: date, cells, names, found: Days) -> None:
    before = found.problems.count
    for at, role in cells:
        text = _cell(row, at)
        if not text:
            continue
        try:
            value = _value(text, role)
        except BadCell as error:
            found.problems.add(number, names[at], str(error))
            continue
        key = (role.removesuffix(IN_FEN), day)
        found.counts[key] = _joined(found.counts[key], value) if key in found.counts else value
    found.problems.bad_rows += found.problems.count > before


def _value(text: str, role: str) -> int | str | None:
    if role == NOTE:
        return text[:NOTE_LENGTH]
    if not FIELDS[role.removesuffix(IN_FEN)].is_money:
        return count_of(text)
    fen = fen_of(text, per_unit=1 if role.endswith(IN_FEN) else FEN)
    if fen is not None and fen < 0:
        raise BadCell(f"「{shown(text)}」是负数，金额不能小于 0")
    return fen


def _joined(one: int | str | None, other: int | str | None) -> int | str | None:
    if isinstance(one, str) or isinstance(other, str):
        return one if one == other else f"{one or ''}；{other or ''}".strip("；")[:NOTE_LENGTH]
    return None if one is None or other is None else one + other


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""
