"""Options, bands and rows as people type them, one a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

BETWEEN = "|"


class BadLine(ValueError):
    """A line that cannot be understood; `str()` is the Chinese sentence for who typed it."""


def options_of(text: str) -> list[dict[str, Any]]:
    """`a | 没有 | 0`, the score may be left out."""
    return _each(text, _option)


def bands_of(text: str) -> list[dict[str, Any]]:
    """`0 | 5 | 20`: from, below, score; an empty second part has no end."""
    return _each(text, _band)


def rows_of(text: str) -> list[dict[str, Any]]:
    """`a | 新客有欢迎语 | 2`, the weight may be left out."""
    return _each(text, _row)


def typed(many: Sequence[Mapping[str, Any]]) -> str:
    """The lines that say this again."""
    return "\n".join(f" {BETWEEN} ".join(_parts(one)) for one in many)


def _each(text: str, read: Callable[[list[str]], dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.append(read([part.strip() for part in line.replace("｜", BETWEEN).split(BETWEEN)]))
            except (BadLine, IndexError) as error:
                raise BadLine(f"第 {number} 行看不懂：{error if isinstance(error, BadLine) else '缺一部分'}") from error
    return found


def _option(parts: list[str]) -> dict[str, Any]:
    score = {"score": _whole(parts[2])} if len(parts) > 2 and parts[2] else {}
    return {"key": parts[0], "label": parts[1], **score}


def _band(parts: list[str]) -> dict[str, Any]:
    return {"gte": amount_of(parts[0]), "lt": amount_of(parts[1]) if parts[1] else None, "score": _whole(parts[2])}


def _row(parts: list[str]) -> dict[str, Any]:
    weight = {"weight": _whole(parts[2])} if len(parts) > 2 and parts[2] else {}
    return {"key": parts[0], "label": parts[1], **weight}


def _parts(one: Mapping[str, Any]) -> list[str]:
    if "gte" in one:
        return [str(one["gte"]), "" if one["lt"] is None else str(one["lt"]), str(one["score"])]
    last = one.get("score", one.get("weight"))
    return [one["key"], one["label"], *([] if last is None else [str(last)])]


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise BadLine(f"「{text}」应是整数")
    return int(text)


def amount_of(text: str) -> int | float:
    """A plain number: 「3」, 「4.5」."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise BadLine(f"「{text}」应是数字") from error
    if not number.is_finite() or abs(number) > 10**12:
        raise BadLine(f"「{text}」应是数字")
    return int(number) if number == number.to_integral_value() else float(number)
