"""合作说明: read, edit, send for signing, sign, ask for a change, look back."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.accounts.proof import asked_proof, proof_of
from siyu_saas.core.database import end_reading
from siyu_saas.core.errors import NotReady
from siyu_saas.packs.library import charter_text
from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.papers.views import paper_context
from siyu_saas.signing.actions import Signer, TextChanged, draft, propose, reopen, rewrite, sign
from siyu_saas.signing.forms import ChangeForm, SignForm
from siyu_saas.signing.models import Document
from siyu_saas.signing.queries import latest, latest_to_change, signatures_of, version_numbered, versions
from siyu_saas.signing.rules import difference, grouped, lines_of
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import firm_with
from siyu_saas.tenants.rules import Side
from siyu_saas.tenants.rules.packages import PACKAGES
from siyu_saas.web.forms import refuse_stale

from .forms import CharterForm
from .kind import CHARTER, CHARTER_PAPER
from .paper import paper_data
from .rules import filled, free_sections, informed_days_of, rewritten

charter = Blueprint("charter", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/charter")


@charter.get("")
@may("charter.see")
def show():
    return _page(SignForm(formdata=None))


@charter.get("/edit")
@may("charter.edit")
def edit():
    row = latest(CHARTER.key, g.engagement.id)
    if row is not None and row.proposed_at is not None:
        return redirect(url_for(".show"))
    return _editor(_form(row), _content(row))


@charter.post("/draft")
@may("charter.edit")
def save():
    row = latest_to_change(CHARTER.key, g.engagement.id)
    content, form = _content(row), CharterForm()
    if len(form.texts) != len(free_sections(content)):
        raise NotReady("草稿的节数和正文对不上，请刷新页面后再改。")
    if not form.validate():
        return _editor(form, content), 422
    refuse_stale(form, _form(row), back=url_for(".edit"))
    text = rewritten(content, form.texts.data, form.informed_days.data)
    if row is None:
        draft(engagement_id=g.engagement.id, kind=CHARTER.key, title=CHARTER.title, content=text, by=g.actor)
    else:
        rewrite(row, text, by=g.actor)
    flash(_("草稿已保存，商家还看不到"))
    return redirect(url_for(".show"))


@charter.post("/proposal")
@may("charter.propose")
def send():
    row = latest_to_change(CHARTER.key, g.engagement.id) or draft(
        engagement_id=g.engagement.id, kind=CHARTER.key, title=CHARTER.title, content=_content(None), by=g.actor
    )
    propose(row, by=g.actor)
    flash(_("已发给双方签署，店主打开首页就能看到"))
    return redirect(url_for(".show"))


@charter.post("/signature")
@may("charter.sign")
def put_signature():
    form = SignForm()
    end_reading()
    proof = proof_of(current_user._get_current_object(), form.proof.data) if form.validate() else None
    if proof is None:
        form.proof.errors = form.proof.errors or [_("密码或验证码不对，这次没有签署")]
        return _page(form), 422
    row = latest_to_change(CHARTER.key, g.engagement.id) or abort(404)
    signer = Signer(current_user.user_id, current_user.user.name, g.access.role, request.remote_addr)
    sign(row, seen_sha256=form.sha256.data or "", signer=signer, proof=proof, by=g.actor)
    flash(_("已签署。双方签完后，这一版就不能再改"))
    return redirect(url_for(".show"))


@charter.errorhandler(TextChanged)
def show_changes(changed: TextChanged):
    return render_template("charter/changed.html", changes=changed.changes), changed.status


@charter.post("/change-request")
@may("charter.sign")
def ask_for_change():
    form = ChangeForm()
    if not form.validate():
        return _page(SignForm(formdata=None), change=form), 422
    reopen(latest_to_change(CHARTER.key, g.engagement.id) or abort(404), reason=form.reason.data, by=g.actor)
    flash(_("已重新打开，顾问改好后双方重新签署"))
    return redirect(url_for(".show"))


@charter.post("/paper")
@may("charter.see")
def print_version():
    """The newest version that was sent, with the signatures it has by now."""
    row = next((one for one in versions(CHARTER.key, g.engagement.id) if one.proposed_at), None) or abort(404)
    edition = _("第 %(n)s 版", n=row.number)
    data = paper_data(row, signatures_of(row.id), merchant=g.access.name, firm=firm_with(g.access.firm_id).name)
    ask_for_paper(CHARTER_PAPER, g.engagement.id, row.subject_id, row.title, data, edition=edition, by=g.actor)
    return redirect(url_for(".show") + "#paper")


@charter.get("/versions/<int:edition>")
@may("charter.see")
def version(edition: int):
    row = version_numbered(CHARTER.key, g.engagement.id, edition)
    if row is None or (row.proposed_at is None and not g.access.may("charter.edit")):
        abort(404)
    before = version_numbered(CHARTER.key, g.engagement.id, edition - 1)
    return render_template(
        "charter/version.html",
        document=row,
        signatures=signatures_of(row.id),
        changes=difference(lines_of(before.content), lines_of(row.content)) if before else None,
    )


def _page(form: SignForm, change: ChangeForm | None = None) -> str:
    every = versions(CHARTER.key, g.engagement.id)
    newest = every[0] if every else None
    shown = newest
    if newest is None or newest.proposed_at is None:
        shown = newest if g.access.may("charter.edit") else next((one for one in every if one.proposed_at), None)
    signatures = signatures_of(shown.id) if shown else []
    signed = {one.side: one for one in signatures}
    proof = asked_proof(current_user)
    form.sha256.data = shown.sha256 if shown else None
    if proof:
        form.proof.label.text = proof.title
    waits = shown is not None and shown.proposed_at is not None and shown.superseded_at is None
    return render_template(
        "charter/charter.html",
        document=shown,
        draft=newest if newest and newest.proposed_at is None else None,
        content=_content(shown) if shown or g.access.may("charter.edit") else None,
        signatures=signatures,
        sides=[(side, signed.get(side)) for side in (Side.MERCHANT, Side.FIRM)],
        may_sign=waits and g.access.may("charter.sign") and g.access.side not in signed,
        proof=proof,
        form=form,
        change=change or ChangeForm(formdata=None),
        waits=waits,
        others=[one for one in every if one is not shown and (one.proposed_at or g.access.may("charter.edit"))],
        grouped=grouped,
        **paper_context(CHARTER_PAPER, g.engagement.id),
    )


def _form(row: Document | None) -> CharterForm:
    content = _content(row)
    return CharterForm(
        formdata=None,
        texts=[section["text"] for section in free_sections(content)],
        informed_days=informed_days_of(content),
        version=row.version if row else 0,
    )


def _editor(form: CharterForm, content) -> str:
    return render_template(
        "charter/edit.html", form=form, fields=list(zip(free_sections(content), form.texts, strict=True))
    )


def _content(row: Document | None):
    return row.content if row is not None else _usual_text()


def _usual_text():
    engagement = g.engagement
    title, _days = PACKAGES.get(engagement.package, (engagement.title, 0))
    return filled(
        charter_text()["sections"],
        {
            "merchant": g.access.name,
            "firm": firm_with(g.access.firm_id).name,
            "coordinator": engagement.coordinator,
            "package": title,
            "starts_on": engagement.starts_on.isoformat(),
            "ends_on": engagement.ends_on.isoformat(),
        },
    )
