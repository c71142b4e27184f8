"""The daily sheet that merchants fill in. Source: domain C4."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .fields import FIELDS, NOTE, SHEET_FIELDS, Kind

EXAMPLE_DAYS = 7


SHEET_HEAD = ("date", *SHEET_FIELDS, NOTE)
HELP = (
    ("date", "日期", "一天一行，写成 2026-04-06；最晚到昨天"),
    *(
        (
            key,
            FIELDS[key].title,
            ("金额，单位元，最多两位小数" if FIELDS[key].is_money else f"整数，单位{FIELDS[key].unit.title}")
            + ("；填当天结束时的数" if FIELDS[key].kind is Kind.STOCK else "；填当天发生的数"),
        )
        for key in SHEET_FIELDS
    ),
    (NOTE, "备注", "大促、投放、停系统、解散群等会影响数据的事"),
    ("", "空着", "空着表示这次不填，原来的数不变；当天确实没有就填 0；查不到就填 -"),
)


def example_rows(today: date) -> Iterator[tuple]:
    """Last week's days, waiting to be filled."""
    for back in range(EXAMPLE_DAYS, 0, -1):
        yield (today - timedelta(back), *[None] * (len(SHEET_HEAD) - 1))
