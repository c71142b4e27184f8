"""How an answer reads to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from siyu_saas.packs.library import Pack
from siyu_saas.web.filters.numbers import wan

from .answers import NOT_APPLICABLE, NUMBERS, TEXTS, UNKNOWN

NOT_SAID = "未填写"
MODULES = {"calc_cadence": "活动节奏测算", "calc_rfm": "RFM 打分与分段", "role_cards": "角色卡", "RACI": "分工表"}


def said(question, value: Any) -> str:
    """「先关注公众号再转」, 「4 %」, 「淘宝/天猫、抖音」."""
    if value is None:
        return NOT_SAID
    if question.type in TEXTS:
        return value
    if value == UNKNOWN:
        return "不清楚"
    if value == NOT_APPLICABLE:
        return "不适用"
    if question.type in NUMBERS:
        return with_unit(Decimal(value), unit_of(question))
    if isinstance(value, Mapping):
        rows = {row.key: row.label for row in question.rows}
        return "；".join(f"{rows[key]} {_mark(mark)}" for key, mark in value.items() if key in rows)
    if question.type == "file":
        return f"{len(value)} 份文件"
    if isinstance(value, list):
        labels = {option.key: option.label for option in question.options}
        joint = " > " if question.type == "ranking" else "、"
        return joint.join(labels.get(key, key) for key in value) or "以上都没有"
    if question.type == "single":
        return next((option.label for option in question.options if option.key == value), value)
    return f"{value} 分" if question.type == "scale" else value


def echo(question, value: Any) -> str | None:
    """What was understood, where digits alone leave doubt: 「527,000 元，即 52.7 万元」."""
    if question.type not in NUMBERS or value in (None, UNKNOWN, NOT_APPLICABLE):
        return None
    number, unit = Decimal(value), unit_of(question)
    exact = with_unit(number, unit)
    short = wan(number, unit) if number == number.to_integral_value() else exact
    return exact if short == exact or number < 10_000 else f"{exact}，即 {short}"


def module_titles(keys: Iterable[str], pack: Pack) -> list[str]:
    """What people call the plan modules that a finding proposes."""
    return [pack.checklists[key].title if key in pack.checklists else MODULES.get(key, key) for key in keys]


def with_unit(number: Decimal, unit: str) -> str:
    """「4,274 人」, 「45%」."""
    return f"{number:,f}{'' if unit == '%' else ' '}{unit}".strip()


def unit_of(question) -> str:
    return question.unit or {"money": "元", "percent": "%"}.get(question.type, "")


def _mark(mark: str) -> str:
    return {UNKNOWN: "不清楚", NOT_APPLICABLE: "不适用"}.get(mark, f"{mark} 分")
