"""Firms: founding them, how they look, and who works there."""

from __future__ import annotations

from siyu_saas.accounts.models import User
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import TenantOwned, TenantTagged, tenant
from siyu_saas.tenants.models import Firm, FirmMember, Invitation, InvitationUse, TenantMember
from siyu_saas.tenants.queries.firms import firm_locked, merchants_carried, owners, staff_membership
from siyu_saas.tenants.queries.people import has_used
from siyu_saas.tenants.rules import Role, Side
from siyu_saas.tenants.rules.invitations import LinkState

from .people import LinkClosed, close_links_of, hand_over


def found_firm(name: str) -> Firm:
    firm = Firm(id=new_id(), name=name)
    db.session.add(firm)
    db.session.flush()
    return firm


def join_firm(firm: Firm, user: User, *, role: Role) -> FirmMember:
    """Somebody who left comes back in the new role. Raises NotReady for somebody of another firm."""
    if role.side is not Side.FIRM:
        raise ValueError(f"{role} is not a role in a firm")
    member = staff_membership(user.id)
    if member is None:
        member = FirmMember(firm_id=firm.id, user_id=user.id, role=role)
        db.session.add(member)
    elif member.left_at is None and member.firm_id != firm.id:
        raise NotReady("这个账号已经属于另一家顾问机构，请换一个账号加入。")
    member.firm_id, member.role, member.left_at = firm.id, role, None
    db.session.flush()
    return member


def change_firm(firm: Firm, *, by: Actor, **fields) -> None:
    changes = {name: (getattr(firm, name), value) for name, value in fields.items() if getattr(firm, name) != value}
    if changes:
        for name, (_before, after) in changes.items():
            setattr(firm, name, after)
        audit.record("firm.changed", firm, by=by, label=firm.name, changes=changes)
    db.session.flush()


def join_by_link(invitation: Invitation, person: User, *, firm: Firm, address: str | None) -> None:
    """One colleague into the firm. Raises LinkClosed. Somebody who came in by it before takes no further seat."""
    if has_used(invitation.id, person.id):
        return
    if invitation.state is not LinkState.OPEN:
        raise LinkClosed(invitation)
    member = join_firm(firm, person, role=invitation.role)
    invitation.taken += 1
    db.session.add(InvitationUse(invitation_id=invitation.id, user_id=person.id, name=person.name, address=address))
    by = Actor(person.name, person.id, firm.id, address)
    audit.record("staff.joined", member, by=by, label=invitation.role.title)
    db.session.flush()


def change_staff_role(member: FirmMember, role: Role, *, of: User, by: Actor) -> None:
    """Also in every workspace that they carry."""
    firm_locked(member.firm_id)
    if role is not Role.FIRM_OWNER:
        _refuse_to_lose_the_last_owner(member)
    audit.record("staff.changed", member, by=by, label=of.name, changes={"role": (member.role.title, role.title)})
    member.role = role
    close_links_of(of, firm_id=member.firm_id, tenant_id=None)
    for assignment, _merchant in merchants_carried(member.firm_id, of.id):
        assignment.role = role
    db.session.flush()


def leave_firm(member: FirmMember, *, of: User, to: User | None, by: Actor) -> int:
    """Out of the firm; a colleague takes over every merchant with the work that is still open. Returns how many.

    What was done stays under the old name.
    """
    firm_locked(member.firm_id)
    _refuse_to_lose_the_last_owner(member)
    carried = merchants_carried(member.firm_id, of.id)
    successor = staff_membership(to.id) if to else None
    if carried and (successor is None or successor.id == member.id or successor.left_at is not None):
        raise NotReady("他名下还有商家，请先选择一位接手的同事。")
    member.left_at = now()
    close_links_of(of, firm_id=member.firm_id, tenant_id=None)
    audit.record(
        "staff.left", member, by=by, label=of.name, changes={"successor": (None, to.name if carried else None)}
    )
    db.session.flush()
    for assignment, merchant in carried:
        _hand_over(merchant, assignment, of=of, to=to, role=successor.role, by=by)
    return len(carried)


def _hand_over(merchant, assignment: TenantMember, *, of: User, to: User, role: Role, by: Actor) -> None:
    """In the merchant's scope; its rows leave the session, so that the next merchant's scope may follow."""
    with tenant(merchant.id):
        db.session().bind_scope()
        hand_over(merchant, assignment, of=of, to=to, role=role, by=by)
        for row in list(db.session):
            if isinstance(row, TenantOwned | TenantTagged):
                db.session.expunge(row)


def _refuse_to_lose_the_last_owner(member: FirmMember) -> None:
    if member.role is Role.FIRM_OWNER and owners(member.firm_id) < 2:
        raise NotReady("机构至少要有一位负责人。请先把另一位同事设为负责人，再调整这一位。")
