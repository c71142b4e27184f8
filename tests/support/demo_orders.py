"""The forty customers of the demo by their formula. Source: domain H3, H5."""

from __future__ import annotations

from datetime import date

ASOF = date(2026, 5, 31)


def noise(i: int, k: int, lo: int, span: int) -> int:
    """The demo's noise without chance. Source: domain H3."""
    mask = 2**32 - 1
    value = (7919 * i + 104729 * k + 12345) & mask
    for _ in range(2):
        value ^= value >> 16
        value = value * 0x45D9F3B & mask
    return lo + (value ^ value >> 16) % span


def demo_customers() -> list[tuple[int, int, int]]:
    rows = []
    for i in range(1, 41):
        orders = [1, 1, 1, 2, 2, 3, 4, 6][noise(i, 22, 0, 8)]
        rows.append((noise(i, 21, 1, 120), orders, orders * (150 + noise(i, 23, 0, 200))))
    return rows
