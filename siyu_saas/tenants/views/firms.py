"""A firm's own page: name, mark, colour, contact, what new merchants start with; and its colours as a style sheet."""

from __future__ import annotations

from flask import Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from siyu_saas.packs.library import industries
from siyu_saas.tenants.actions.firms import change_firm
from siyu_saas.tenants.forms.firms import FirmForm
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.models import Firm
from siyu_saas.tenants.queries.merchants import firm_with
from siyu_saas.tenants.rules.looks import on_day, parsed, style_sheet
from siyu_saas.web.forms import refuse_stale

from .blueprints import firm, workspace

YEAR_SECONDS = 31_536_000


@firm.get("/profile")
@may("firm.edit")
def profile():
    row = firm_with(g.firm_access.firm_id)
    return _page(row, _form(row, shown=True))


@firm.post("/profile")
@may("firm.edit")
def change_profile():
    row = firm_with(g.firm_access.firm_id)
    form = _form(row)
    if not form.validate():
        return _page(row, form), 422
    refuse_stale(form, _form(row, shown=True), back=url_for(".profile"))
    change_firm(row, by=g.actor, **{name: value or "" for name, value in form.data.items() if name != "version"})
    flash(_("已保存，所有商家的页面都会用新的名称和颜色"))
    return redirect(url_for(".profile"))


@firm.get("/theme.css")
@may("workspace.see")
def firm_theme():
    return _style_sheet(g.firm_access.house.accent)


@workspace.get("/theme.css")
@may("workspace.see")
def theme():
    return _style_sheet(g.access.house.accent)


def _style_sheet(accent: str) -> Response:
    """The address carries a digest of the content, so browsers keep it."""
    answer = Response(style_sheet(accent) if accent else "", mimetype="text/css")
    answer.headers["Cache-Control"] = f"private, max-age={YEAR_SECONDS}, immutable"
    return answer


def _page(row: Firm, form: FirmForm) -> str:
    shown = on_day(parsed(row.accent))["brand"] if row.accent else ""
    return render_template("tenants/profile.html", form=form, firm=row, shown=shown if shown != row.accent else "")


def _form(row: Firm, *, shown: bool = False) -> FirmForm:
    form = FirmForm(formdata=None, obj=row) if shown else FirmForm()
    form.pack.choices = [SelectChoice(pack.key, pack.title) for pack in industries()]
    return form
