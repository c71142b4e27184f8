"""One cell: a day, a count, an amount, as people and programs of all kinds write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN = 100
LARGEST = 10**15
LARGEST_DIGITS = 17
SERIAL_ZERO = date(1899, 12, 30)  # day 0 of spreadsheet serial numbers, with Lotus's leap day of 1900 taken care of
SERIALS = range(20_000, 80_000)  # 1954 to 2119
SERIAL_DIGITS = 5
UNKNOWN = frozenset(
    {"-", "--", "—", "——", "/", "\\", "无", "空", "暂无", "未统计", "null", "none", "nan", "n/a", "#n/a"}
)
SCALES = {"千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}

_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_MD = re.compile(r"(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*日?(?!\d)")
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d*)(\.\d+)?(?:e([+-]?\d{1,3}))?([千万亿kw]?)", re.ASCII)
_AROUND = re.compile(r"^[¥￥$]|(?:人民币|rmb|cny)|[人件个条单次元位名群份]+$", re.IGNORECASE)
_DAY_OF_WEEK = re.compile(r"[（(]?(?:周|星期)[一二三四五六日天][)）]?")


class BadCell(ValueError):
    """`str()` says what is wrong with it, in Chinese."""


def plain(text: str) -> str:
    """Full-width digits and signs as usual ones, without white space around and inside of numbers' edges."""
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def is_unknown(text: str) -> bool:
    return text.lower() in UNKNOWN


def day_of(text: str, today: date) -> date:
    """The calendar day; a time behind it is left out. A day without a year is the latest one that is not after today.

    Raises BadCell.
    """
    cell = _DAY_OF_WEEK.sub("", plain(text)).strip()
    found = _YMD.match(cell) or _COMPACT.match(cell)
    if found:
        return _real_day(text, *map(int, found.groups()))
    serial = cell.partition(".")[0]
    if cell.replace(".0", "").isdecimal() and len(serial) == SERIAL_DIGITS and int(serial) in SERIALS:
        return SERIAL_ZERO + timedelta(int(serial))
    found = _MD.fullmatch(cell)
    if found:
        month, day = map(int, found.groups())
        this_year = _real_day(text, today.year, month, day)
        return this_year if this_year <= today else _real_day(text, today.year - 1, month, day)
    raise BadCell(f"「{shown(text)}」不是日期，请写成 2026-04-06 这样")


def count_of(text: str) -> int | None:
    """A whole number that is not negative; None for a mark that says "unknown". Raises BadCell."""
    if text.isascii() and text.isdecimal():
        return _within(text, _whole(text))
    cell = plain(text)
    if is_unknown(cell):
        return None
    number = _number(text, cell)
    if number < 0:
        raise BadCell(f"「{shown(text)}」是负数，数量不能小于 0")
    if number != number.to_integral_value():
        raise BadCell(f"「{shown(text)}」不是整数")
    return _within(text, int(number))


def fen_of(text: str, *, per_unit: int = FEN) -> int | None:
    """An amount in fen, half a fen rounded up; None for a mark that says "unknown". `per_unit` is 1 where the cell is
    in fen already. Negative amounts are given as they are. Raises BadCell."""
    if text.isascii():
        whole, _dot, part = text.partition(".")
        if whole.isdecimal() and len(part) <= 2 and (not part or part.isdecimal()):
            if per_unit == FEN:
                return _within(text, _whole(whole) * FEN + int((part + "00")[:2]))
            if not part.strip("0"):
                return _within(text, _whole(whole))
    cell = plain(text)
    if is_unknown(cell):
        return None
    return _within(text, int((_number(text, cell) * per_unit).quantize(Decimal(1), ROUND_HALF_UP)))


def shown(text: str, longest: int = 20) -> str:
    """A cell in a sentence: short, on one line, and without what might be somebody's number."""
    line = " ".join(text.split())
    masked = re.sub(r"\d{7,}", lambda found: found[0][:3] + "****" + found[0][-2:], line)
    return masked if len(masked) <= longest else masked[:longest] + "…"


def _number(text: str, cell: str) -> Decimal:
    bare = _AROUND.sub("", _AROUND.sub("", cell.lower().replace(" ", ""))).strip()
    found = _NUMBER.fullmatch(bare)
    if found is None or not (found[2] or found[3]):
        raise BadCell(f"「{shown(text)}」不是数字")
    sign, whole, part, exponent, scale = found.groups()
    try:
        number = Decimal(f"{sign}{whole.replace(',', '') or 0}{part or ''}e{exponent or 0}") * SCALES.get(scale, 1)
    except InvalidOperation as error:
        raise BadCell(f"「{shown(text)}」不是数字") from error
    _within(text, number)
    return number


def _whole(digits: str) -> int:
    """Python refuses to read thousands of digits; what is too large stays too large with fewer of them."""
    return int(digits.lstrip("0")[:LARGEST_DIGITS] or 0)


def _within(text: str, number):
    if abs(number) > LARGEST:
        raise BadCell(f"「{shown(text)}」太大，不像真实的数")
    return number


def _real_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadCell(f"「{shown(text)}」不是真实存在的日期") from error
