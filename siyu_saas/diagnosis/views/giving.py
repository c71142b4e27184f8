"""One section goes to somebody else: to a colleague who is here, or by a link to somebody who is not."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from siyu_saas.accounts.models import User
from siyu_saas.core.services import services
from siyu_saas.diagnosis.actions.answering import refuse_published
from siyu_saas.diagnosis.actions.giving import give_by_link, give_section, take_section_back
from siyu_saas.diagnosis.forms import GiveForm, LinkForm
from siyu_saas.diagnosis.models import AskedQuestionnaire, Assignment, Diagnosis
from siyu_saas.diagnosis.queries.assignments import assignment_with, assignments_in, invited_to
from siyu_saas.diagnosis.queries.diagnoses import asked_with, questionnaire_of
from siyu_saas.diagnosis.rules.asking import ANSWERING, likely_role, minutes_for
from siyu_saas.diagnosis.rules.progress import suggested
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.people import members_of
from siyu_saas.tenants.rules import Role
from siyu_saas.tenants.rules.invitations import VALID_FOR, LinkState, may_invite
from siyu_saas.tenants.views.links import code_for, link_to
from siyu_saas.web.forms import with_ids

from .blueprints import diagnosis

USER, ROLE = "user:", "role:"


@diagnosis.get("/questionnaires/<uuid:asked_id>/sections/<key>")
@may("sheet.give")
def forward(asked_id: UUID, key: str):
    return _page(*_section_or_404(asked_id, key))


@diagnosis.post("/questionnaires/<uuid:asked_id>/sections/<key>")
@may("sheet.give")
def give(asked_id: UUID, key: str):
    asked, run, section = _section_or_404(asked_id, key)
    refuse_published(run)
    people = _colleagues()
    form = _give_form(people)
    if not form.validate():
        return _page(asked, run, section, give=form), 422
    to = form.to.data
    member, person = next((row for row in people if f"{USER}{row[1].id}" == to), (None, None))
    if member and _needs_a_link(member.role, person):
        return _handed(_by_link(asked, section, form, role=member.role, name=person.name, person=person))
    row = give_section(
        asked,
        section=section.key,
        title=section.title,
        role=None if person else Role(to.removeprefix(ROLE)),
        user_id=person.id if person else None,
        user_name=person.name if person else "",
        form_key=form.once.data,
        by=g.actor,
    )
    return _handed(row)


@diagnosis.post("/questionnaires/<uuid:asked_id>/sections/<key>/link")
@may("member.invite")
def give_link(asked_id: UUID, key: str):
    asked, run, section = _section_or_404(asked_id, key)
    refuse_published(run)
    form = _link_form(section)
    if not form.validate():
        return _page(asked, run, section, link=form), 422
    return _handed(_by_link(asked, section, form, role=Role(form.role.data), name=form.name.data or ""))


@diagnosis.get("/questionnaires/<uuid:asked_id>/assignments/<uuid:assignment_id>")
@may("sheet.give")
def handed(asked_id: UUID, assignment_id: UUID):
    """The words to send, as often as they are needed."""
    asked, run, row = _assignment_or_404(asked_id, assignment_id)
    section = next((one for one in questionnaire_of(asked).sections if one.key == row.section), None) or abort(404)
    invitation = invited_to(row) if row.invitation_id else None
    address = link_to(invitation) if invitation else _here()
    return render_template(
        "diagnosis/handed.html",
        asked=asked,
        run=run,
        row=row,
        section=section,
        invitation=invitation,
        waits=invitation is not None and invitation.state is LinkState.OPEN,
        address=address,
        text=_words(asked, section, row, address, by_link=invitation is not None),
        code=code_for(invitation) if invitation and invitation.with_code else None,
    )


@diagnosis.post("/questionnaires/<uuid:asked_id>/assignments/<uuid:assignment_id>/removal")
@may("sheet.give")
def take_back_section(asked_id: UUID, assignment_id: UUID):
    asked, _run, row = _assignment_or_404(asked_id, assignment_id)
    titles = {section.key: section.title for section in questionnaire_of(asked).sections}
    take_section_back(row, title=titles.get(row.section, asked.title), by=g.actor)
    flash(_("已收回，已经填的都保留"))
    return redirect(url_for(".questionnaire", asked_id=asked.id))


def _page(
    asked: AskedQuestionnaire, run: Diagnosis, section, *, give: GiveForm | None = None, link: LinkForm | None = None
) -> str:
    return render_template(
        "diagnosis/forward.html",
        asked=asked,
        run=run,
        section=section,
        meant=suggested(section),
        minutes=minutes_for(section),
        rows=[one for one in assignments_in(run.id) if one.asked_id == asked.id and one.section == section.key],
        give=give or _give_form(_colleagues()),
        link=(link or _link_form(section)) if g.access.may("member.invite") else None,
        faulty=give or link,
    )


def _handed(row: Assignment):
    return redirect(url_for(".handed", asked_id=row.asked_id, assignment_id=row.id))


def _by_link(asked: AskedQuestionnaire, section, form, *, role: Role, name: str, person: User | None = None):
    return give_by_link(
        asked,
        section=section.key,
        title=section.title,
        role=role,
        name=name,
        person=person,
        form_key=form.once.data,
        by=g.actor,
        by_role=g.access.role,
        tenant_id=g.access.tenant_id,
        firm_id=g.access.firm_id,
    )


def _needs_a_link(role: Role, person: User) -> bool:
    """Whoever came in by a link has no password to come back with."""
    return person.password_hash is None and role in may_invite(g.access.role) and g.access.may("member.invite")


def _words(asked: AskedQuestionnaire, section, row: Assignment, address: str, *, by_link: bool) -> str:
    text = _(
        "【%(merchant)s】请%(who)s填写「%(section)s」，共 %(count)s 题，约 %(minutes)s 分钟，不确定的可以选「不清楚」。",
        merchant=g.access.name,
        who=row.user_name or (row.role.title if row.role else _("你")),
        section=section.title if section.title == asked.title else f"{asked.title} · {section.title}",
        count=sum(question.type != "note" for question in section.questions),
        minutes=minutes_for(section),
    )
    hours = int(VALID_FOR.total_seconds() // 3600)
    how = (
        _("打开链接就能答，不用注册、不用密码，%(hours)s 小时内有效：", hours=hours)
        if by_link
        else _("登录后就能看到：")
    )
    return f"{text}{how}\n{address}"


def _here() -> str:
    return services().settings.base_url.rstrip("/") + url_for(".show")


def _give_form(people) -> GiveForm:
    form = with_ids(GiveForm(), "give")
    roles = {member.role for member, _user in people}
    form.to.choices = [
        *(SelectChoice(f"{USER}{user.id}", f"{user.name}（{member.role.title}）") for member, user in people),
        *(
            SelectChoice(f"{ROLE}{role.value}", _("所有%(role)s", role=role.title))
            for role in ANSWERING
            if role in roles
        ),
    ]
    return form


def _link_form(section) -> LinkForm:
    roles = [role for role in ANSWERING if role in may_invite(g.access.role)]
    form = with_ids(LinkForm(), "link")
    form.role.choices = [SelectChoice(role.value, role.title) for role in roles]
    if form.role.data is None:
        likely = likely_role(section)
        form.role.data = (likely if likely in roles else roles[-1]).value if roles else None
    return form


def _colleagues() -> list:
    """Rows (member, user) of the merchant's people who can answer, without oneself."""
    return [
        row
        for row in members_of(g.access.tenant_id)
        if row[0].role in ANSWERING and row[0].user_id != current_user.user_id
    ]


def _section_or_404(asked_id: UUID, key: str) -> tuple:
    asked, run = asked_with(g.engagement.id, asked_id) or abort(404)
    section = next((one for one in questionnaire_of(asked).sections if one.key == key), None)
    return asked, run, section or abort(404)


def _assignment_or_404(asked_id: UUID, assignment_id: UUID) -> tuple[AskedQuestionnaire, Diagnosis, Assignment]:
    asked, run = asked_with(g.engagement.id, asked_id) or abort(404)
    return asked, run, assignment_with(asked.id, assignment_id) or abort(404)
