"""All tasks of a plan in one table, and the plan on paper."""

from __future__ import annotations

from flask import Response, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.core.clock import today
from siyu_saas.core.sheets import as_csv
from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.papers.views import paper_context
from siyu_saas.plan.paper import PLAN_PAPER, paper_data
from siyu_saas.plan.queries.plans import milestones_of
from siyu_saas.plan.queries.tasks import all_tasks, tasks_of
from siyu_saas.plan.rules.team import role_title
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import firm_with
from siyu_saas.tenants.rules import Side
from siyu_saas.web.routes import changes_nothing

from .blueprint import plan, plan_here


@plan.get("/tasks.csv")
@may("plan.see")
def table():
    """However many; a cell that a spreadsheet would calculate is shown as text."""
    head = [
        _("编号"),
        _("任务"),
        _("负责方"),
        _("角色"),
        _("负责人"),
        _("开始"),
        _("结束"),
        _("约定结束"),
        _("预计结束"),
        _("状态"),
        _("验收标准"),
    ]
    sides = {Side.FIRM: _("顾问"), Side.MERCHANT: _("商家")}
    rows = (
        (key, title, sides[side], role_title(role), owner, *days, state.title, acceptance)
        for key, title, side, role, owner, *days, state, acceptance in all_tasks(plan_here().id)
    )
    headers = {"Content-Disposition": f"attachment; filename=plan-{g.access.slug}.csv"}
    return Response(as_csv(head, rows), mimetype="text/csv", headers=headers)


@plan.post("/paper")
@may("plan.see")
@changes_nothing
def print_plan():
    """As it stands today; the same plan on the same day is printed once."""
    here = plan_here()
    data = paper_data(
        here,
        milestones_of(here.id),
        tasks_of(here.id),
        merchant=g.access.name,
        firm=firm_with(g.access.firm_id).name,
        today=today(),
    )
    edition = _("第 %(n)s 版", n=here.edition) if here.edition else _("草稿")
    ask_for_paper(PLAN_PAPER, g.engagement.id, here.id, _("服务计划"), data, edition=edition, by=g.actor)
    return redirect(url_for(".paper"))


@plan.get("/paper")
@may("plan.see")
def paper():
    here = plan_here()
    return render_template("plan/paper.html", plan=here, **paper_context(PLAN_PAPER, here.id))
