"""Lines of orders become (customer key, day, fen); what else stands in them goes no further. Source: domain C4, M3."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from .cells import FEN, BadCell, day_of, fen_of, shown
from .presets import AMOUNT, AMOUNT_FEN, CUSTOMER, DAY, ORDER, SKIPPED_STATUS, STATUS
from .problems import Problems

KEY_BYTES = 16
DAYS_REMEMBERED = 20_000
MASK = "*"

Line = tuple[bytes, date, int]
_PHONE = re.compile(r"(?:\+?86)?(1\d{10})")


def customer_key(secret: bytes) -> Callable[[str], bytes]:
    """A keyed hash (BLAKE2b as a MAC, 128 bit): the same customer of the same merchant is the same key, and without the
    secret nobody finds the number behind it by trying all numbers."""

    def key_of(text: str) -> bytes:
        return hashlib.blake2b(_same_spelling(text).encode(), digest_size=KEY_BYTES, key=secret).digest()

    return key_of


def order_lines(
    rows: Iterable[tuple[int, Sequence[str]]],
    roles: Mapping[int, str],
    names: Sequence[str],
    *,
    key_of: Callable[[str], bytes],
    today: date,
    problems: Problems,
) -> Iterator[Line]:
    """Paid orders, one line each: lines of one order that follow each other count once. Constant memory."""
    by_role = {role: at for at, role in roles.items()}
    day_at, customer_at = by_role[DAY], by_role[CUSTOMER]
    amount_at, per_unit = (by_role[AMOUNT], FEN) if AMOUNT in by_role else (by_role[AMOUNT_FEN], 1)
    status_at, order_at = by_role.get(STATUS), by_role.get(ORDER)
    needed = max(day_at, customer_at, amount_at)
    days, open_status, last_order = _Days(today), _Statuses(), None
    for number, row in rows:
        if len(row) <= needed:
            if any(row):
                problems.add(number, names[needed], "这一行不完整，文件可能没有传完整")
                problems.bad_rows += 1
            continue
        if order_at is not None and order_at < len(row):
            order = row[order_at].strip()
            if order and order == last_order:
                problems.skipped["同一订单的其他商品行"] += 1
                continue
            last_order = order
        if status_at is not None and status_at < len(row) and not open_status[row[status_at]]:
            problems.skipped["没有付款或已关闭"] += 1
            continue
        customer = row[customer_at].strip()
        if not customer:
            if any(cell.strip() for cell in row):
                problems.skipped["没有顾客"] += 1
            continue
        at = day_at
        try:
            day = days[row[day_at]]
            at = amount_at
            fen = fen_of(row[amount_at].strip(), per_unit=per_unit)
        except BadCell as error:
            problems.add(number, names[at], str(error))
            problems.bad_rows += 1
            continue
        if not fen or fen < 0:
            problems.skipped["金额为空、0 或负数"] += 1
            continue
        if MASK in customer:
            problems.skipped["顾客打了星号"] += 1
        yield key_of(customer), day, fen


class _Days(dict):
    """Days by their text, read once each."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def __missing__(self, text: str) -> date:
        if len(self) > DAYS_REMEMBERED:
            self.clear()
        if not text.strip():
            raise BadCell("没有日期")
        short = text[:10]
        day = self[short] if short in self and len(text) > 10 else day_of(text, self.today)
        if day > self.today:
            raise BadCell(f"「{shown(text)}」在今天以后")
        if len(text) > 10 and text[10] in " T" and text[:4].isdecimal():
            self[short] = day
        else:
            self[text] = day
        return day


class _Statuses(dict):
    """Whether an order of this state was paid."""

    def __missing__(self, text: str) -> bool:
        if len(self) > DAYS_REMEMBERED:
            self.clear()
        self[text] = paid = SKIPPED_STATUS.search(text) is None
        return paid


def _same_spelling(text: str) -> str:
    """A phone number is the same however it is written; names differ by case as the shops see it: not at all."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    bare = text.replace(" ", "").replace("-", "")
    found = _PHONE.fullmatch(bare)
    return found[1] if found else text.strip().lower()
