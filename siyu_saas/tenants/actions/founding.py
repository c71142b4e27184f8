"""A firm and its owner at once: the first page of an empty installation, and `bin/siyu firm create`."""

from __future__ import annotations

from siyu_saas.accounts.actions import create_account
from siyu_saas.accounts.models import User
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.tenants.rules import Role

from .firms import found_firm, join_firm


def found_with_owner(
    firm_name: str, *, name: str, email: str | None, phone: str | None, password: str, address: str | None = None
) -> User:
    firm = found_firm(firm_name)
    owner = create_account(name=name, email=email, phone=phone, password=password)
    join_firm(firm, owner, role=Role.FIRM_OWNER)
    audit.record("firm.founded", firm, by=Actor(owner.name, owner.id, firm.id, address), label=firm.name)
    return owner
