"""Options, bands and rows as people type them, one a line, and conditions as three fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from siyu_saas.packs.conditions import COMPARE, KNOWN, LISTS, OPERATORS

BETWEEN = "|"
COUNTS = ("count_lt", "count_gte")


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


def condition_of(subject: Mapping[str, Any], operator: str, value: str) -> dict[str, Any]:
    """`value` as that question's answers are compared: options by key, numbers as numbers, several behind commas."""
    if operator in KNOWN:
        return {"q": subject["key"], operator: True}
    several = [
        _known(one.strip(), operator) for one in value.replace("，", ",").replace("、", ",").split(",") if one.strip()
    ]
    if operator in LISTS:
        return {"q": subject["key"], operator: several}
    numeric = subject["type"] in ("number", "money", "percent", "scale")
    one = several[0] if several else ""
    return {"q": subject["key"], operator: _number(one) if numeric and isinstance(one, str) else one}


def condition_parts(condition: Mapping[str, Any] | None) -> tuple[str | None, str, str]:
    """Question, operator and typed value of a single leaf; no question for anything more."""
    if not condition or "q" not in condition:
        return None, "", ""
    operator = next((name for name in condition if name in OPERATORS), "eq")
    operand = condition.get(operator)
    value = "、".join(map(str, operand)) if isinstance(operand, list) else "" if operand is True else str(operand)
    return condition["q"], operator, value


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
    return {"gte": _amount(parts[0]), "lt": _amount(parts[1]) if parts[1] else None, "score": _whole(parts[2])}


def _row(parts: list[str]) -> dict[str, Any]:
    weight = {"weight": _whole(parts[2])} if len(parts) > 2 and parts[2] else {}
    return {"key": parts[0], "label": parts[1], **weight}


def _parts(one: Mapping[str, Any]) -> list[str]:
    if "gte" in one:
        return [str(one["gte"]), "" if one["lt"] is None else str(one["lt"]), str(one["score"])]
    last = one.get("score", one.get("weight"))
    return [one["key"], one["label"], *([] if last is None else [str(last)])]


def _known(text: str, operator: str) -> Any:
    return _number(text) if operator in (*COMPARE, *COUNTS) else text


def _number(text: str) -> Any:
    """A number where there is one; the checker says what is wrong with anything else."""
    try:
        return _plain(Decimal(text))
    except InvalidOperation:
        return text


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise BadLine(f"「{text}」应是整数")
    return int(text)


def _amount(text: str) -> int | float:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise BadLine(f"「{text}」应是数字") from error
    if not number.is_finite() or abs(number) > 10**12:
        raise BadLine(f"「{text}」应是数字")
    return _plain(number)


def _plain(number: Decimal) -> int | float:
    if not number.is_finite():
        raise InvalidOperation
    return int(number) if number == number.to_integral_value() else float(number)
