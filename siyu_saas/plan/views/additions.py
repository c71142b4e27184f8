"""A package put into the plan that runs already: seen first, then added, by consent once the plan is confirmed."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from siyu_saas.core.clock import today
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.actions.edits import edit_plan
from siyu_saas.plan.forms.plans import PackageForm
from siyu_saas.plan.packages import addons_for
from siyu_saas.plan.rules.additions import package_edits
from siyu_saas.plan.rules.blueprint import Blueprint
from siyu_saas.plan.rules.layout import lay_out
from siyu_saas.tenants.guards import may
from siyu_saas.web.filters.times import day as day_name

from .blueprint import plan, plan_here, plan_to_write
from .making import calendar_remarks


@plan.get("/addition")
@may("plan.edit")
def see_addition():
    here, form = plan_here(), _form(request.args if request.args else None)
    if request.args and not form.validate():
        return _page(here, form), 422
    return _page(here, form)


@plan.post("/addition")
@may("plan.edit")
def put_in():
    here, form = plan_to_write(), _form(request.form)
    if not form.validate():
        return _page(here, form), 422
    package = _addons()[form.package.data]
    layout = lay_out(package.pieces(), day_zero=form.starts_on.data)
    why = _("加购「%(title)s」，从 %(day)s开始", title=package.title, day=day_name(form.starts_on.data, today=today()))
    change = edit_plan(here, *package_edits(package, layout, why=why, new_id=new_id), today=today(), by=g.actor)
    if change is not None:
        flash(_("已放进待发的改动，预览后发给商家确认"))
        return redirect(url_for(".changing"))
    flash(_("已加入「%(title)s」，%(count)s 项任务", title=package.title, count=len(package.tasks)))
    return redirect(url_for(".show"))


def _page(here, form: PackageForm) -> str:
    package = _addons().get(form.package.data)
    starts_on = form.starts_on.data
    layout = lay_out(package.pieces(), day_zero=starts_on) if package and isinstance(starts_on, date) else None
    return render_template(
        "plan/addition.html",
        plan=here,
        form=form,
        package=package,
        layout=layout,
        last_day=max((span.ends_on for span in layout.spans.values()), default=None) if layout else None,
        remarks=calendar_remarks(layout, package, starts_on) if layout else [],
        spans=[(task, layout.spans[task.key]) for task in package.tasks] if layout else [],
    )


def _form(sent) -> PackageForm:
    addons = _addons()
    if not addons:
        raise NotReady(_("没有可以加购的服务包。"))
    form = PackageForm(sent, package=next(iter(addons)), starts_on=today())
    form.package.choices = [SelectChoice(key, one.title) for key, one in addons.items()]
    return form


def _addons() -> dict[str, Blueprint]:
    return addons_for(g.access.pack, g.access.firm_id) or abort(404)
