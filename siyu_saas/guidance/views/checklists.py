"""The checklists of a service period: what is done, what is mine, what can be taken up."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from siyu_saas.guidance.actions.checklists import put_aside, take_up
from siyu_saas.guidance.actions.items import accept
from siyu_saas.guidance.forms.items import TakeUpForm
from siyu_saas.guidance.queries.checklists import checklist_with, checklists_of, items_by_checklist
from siyu_saas.guidance.queries.items import submitted_items
from siyu_saas.guidance.rules.progress import next_for, progress_of
from siyu_saas.guidance.rules.states import is_mine, turn_of
from siyu_saas.packs.library import pack
from siyu_saas.tenants.guards import may

from .blueprints import guidance


@guidance.get("/checklists")
@may("item.see")
def show():
    lists, items = checklists_of(g.engagement.id), items_by_checklist(g.engagement.id)
    mine_only = request.args.get("show") == "mine"
    chosen = [(row, [one for one in items[row.id] if not mine_only or _mine(one)]) for row in lists]
    return render_template(
        "guidance/checklists.html",
        lists=[
            (row, rows, progress_of(one.state for one in items[row.id]))
            for row, rows in chosen
            if rows or not mine_only
        ],
        whole=progress_of(one.state for rows in items.values() for one in rows),
        next_item=next_for(g.access.side, [one for row in lists for one in items[row.id]]),
        mine_only=mine_only,
        mine=_mine,
        form=_form({row.key for row in lists}) if g.access.may("checklist.edit") else None,
    )


@guidance.post("/checklists")
@may("checklist.edit")
def begin():
    form = _form(set())
    if not form.validate():
        abort(404)
    source = _pack()
    row = take_up(source.checklists[form.key.data], pack=source, engagement_id=g.engagement.id, by=g.actor)
    flash(_("已加入清单「%(title)s」", title=row.title))
    return redirect(url_for(".show") + f"#{row.key}")


@guidance.post("/checklists/<uuid:checklist_id>/removal")
@may("checklist.edit")
def remove(checklist_id: UUID):
    put_aside(checklist_with(checklist_id, g.engagement.id) or abort(404), by=g.actor)
    flash(_("清单已移除"))
    return redirect(url_for(".show"))


@guidance.post("/checklists/<uuid:checklist_id>/acceptance")
@may("item.review")
def accept_all(checklist_id: UUID):
    """All that wait in one checklist, after they were looked at."""
    row = checklist_with(checklist_id, g.engagement.id) or abort(404)
    waiting = submitted_items(row.id)
    for item in waiting:
        accept(item, by=g.actor)
    flash(_("已通过 %(count)s 项", count=len(waiting)))
    return redirect(url_for(".show") + f"#{row.key}")


def _mine(item) -> bool:
    return turn_of(item.state, item.side) is g.access.side and (
        g.access.may("item.review") or is_mine(g.access.role, item_role=item.role, item_side=item.side)
    )


def _form(taken: set[str]) -> TakeUpForm:
    form = TakeUpForm()
    form.key.choices = [
        SelectChoice(one.key, f"{one.title}（{len(one.items)} 项）")
        for one in _pack().checklists.values()
        if one.key not in taken
    ]
    return form


def _pack():
    return pack(g.access.pack)
