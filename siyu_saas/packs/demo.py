"""The demo firm in `tenants/demo/`: who works there, what its merchants answered, their days and orders in numbers."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from .library import read_yaml

DEMO = Path(__file__).resolve().parents[2] / "tenants" / "demo"


def house() -> dict[str, Any]:
    return read_yaml(DEMO / "house.yaml")


def story() -> dict[str, Any]:
    """What the finished merchant did, beyond what the packs say."""
    return read_yaml(DEMO / "story.yaml")


@cache
def answers() -> dict[str, dict[str, Any]]:
    """By merchant and question."""
    return json.loads((DEMO / "answers.json").read_text(encoding="utf-8"))


def daily_sheet() -> str:
    return (DEMO / "daily.csv").read_text(encoding="utf-8")


def order_sheet(name: str) -> str:
    return (DEMO / f"{name}.csv").read_text(encoding="utf-8")


def people() -> list[dict[str, Any]]:
    """Everybody who can sign in: `email`, `name`, `role`, and `place` (firm or merchant)."""
    plan = house()
    staff = [{**person, "place": plan["firm"]} for person in plan["staff"]]
    return staff + [
        {**person, "place": workspace["name"]} for workspace in plan["workspaces"] for person in workspace["people"]
    ]
