"""Sending a report, signing it, asking for a change."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.accounts.proof import proof_of
from siyu_saas.core.database import end_reading
from siyu_saas.reports.actions import revise_report, send_report
from siyu_saas.reports.kind import REPORT
from siyu_saas.signing.actions import Signer, TextChanged, sign
from siyu_saas.signing.forms import ChangeForm, SignForm
from siyu_saas.signing.queries import latest_to_change
from siyu_saas.tenants.guards import may

from .blueprints import reports
from .reading import gathered, report_page, row_or_404


@reports.post("/<uuid:report_id>/proposal")
@may("report.edit")
def send(report_id: UUID):
    row = row_or_404(report_id)
    send_report(row, by=g.actor)
    flash(_("已发给商家，双方都签完才是定稿"))
    return redirect(url_for(".show", report_id=row.id))


@reports.post("/<uuid:report_id>/signature")
@may("report.sign")
def put_signature(report_id: UUID):
    row, form = row_or_404(report_id), SignForm()
    end_reading()
    proof = proof_of(current_user._get_current_object(), form.proof.data) if form.validate() else None
    if proof is None:
        form.proof.errors = form.proof.errors or [_("密码或验证码不对，这次没有签署")]
        return report_page(row, form), 422
    document = latest_to_change(REPORT.key, g.engagement.id)
    if document is None or document.number != row.number:
        abort(404)
    signer = Signer(current_user.user_id, current_user.user.name, g.access.role, request.remote_addr)
    sign(document, seen_sha256=form.sha256.data or "", signer=signer, proof=proof, by=g.actor)
    flash(_("已签署。双方签完就是定稿，之后改数据会生成新的一版"))
    return redirect(url_for(".show", report_id=row.id))


@reports.errorhandler(TextChanged)
def show_text_changed(changed: TextChanged):
    return render_template("reports/text_changed.html", changes=changed.changes), changed.status


@reports.post("/<uuid:report_id>/change-request")
@may("report.sign")
def ask_for_change(report_id: UUID):
    row, form = row_or_404(report_id), ChangeForm()
    if not form.validate():
        return report_page(row, change=form), 422
    document = latest_to_change(REPORT.key, g.engagement.id)
    if document is None or document.number != row.number or row.sent_at is None:
        abort(404)
    fresh = revise_report(row, document, gathered(), reason=form.reason.data, by=g.actor)
    flash(_("已重新打开，用最新数据生成了第 %(n)s 版草稿", n=fresh.number))
    if not g.access.may("report.edit"):
        return redirect(url_for(".index"))
    return redirect(url_for(".show", report_id=fresh.id))
