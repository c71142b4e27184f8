"""The made-up merchant's 75 days, domain H: one file, every expected result stands on it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from siyu_saas.metrics.rules.confounders import Happening, Kind
from siyu_saas.metrics.rules.windows import Window

BASELINE = Window(date(2026, 3, 18), date(2026, 4, 14))
SERVICE = Window(date(2026, 5, 4), date(2026, 5, 31))
APRIL, MAY = Window(date(2026, 4, 1), date(2026, 4, 30)), Window(date(2026, 5, 1), date(2026, 5, 31))
CAMPAIGNS = (
    Happening(Kind.CAMPAIGN, "老式快闪", date(2026, 4, 3), date(2026, 4, 4)),
    Happening(Kind.CAMPAIGN, "内购会一", date(2026, 5, 8), date(2026, 5, 10)),
    Happening(Kind.CAMPAIGN, "内购会二", date(2026, 5, 23), date(2026, 5, 25)),
)


def daily() -> dict[str, dict[date, int | None]]:
    text = Path(__file__).with_name("demo_daily.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    fields = [name for name in rows[0] if name != "date"]
    return {
        name.removesuffix("_fen"): {
            date.fromisoformat(row["date"]): int(row[name]) if row[name] else None for row in rows
        }
        for name in fields
    }
