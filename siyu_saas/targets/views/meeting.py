"""共创会: one screen for the room, and one signature for everything that was read. Source: domain D6."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.accounts.proof import asked_proof, proof_of
from siyu_saas.core.database import end_reading
from siyu_saas.signing.actions import Signer
from siyu_saas.tenants.guards import may

from ..actions.offers import sign_target
from ..forms import SignManyForm
from ..queries import signed_versions, target_to_change, targets_of
from ..rules.agreement import CLAUSE
from ..rules.quantities import amount_text
from ..rules.states import State
from .blueprints import targets
from .meaning import band_of

AGENDA = (
    ("看诊断首页的发现", 10),
    ("顾问讲基准带与建议值的来源", 10),
    ("商家讲资源与限制", 10),
    ("逐条协商改值", 20),
    ("复述前提、责任人、风险，双方签署", 10),
)


@targets.get("/meeting")
@may("target.see")
def meeting():
    return _room(SignManyForm(formdata=None))


@targets.post("/signatures")
@may("target.sign")
def put_signatures():
    """Signs all that was read with one proof; whatever changed meanwhile stops everything."""
    form = SignManyForm()
    end_reading()
    proof = proof_of(current_user._get_current_object(), form.proof.data) if form.validate() else None
    if proof is None:
        form.proof.errors = form.proof.errors or [_("密码或验证码不对，这次没有签署")]
        return _room(form), 422
    signer = Signer(current_user.user_id, current_user.user.name, g.access.role, request.remote_addr)
    read = _read(form.read.data)
    for target_id, sha256 in sorted(read.items()):
        target = target_to_change(target_id, g.engagement.id)
        if target is not None:
            sign_target(target, seen_sha256=sha256, signer=signer, proof=proof, by=g.actor)
    flash(_("已签署 %(count)s 个目标", count=len(read)))
    return redirect(url_for(".meeting"))


def _room(form: SignManyForm) -> str:
    every = [one for one in targets_of(g.engagement.id) if one.state is not State.CANCELLED]
    if not g.access.may("target.edit"):
        every = [one for one in every if one.state is not State.DRAFT]
    signed = signed_versions([one.id for one in every])
    open_ones = [one for one in every if _unsigned(one, signed)]
    proof = asked_proof(current_user)
    form.read.data = "\n".join(f"{one.id}:{signed[one.id][0].sha256}" for one in open_ones)
    if proof:
        form.proof.label.text = proof.title
    return render_template(
        "targets/meeting.html",
        agenda=AGENDA,
        clause=CLAUSE,
        rows=[(one, _words(one), {s.side for s in signed[one.id][1]} if one.id in signed else set()) for one in every],
        open_ones=open_ones,
        proof=proof,
        form=form,
    )


def _unsigned(target, signed) -> bool:
    if target.state not in (State.PROPOSED, State.COUNTERED) or target.id not in signed:
        return False
    return g.access.may("target.sign") and g.access.side not in {one.side for one in signed[target.id][1]}


def _words(target) -> dict[str, str]:
    band = band_of(target)
    return {
        "baseline": amount_text(target.unit, target.baseline_value),
        "value": amount_text(target.unit, target.value),
        "band": f"{amount_text(target.unit, band.low)}–{amount_text(target.unit, band.high)}" if band else "—",
        "suggested": amount_text(target.unit, target.suggested_value),
    }


def _read(typed: str | None) -> dict[UUID, str]:
    """Pairs that are not an id and a digest are left out."""
    found = {}
    for line in (typed or "").split():
        name, _colon, digest = line.partition(":")
        try:
            found[UUID(name)] = digest
        except ValueError:
            continue
    return found
