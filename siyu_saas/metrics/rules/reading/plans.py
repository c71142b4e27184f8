"""How one table is read: which preset, where its rows begin, which column plays which role. Kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .cells import BadCell, count_of, day_of, fen_of, shown
from .headers import ANY_DAY, Header
from .presets import CUSTOMER, ORDER, PERSONAL, PRESETS, Preset, Shape, guess, likeliest, missing_roles

SAMPLE_LENGTH = 24


@dataclass(frozen=True)
class Plan:
    preset: Preset
    first_row: int
    names: tuple[str, ...]
    roles: Mapping[int, str]

    @property
    def missing(self) -> list[str]:
        return missing_roles(self.preset, list(self.roles.values()))

    @property
    def is_orders(self) -> bool:
        return self.preset.shape is Shape.ORDERS

    @property
    def dropped(self) -> list[tuple[str, str]]:
        """Columns that are not taken in, and why not."""
        return [
            (name, self.preset.dropped.get(name.lower()) or ("个人信息，不读取" if PERSONAL.search(name) else "不读取"))
            for at, name in enumerate(self.names)
            if at not in self.roles and name
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "preset": self.preset.key,
            "first_row": self.first_row,
            "names": list(self.names),
            "roles": {str(at): role for at, role in self.roles.items()},
        }


def plan_from(kept: Mapping[str, Any]) -> Plan:
    roles = {int(at): role for at, role in kept["roles"].items()}
    return Plan(PRESETS[kept["preset"]], kept["first_row"], tuple(kept["names"]), roles)


def plan_for(header: Header, before: Mapping[str, Any] | None) -> Plan:
    """As the last table with this header was read, else as the names suggest."""
    if before:
        known = plan_from(before)
        return Plan(known.preset, header.first_row, header.names, known.roles)
    preset, roles = likeliest(header.names)
    return Plan(preset, header.first_row, header.names, roles)


def changed_plan(plan: Plan, preset: Preset, roles: Mapping[int, str]) -> Plan:
    """With another preset the columns are guessed anew; with the same one they are as somebody chose them."""
    if preset.key != plan.preset.key:
        return Plan(preset, plan.first_row, plan.names, guess(plan.names, preset))
    return Plan(preset, plan.first_row, plan.names, dict(roles))


def samples(plan: Plan, rows: Sequence[Sequence[str]]) -> list[str]:
    """One value of each column to recognise it by; nothing of columns that may be about people."""
    return [_sample(at, name, plan, rows) for at, name in enumerate(plan.names)]


def _sample(at: int, name: str, plan: Plan, rows: Sequence[Sequence[str]]) -> str:
    role = plan.roles.get(at)
    if role in (CUSTOMER, ORDER) or (role is None and PERSONAL.search(name)):
        return ""
    cell = next((row[at].strip() for row in rows if at < len(row) and row[at].strip()), "")
    return shown(cell, SAMPLE_LENGTH) if cell and _is_plain_data(cell) else ""


def _is_plain_data(cell: str) -> bool:
    for read in (lambda text: day_of(text, ANY_DAY), count_of, fen_of):
        try:
            return read(cell) is not None
        except BadCell:
            continue
    return False
