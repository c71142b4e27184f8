"""Who holds which role, what each role answers for, and where somebody is missing."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from siyu_saas.packs.library import pack
from siyu_saas.plan.actions.tasks import fill_post
from siyu_saas.plan.forms.team import PostForm
from siyu_saas.plan.queries.duties import duties_of
from siyu_saas.plan.queries.plans import plan_of, post_with, posts_of
from siyu_saas.plan.queries.tasks import counts_by_role
from siyu_saas.plan.rules.team import ROLE_TITLES, role_title, side_of
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.people import members_of

from .blueprint import plan, plan_here
from .seeing import head_of


@plan.get("/team")
@may("plan.see")
def team():
    return _page()


@plan.post("/posts/<uuid:post_id>")
@may("plan.edit")
def fill(post_id: UUID):
    post, form = post_with(plan_here().id, post_id) or abort(404), PostForm()
    people = _people()
    form.person.choices = [SelectChoice("", ""), *(SelectChoice(key, name) for key, name in people.items())]
    if not form.validate():
        return _page(form), 422
    person = form.person.data or None
    name = people[person] if person else form.name.data or ""
    moved = fill_post(post, user_id=UUID(person) if person else None, name=name, by=g.actor)
    flash(
        _(
            "%(role)s：%(name)s，%(count)s 项任务跟着改了",
            role=role_title(post.role),
            name=name or _("待定"),
            count=moved,
        )
    )
    return redirect(url_for(".team"))


def _page(form: PostForm | None = None) -> str:
    here = plan_of(g.engagement.id)
    if here is None:
        return render_template("plan/none.html")
    posts, counts = posts_of(here.id), counts_by_role(here.id)
    content = pack(g.access.pack)
    holders = {post.role: post.name for post in posts}
    duties = duties_of(here.id)
    used = {role for duty in duties for role in duty.letters}
    columns = [(role, title, holders.get(role, "")) for role, title in ROLE_TITLES.items() if role in used]
    return render_template(
        "plan/team.html",
        **head_of(here, "plan.team", sum(counts.values())),
        posts=[(post, role_title(post.role), counts.get(post.role, 0), content.roles.get(post.role)) for post in posts],
        people=list(_people().items()) if g.access.may("plan.edit") else [],
        gaps=[role_title(post.role) for post in posts if not post.name],
        columns=columns,
        duty_heads=[f"{title} {name}".strip() for _role, title, name in columns],
        duties=duties,
        side_of=side_of,
        form=form,
    )


def _people() -> dict[str, str]:
    return {str(user.id): user.name for _member, user in members_of(g.access.tenant_id)}
