"""Who belongs to a workspace, and how they get in."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, own_transaction
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.tenants.models import Invitation, InvitationUse, Tenant, TenantMember
from siyu_saas.tenants.queries.people import belongs_only_here, has_used, is_staff, membership
from siyu_saas.tenants.rules import FIRM_ROLES, Role
from siyu_saas.tenants.rules.arrivals import Arrival, receive
from siyu_saas.tenants.rules.invitations import MOST_SEATS, VALID_FOR, LinkState, may_employ, may_invite
from siyu_saas.tenants.rules.succession import Succession, pass_on

NO_WAY_BACK = "这位成员不能用这种链接进入。请让对方用密码登录，或发一个新的邀请链接。"


class LinkClosed(NotReady):
    """An invitation that lets nobody in any more; `state` says why, `made_by` whom to ask for another."""

    status = 410

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(invitation.state.title)
        self.state, self.made_by, self.firm_id = invitation.state, invitation.made_by_name, invitation.firm_id


def admit(tenant: Tenant, user: User, *, role: Role, keeps_role: bool = False) -> TenantMember:
    """Into the workspace; somebody who left comes back in the new role. With `keeps_role`, who is in stays as they are."""
    member = membership(tenant.id, user.id)
    if member is not None and member.left_at is None and keeps_role:
        return member
    if member is None:
        member = TenantMember(tenant_id=tenant.id, user_id=user.id, role=role)
        db.session.add(member)
    member.role, member.left_at = role, None
    db.session.flush()
    return member


def change_role(member: TenantMember, role: Role, *, of: User, by_role: Role, by: Actor) -> None:
    _refuse_beyond(by_role, member.role, role)
    close_links_of(of, firm_id=by.firm_id, tenant_id=member.tenant_id)
    audit.record("member.changed", member, by=by, label=of.name, changes={"role": (member.role.title, role.title)})
    member.role = role
    db.session.flush()


def dismiss(member: TenantMember, *, of: User, by_role: Role, by: Actor) -> None:
    """Out of the workspace; what they did stays under their name."""
    if member.user_id == by.user_id:
        raise NotReady("不能移除自己，请让同事操作。")
    _refuse_beyond(by_role, member.role)
    member.left_at = now()
    close_links_of(of, firm_id=by.firm_id, tenant_id=member.tenant_id)
    audit.record("member.removed", member, by=by, label=of.name)
    db.session.flush()


def assign(tenant: Tenant, user: User, *, role: Role, by: Actor) -> TenantMember:
    """A colleague joins the team that carries this merchant."""
    member = admit(tenant, user, role=role)
    audit.record("member.assigned", member, by=by, label=user.name)
    db.session.flush()
    return member


def hand_over(tenant: Tenant, member: TenantMember, *, of: User, to: User, role: Role, by: Actor) -> TenantMember:
    """A colleague takes the place of another, with the work that is open; what was done stays under the old name."""
    successor = admit(tenant, to, role=role)
    member.left_at = now()
    close_links_of(of, firm_id=tenant.firm_id, tenant_id=tenant.id)
    passed_on = pass_on(Succession(of.id, of.name, to.id, to.name))
    changes = {"consultant": (of.name, to.name), "open_work": (None, passed_on)}
    audit.record("member.succeeded", successor, by=by, label=to.name, changes=changes)
    db.session.flush()
    return successor


def invite(
    *,
    firm_id: UUID,
    tenant_id: UUID | None,
    role: Role,
    by: Actor,
    by_role: Role,
    for_whom: str = "",
    seats: int = 1,
    with_code: bool = False,
    for_user: User | None = None,
    leads_to: str = "",
) -> Invitation:
    """With `for_user` the link lets that person in again, unless they have a password to do so."""
    if for_user is not None and for_user.password_hash is not None:
        raise NotReady("这位成员有密码，请用密码登录，忘记了可以在登录页找回。")
    if for_user is not None and not belongs_only_here(for_user.id, tenant_id):
        raise NotReady(NO_WAY_BACK)
    if role not in (may_invite(by_role) if tenant_id is not None else may_employ(by_role)):
        raise NotReady("你的角色不能邀请这种身份的成员。")
    invitation = Invitation(
        id=new_id(),
        firm_id=firm_id,
        tenant_id=tenant_id,
        user_id=for_user.id if for_user else None,
        role=role,
        for_whom=for_whom,
        leads_to=leads_to,
        seats=min(max(seats, 1), MOST_SEATS),
        with_code=with_code,
        made_by=by.user_id,
        made_by_name=by.name,
        made_at=now(),
        expires_at=now() + VALID_FOR,
    )
    db.session.add(invitation)
    audit.record("invitation.made", invitation, by=by, label=for_whom or role.title)
    db.session.flush()
    return invitation


def revoke(invitation: Invitation, *, by: Actor) -> None:
    if invitation.revoked_at is None:
        invitation.revoked_at = now()
        audit.record("invitation.revoked", invitation, by=by, label=invitation.for_whom or invitation.role.title)
    db.session.flush()


def close_links_of(person: User, *, firm_id: UUID, tenant_id: UUID | None) -> None:
    """Of somebody who leaves or changes: the links that they made, and those that would let them in again. In one
    workspace, or in all of the firm."""
    theirs = sa.update(Invitation).where(
        Invitation.firm_id == firm_id,
        Invitation.revoked_at.is_(None),
        sa.or_(Invitation.made_by == person.id, Invitation.user_id == person.id),
    )
    if tenant_id is not None:
        theirs = theirs.where(Invitation.tenant_id == tenant_id)
    db.session.execute(theirs.values(revoked_at=now()))


def refuse_return(invitation: Invitation, person: User) -> None:
    """A link for one person lets nobody pass by a password that was set since, nor into another workspace."""
    if person.password_hash is not None or not person.active or not belongs_only_here(person.id, invitation.tenant_id):
        raise NotReady(NO_WAY_BACK)


def count_wrong_code(invitation: Invitation) -> None:
    """Kept although the answer is a refusal: beside the page's own transaction."""
    with own_transaction() as session:
        session.execute(
            sa.update(Invitation)
            .where(Invitation.id == invitation.id)
            .values(wrong_codes=Invitation.wrong_codes + 1)
            .execution_options(synchronize_session=False)
        )


def accept(invitation: Invitation, person: User, *, tenant: Tenant, address: str | None) -> None:
    """One person in. Raises LinkClosed. Somebody who came in by it before takes no further seat; who is in already
    keeps their role."""
    if is_staff(person.id, invitation.firm_id):
        raise NotReady("你是顾问机构的成员，不需要用商家的邀请链接。")
    if has_used(invitation.id, person.id):
        return
    if invitation.state is not LinkState.OPEN:
        raise LinkClosed(invitation)
    admit(tenant, person, role=invitation.role, keeps_role=True)
    invitation.taken += 1
    db.session.add(InvitationUse(invitation_id=invitation.id, user_id=person.id, name=person.name, address=address))
    by = Actor(person.name, person.id, invitation.firm_id, address)
    audit.record("member.joined", invitation, by=by, label=invitation.role.title)
    db.session.flush()
    receive(invitation.leads_to, Arrival(invitation.id, person.id, person.name, invitation.role))


def _refuse_beyond(by_role: Role, *roles: Role) -> None:
    """Nobody changes a role that they could not have given."""
    for role in roles:
        if role in FIRM_ROLES or role not in may_invite(by_role):
            raise NotReady("你的角色不能调整这位成员。")
