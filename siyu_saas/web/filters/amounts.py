"""Money as whole fen on the way out, and amounts as people type them on the way in."""

import re
import unicodedata
from decimal import Decimal

from siyu_saas.web.filters.numbers import MISSING, WAN_FROM, rounded, wan

LENGTH_LIMIT = 40
"""Characters that a typed amount may have; longer ones are a slip of the clipboard."""

MULTIPLES = {"": 1, "千": 1_000, "K": 1_000, "万": 10_000, "W": 10_000, "亿": 100_000_000}

TYPED = re.compile(
    r"(?P<sign>[+-]?)[¥￥]?(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?P<multiple>[千万亿KW]?)元?", re.ASCII
)


def yuan(fen: int | None, *, exact: bool = False) -> str:
    """「126.50 元」, 「52.7 万元」; `exact` keeps 「527,000 元」. Takes whole fen, never a float of yuan."""
    if fen is None:
        return MISSING
    if not isinstance(fen, int):
        raise TypeError("money is counted in whole fen")
    amount = Decimal(fen) / 100
    if exact or abs(amount) < WAN_FROM:
        return f"{rounded(amount, 2 if fen % 100 else 0)} 元"
    return wan(amount, "元")


def parse_amount(text: str) -> Decimal:
    """The exact number behind 「52.7万」, 「1.2亿」, 「527,000」, 「５２７ 元」.

    Raises ValueError with a Chinese sentence for the person who typed it.
    """
    if not text or not text.strip():
        raise ValueError("请填写数字")
    if len(text) > LENGTH_LIMIT:
        raise ValueError("数字太长，请检查是否粘贴错了")
    # NFKC turns full-width digits, signs and commas into plain ones.
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    typed = TYPED.fullmatch(plain)
    if not typed:
        raise ValueError(f"看不懂「{text.strip()}」，请填数字，例如 527000 或 52.7万")
    number = Decimal(typed["sign"] + typed["number"].replace(",", ""))
    return number * MULTIPLES[typed["multiple"]]
