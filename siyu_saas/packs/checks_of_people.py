"""What roles and responsibilities must keep: one who answers for it, and the merchant for what is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .checking import Flaw, Whole, each_known, one_of


def role_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    yield from one_of(value, "side", ("firm", "merchant"))
    yield from each_known(value, "not_with", whole, "roles")


def responsibility_flaws(value: Any, whole: Whole) -> Iterator[Flaw]:
    for role, letters in value.roles.items():
        if role not in whole.get("roles", {}):
            yield ("roles", role), f"there is no role {role!r}"
        if not isinstance(letters, str) or not set(letters) <= set("RACI") or not letters:
            yield ("roles", role), "R, A, C or I is expected"
        elif value.merchant_only and role == "consultant" and set(letters) & set("RA"):
            yield ("roles", role), "the consultant neither does nor answers for what is the merchant's work"
    if sum("A" in str(letters) for letters in value.roles.values()) != 1:
        yield ("roles",), "exactly one role must answer for it (A)"
