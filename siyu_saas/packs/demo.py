"""The plan of the demo firm in `tenants/demo/house.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .library import read_yaml

HOUSE = Path(__file__).resolve().parents[2] / "tenants" / "demo" / "house.yaml"


def house() -> dict[str, Any]:
    return read_yaml(HOUSE)


def people() -> list[dict[str, Any]]:
    """Everybody who can sign in: `email`, `name`, `role`, and `place` (firm or merchant)."""
    plan = house()
    staff = [{**person, "place": plan["firm"]} for person in plan["staff"]]
    return staff + [
        {**person, "place": workspace["name"]} for workspace in plan["workspaces"] for person in workspace["people"]
    ]
