"""A section goes to a role, to a person, or by link to somebody who is not here yet."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.accounts.models import User
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.diagnosis.models import AskedQuestionnaire, Assignment
from siyu_saas.diagnosis.queries.assignments import assignment_of_form, invited_to, people_invited
from siyu_saas.diagnosis.queries.sheets import newest_sheet_of
from siyu_saas.tenants.actions.people import invite, revoke
from siyu_saas.tenants.models import Invitation
from siyu_saas.tenants.rules import Role
from siyu_saas.tenants.rules.arrivals import Arrival

from .answering import blank_sheet

SECTION = "section"


def give_section(
    asked: AskedQuestionnaire,
    *,
    section: str,
    title: str,
    role: Role | None = None,
    user_id: UUID | None = None,
    user_name: str = "",
    invitation: Invitation | None = None,
    form_key: str | None = None,
    by: Actor,
) -> Assignment:
    """`title` is what people call the section. The same form submitted again gives the assignment of the first time."""
    before = assignment_of_form(form_key) if form_key else None
    if before is not None:
        return before
    row = Assignment(
        id=new_id(),
        asked_id=asked.id,
        section=section,
        role=role,
        user_id=user_id,
        user_name=user_name,
        invitation_id=invitation.id if invitation else None,
        form_key=form_key,
        made_by_name=by.name,
    )
    db.session.add(row)
    whom = user_name or (role.title if role else "")
    audit.record("section.given", row, by=by, label=f"{asked.title}·{title}", changes={"to": (None, whom)})
    db.session.flush()
    return row


def give_by_link(
    asked: AskedQuestionnaire,
    *,
    section: str,
    title: str,
    role: Role,
    name: str = "",
    person: User | None = None,
    form_key: str,
    by: Actor,
    by_role: Role,
    tenant_id: UUID,
    firm_id: UUID,
) -> Assignment:
    """To whoever opens the link first. With `person`, somebody without a password: their way in again, with a code."""
    before = assignment_of_form(form_key)
    if before is not None:
        return before
    invitation = invite(
        firm_id=firm_id,
        tenant_id=tenant_id,
        role=role,
        for_whom=name,
        with_code=person is not None,
        for_user=person,
        leads_to=SECTION,
        by=by,
        by_role=by_role,
    )
    return give_section(
        asked,
        section=section,
        title=title,
        user_id=person.id if person else None,
        user_name=name or role.title,
        invitation=invitation,
        form_key=form_key,
        by=by,
    )


def take_section_back(row: Assignment, *, title: str, by: Actor) -> None:
    """What was answered stays; the section is asked of whoever leads, unless others still have it. Its link is closed."""
    invitation = row.invitation_id and invited_to(row)
    if invitation:
        revoke(invitation, by=by)
    audit.record("section.taken_back", row, by=by, label=title)
    db.session.delete(row)
    db.session.flush()


def take_up(arrival: Arrival) -> None:
    """Whoever came in by the link is whom the section was meant for; their sheet lies ready. Coming in is on record already."""
    for row, asked, published_at in people_invited(arrival.invitation_id):
        row.user_id, row.user_name = arrival.user_id, arrival.name
        if published_at is None and newest_sheet_of(asked.id, arrival.user_id) is None:
            db.session.add(blank_sheet(asked, user_id=arrival.user_id, name=arrival.name, role=arrival.role))
    db.session.flush()
