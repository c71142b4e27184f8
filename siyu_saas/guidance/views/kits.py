"""Text kits: filled from what is known of the merchant, looked at, kept in versions, approved by the merchant."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.core.errors import Conflict
from siyu_saas.guidance.actions.kits import approve_text, keep_text, propose_text
from siyu_saas.guidance.forms.items import SeenForm, TextForm
from siyu_saas.guidance.models import KitText
from siyu_saas.guidance.queries.kits import newest_texts, text_to_change, versions_of
from siyu_saas.guidance.rules.kits import KitState, blanks_of, checks, filled
from siyu_saas.packs.library import pack
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.rules import Side
from siyu_saas.web.forms import refuse_stale

from .blueprints import guidance

LONGEST_VALUE = 200


@guidance.get("/texts")
@may("item.see")
def texts():
    return render_template(
        "guidance/texts.html", templates=_pack().templates.values(), newest=newest_texts(g.engagement.id)
    )


@guidance.get("/texts/<key>")
@may("item.see")
def text(key: str):
    """Filled with the words in the address, if there are any; else the newest version."""
    template, versions = _template_or_404(key), versions_of(g.engagement.id, key)
    values = _values(template)
    body = (
        filled(template.body, values)
        if request.args
        else versions[0].body
        if versions
        else filled(template.body, values)
    )
    return _page(template, versions, _form_of(body, versions[0] if versions else None))


@guidance.post("/texts/<key>")
@may("item.work")
def keep(key: str):
    template, form = _template_or_404(key), TextForm()
    if not form.validate():
        return _page(template, versions_of(g.engagement.id, key), form), 422
    newest = text_to_change(g.engagement.id, key)
    if newest is not None and newest.body != form.body.data:
        refuse_stale(form, _form_of(newest.body, newest), back=url_for(".text", key=key))
    row = keep_text(engagement_id=g.engagement.id, key=key, title=template.title, body=form.body.data, by=g.actor)
    flash(_("已保存为第 %(number)s 版", number=row.number))
    return redirect(url_for(".text", key=key))


@guidance.post("/texts/<key>/proposal")
@may("item.review")
def propose(key: str):
    propose_text(_newest_as_seen(key), by=g.actor)
    flash(_("已发给商家定稿"))
    return redirect(url_for(".text", key=key))


@guidance.post("/texts/<key>/approval")
@may("text.approve")
def approve(key: str):
    approve_text(_newest_as_seen(key), by=g.actor)
    flash(_("已定稿，可以复制发布了"))
    return redirect(url_for(".text", key=key))


def _page(template, versions: list[KitText], form: TextForm) -> str:
    body, newest = form.body.data or "", versions[0] if versions else None
    return render_template(
        "guidance/text.html",
        template=template,
        versions=versions,
        newest=newest,
        form=form,
        values=_values(template),
        blanks=blanks_of(template.body),
        checks=checks(template.key, body),
        may_approve=newest is not None and newest.state is not KitState.APPROVED and g.access.may("text.approve"),
        may_propose=newest is not None and newest.state is KitState.DRAFT and g.access.side is Side.FIRM,
    )


def _values(template) -> dict[str, str]:
    known = {"brand": g.access.name, "persona": g.engagement.coordinator}
    typed = {name: request.args.get(name, "")[:LONGEST_VALUE] for name in blanks_of(template.body)}
    return {name: typed[name] or known.get(name, "") for name in typed}


def _newest_as_seen(key: str) -> KitText:
    """Raises Conflict, with the words that were looked at, when there is a newer one."""
    newest, seen = text_to_change(g.engagement.id, key) or abort(404), SeenForm().version.data
    if newest.number != seen:
        words = next((one.body for one in versions_of(g.engagement.id, key) if one.number == seen), "")
        raise Conflict([(_("正文"), words, newest.body)], back=url_for(".text", key=key))
    return newest


def _form_of(body: str, newest: KitText | None) -> TextForm:
    return TextForm(formdata=None, body=body, version=newest.number if newest is not None else None)


def _template_or_404(key: str):
    return _pack().templates.get(key) or abort(404)


def _pack():
    return pack(g.access.pack)
