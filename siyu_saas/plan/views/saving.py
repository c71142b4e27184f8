"""A firm's own packages: saved from a plan, listed, taken off the list."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.plan.actions.packages import remove_package, save_package
from siyu_saas.plan.forms.team import PackageNameForm
from siyu_saas.plan.queries.plans import firm_package_with, firm_packages
from siyu_saas.tenants.guards import may

from .blueprint import firm_shelf, plan, plan_here


@plan.get("/package")
@may("package.edit")
def name_package():
    here = plan_here()
    form = PackageNameForm(formdata=None, title=here.package_title)
    return render_template("plan/package.html", form=form, plan=here)


@plan.post("/package")
@may("package.edit")
def keep_package():
    here, form = plan_here(), PackageNameForm()
    if not form.validate():
        return render_template("plan/package.html", form=form, plan=here), 422
    row = save_package(here, title=form.title.data, firm_id=g.access.firm_id, form_key=form.once.data, by=g.actor)
    flash(_("已存为机构的服务包「%(title)s」，下次生成计划时可以选", title=row.title))
    return redirect(url_for("plan.show"))


@firm_shelf.get("")
@may("package.edit")
def packages():
    return render_template("plan/packages.html", packages=firm_packages(g.firm_access.firm_id))


@firm_shelf.post("/<uuid:package_id>/removal")
@may("package.edit")
def drop_package(package_id: UUID):
    row = firm_package_with(g.firm_access.firm_id, package_id) or abort(404)
    remove_package(row, by=g.actor)
    flash(_("已删除，用它做过的计划不受影响"))
    return redirect(url_for(".packages"))
