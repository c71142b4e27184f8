"""Firms and who works there."""

from __future__ import annotations

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.tenants.models import Firm, FirmMember
from siyu_saas.tenants.rules import Role, Side


def found_firm(name: str) -> Firm:
    firm = Firm(id=new_id(), name=name)
    db.session.add(firm)
    db.session.flush()
    return firm


def join_firm(firm: Firm, user: User, *, role: Role) -> FirmMember:
    if role.side is not Side.FIRM:
        raise ValueError(f"{role} is not a role in a firm")
    member = FirmMember(firm_id=firm.id, user_id=user.id, role=role)
    db.session.add(member)
    db.session.flush()
    return member
