"""What an answer is: the kinds of value, what counts as not knowing, and how typed text becomes a value.

Values are plain JSON: a text (single, text, date; numbers as decimal digits), a list of texts (multi, ranking, file
ids), or for a matrix a mapping from row to digit. `u` says 不清楚, `n/a` says 不适用, an empty list says 以上都没有.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from siyu_saas.web.filters.amounts import parse_amount

UNKNOWN, NOT_APPLICABLE, NONE_OF_THESE = "u", "n/a", "-"
SPECIAL = (UNKNOWN, NOT_APPLICABLE)
SHORT_TEXT, LONG_TEXT = 200, 4_000
NUMBERS = ("number", "money", "percent")
TEXTS = ("text", "long_text")
LARGEST = Decimal(10) ** 12
DIGIT_PLACES = 4
FILE_GAP = " "  # between the id of a stored file and its name


class BadAnswer(ValueError):
    """A text that is no answer to its question; `str()` is the Chinese sentence for who typed it."""


def is_answered(question, value: Any) -> bool:
    """Also by 不清楚 or 不适用: the person has dealt with it."""
    if question.type == "note":
        return True
    if question.type == "matrix":
        return (isinstance(value, Mapping) and all(row.key in value for row in question.rows)) or value in SPECIAL
    return value is not None


def is_unknown(question, value: Any) -> bool:
    """不清楚; a number left blank says the same."""
    return question.type not in TEXTS and (value == UNKNOWN or (value is None and question.type in NUMBERS))


def known(question, value: Any) -> Any:
    """The value that conditions compare: numbers as Decimal, `u` only where it is a choice, None when not known."""
    if value is None or question.type in TEXTS:
        return value
    if value == NOT_APPLICABLE:
        return None
    if question.type in NUMBERS or question.type == "scale":
        return None if value == UNKNOWN else Decimal(value)
    if value == UNKNOWN and question.type != "single":
        return None
    return value


def read_answer(question, typed: Sequence[str]) -> Any:
    """The value behind what a form sent for one question; None when nothing was filled in. Raises BadAnswer."""
    given = [text.strip() for text in typed if text.strip()]
    if not given:
        return None
    if question.type not in TEXTS and given[0] in SPECIAL:
        return _special(question, given[0])
    return READERS[question.type](question, given)


def read_row(question, row: str, typed: Sequence[str]) -> Any:
    """One row of a matrix."""
    if row not in {one.key for one in question.rows}:
        raise BadAnswer("这一行不在问卷里，请刷新页面后再答")
    return read_answer_of_scale(question, [text.strip() for text in typed if text.strip()])


def _special(question, text: str) -> str:
    if text == NOT_APPLICABLE and not question.na:
        raise BadAnswer("这道题不能选「不适用」")
    return text


def _single(question, given: list[str]) -> str:
    if len(given) != 1 or given[0] not in {option.key for option in question.options}:
        raise BadAnswer("选项已不在问卷里，请重新选择")
    return given[0]


def _several(question, given: list[str]) -> list[str]:
    if given == [NONE_OF_THESE]:
        return []
    chosen = [text for text in dict.fromkeys(given) if text != NONE_OF_THESE]
    if not set(chosen) <= {option.key for option in question.options}:
        raise BadAnswer("选项已不在问卷里，请重新选择")
    return chosen


def _ranking(question, given: list[str]) -> list[str]:
    """Sent as `place:option`, or as options in order."""
    placed = [text.partition(":") for text in given]
    if all(colon and place.isdecimal() for place, colon, _ in placed):
        given = [key for _, _, key in sorted(placed, key=lambda one: int(one[0]))]
    order = _several(question, given)
    if len(order) != len(question.options):
        raise BadAnswer("请给每一项排一个不同的名次")
    return order


def read_answer_of_scale(question, given: list[str]) -> str | None:
    if not given:
        return None
    low, high = question.scale
    if given[0] in SPECIAL:
        return _special(question, given[0])
    if len(given) != 1 or not re.fullmatch(r"\d{1,2}", given[0], re.ASCII) or not low <= int(given[0]) <= high:
        raise BadAnswer(f"请在 {low}–{high} 之间打分")
    return given[0]


def _amount(question, given: list[str]) -> str:
    """「52.7万」 is understood, a unit behind the digits is let go. Returns plain digits."""
    text = given[0].removesuffix(question.unit) if question.unit else given[0]
    text = text.removesuffix("%").removesuffix("％") if question.type == "percent" or question.unit == "%" else text
    try:
        number = parse_amount(text)
    except ValueError as error:
        raise BadAnswer(str(error)) from error
    if number != round(number, DIGIT_PLACES):
        raise BadAnswer(f"最多保留 {DIGIT_PLACES} 位小数")
    low, high = limits(question)
    if not low <= number <= high:
        raise BadAnswer(_beyond(number, low, high))
    return plain(number)


def _beyond(number: Decimal, low: Decimal, high: Decimal) -> str:
    if high < LARGEST:
        return f"应在 {plain(low)} 到 {plain(high)} 之间"
    return "这个数太大了，请检查单位或多打的零" if number > high else f"不能小于 {plain(low)}"


def limits(question) -> tuple[Decimal, Decimal]:
    percent = question.type == "percent" or question.unit == "%"
    low = question.min if question.min is not None else Decimal(0)
    high = question.max if question.max is not None else Decimal(100) if percent else LARGEST
    return low, high


def plain(number: Decimal) -> str:
    """Digits without exponent or needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(limit: int):
    def read(_question, given: list[str]) -> str:
        text = "\n".join(given)
        if len(text) > limit:
            raise BadAnswer(f"最长 {limit:,} 个字，现在 {len(text):,} 个，请精简或改为上传文件")
        return text

    return read


def _date(_question, given: list[str]) -> str:
    try:
        return date.fromisoformat(given[0]).isoformat()
    except ValueError as error:
        raise BadAnswer("看不懂这个日期，请按 2026-11-22 的样子填写") from error


def _files(_question, given: list[str]) -> list[str]:
    return given


READERS = {
    "single": _single,
    "multi": _several,
    "ranking": _ranking,
    "scale": read_answer_of_scale,
    **dict.fromkeys(NUMBERS, _amount),
    "text": _text(SHORT_TEXT),
    "long_text": _text(LONG_TEXT),
    "date": _date,
    "file": _files,
}
