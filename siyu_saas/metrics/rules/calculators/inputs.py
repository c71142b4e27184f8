"""What every calculator refuses: inputs outside their range are named, never cut silently. Source: domain C5."""

from __future__ import annotations

from decimal import Decimal


class BadInput(ValueError):
    """`field` is the parameter's name; `str()` is the Chinese sentence for the person who typed it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def check_rate(field: str, value: Decimal) -> None:
    if not 0 <= value <= 1:
        raise BadInput(field, "比率要在 0 到 100% 之间")


def check_count(field: str, value: int, *, least: int = 0) -> None:
    if value < least:
        raise BadInput(field, f"不能小于 {least}")
