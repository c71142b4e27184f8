"""One target: its value on a scale with band and baseline, what it means, the thread, both signatures, what it came to."""

from __future__ import annotations

from fractions import Fraction

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.accounts.proof import asked_proof, proof_of
from siyu_saas.core.clock import today
from siyu_saas.core.database import end_reading
from siyu_saas.metrics.queries.calculations import run_with
from siyu_saas.signing.actions import Signer, TextChanged
from siyu_saas.signing.forms import SignForm
from siyu_saas.signing.rules import grouped
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.rules import Side

from ..actions.offers import counter_target, give_up_target, revise_target, sign_target
from ..actions.results import conclude_target
from ..actions.targets import rest_on
from ..forms import GiveUpForm, LightForm, OfferForm, ResultForm, RevisionForm, shown
from ..queries import (
    runs_beside,
    story_of,
    target_to_change,
    target_with,
    targets_at_the_table,
)
from ..rules.achievement import shown as degree_shown
from ..rules.agreement import missing
from ..rules.bands import Benchmark, Strength, conflicting
from ..rules.benchmarks import band_text
from ..rules.course import standing
from ..rules.quantities import amount_text, from_figure
from ..rules.states import MANY_REVISIONS, State, only_words_now
from ..rules.suggestions import Rule, confidence, points_of_confidence
from ..rules.tree import likely_parent
from ..rules.works import work_of
from .blueprints import targets
from .meaning import band_of, checks_of, meaning_of
from .rows import board_row, degree_text, known_counts, standing_of, state_of, yesterday
from .slider import ruler


@targets.get("/<uuid:target_id>")
@may("target.see")
def show(target_id):
    return page_of(target_id)


@targets.post("/<uuid:target_id>/offer")
@may("target.offer")
def counter(target_id):
    target = target_to_change(target_id, g.engagement.id) or abort(404)
    form = OfferForm(unit=target.unit)
    if not form.validate():
        return page_of(target_id, offer=form), 422
    counter_target(target, value=form.steps["value"], reason=form.reason.data, side=g.access.side, by=g.actor)
    flash(_("已提出新的数值，等对方回应"))
    return redirect(url_for(".show", target_id=target.id))


@targets.post("/<uuid:target_id>/signature")
@may("target.sign")
def put_signature(target_id):
    target = target_with(target_id, g.engagement.id) or abort(404)
    form = SignForm()
    end_reading()
    proof = proof_of(current_user._get_current_object(), form.proof.data) if form.validate() else None
    if proof is None:
        form.proof.errors = form.proof.errors or [_("密码或验证码不对，这次没有签署")]
        return page_of(target_id, sign=form), 422
    target = target_to_change(target_id, g.engagement.id)
    signer = Signer(current_user.user_id, current_user.user.name, g.access.role, request.remote_addr)
    sign_target(target, seen_sha256=form.sha256.data or "", signer=signer, proof=proof, by=g.actor)
    flash(_("已签署。双方签完后，这个目标就定下来了"))
    return redirect(url_for(".show", target_id=target.id))


@targets.errorhandler(TextChanged)
def show_changes(changed: TextChanged):
    return render_template("targets/changed.html", changes=changed.changes), changed.status


@targets.post("/<uuid:target_id>/revision")
@may("target.offer")
def revise(target_id):
    target = target_to_change(target_id, g.engagement.id) or abort(404)
    form = RevisionForm(unit=target.unit)
    if not form.validate():
        return page_of(target_id, revision=form), 422
    changes = {
        "value": form.steps["value"],
        "first": form.first.data,
        "last": form.last.data,
        "scope": form.scope.data,
    }
    revise_target(target, changes, reason=form.reason.data, side=g.access.side, on=today(), by=g.actor)
    flash(_("已提出修订，两边的签名都作废，需要重新签署"))
    return redirect(url_for(".show", target_id=target.id))


@targets.post("/<uuid:target_id>/cancellation")
@may("target.offer")
def give_up(target_id):
    target = target_to_change(target_id, g.engagement.id) or abort(404)
    form = GiveUpForm()
    if not form.validate():
        return page_of(target_id, end=form), 422
    give_up_target(target, reason=form.why.data, side=g.access.side, by=g.actor)
    flash(_("已提出取消，双方签署后生效"))
    return redirect(url_for(".show", target_id=target.id))


@targets.post("/<uuid:target_id>/result")
@may("target.conclude")
def conclude(target_id):
    target = target_to_change(target_id, g.engagement.id) or abort(404)
    form = ResultForm()
    if not form.validate():
        return page_of(target_id, outcome=form), 422
    stands = standing(target, known_counts([target])[target.counted_in], until=yesterday())
    conclude_target(target, stands, state=State(form.state.data), note=form.note.data or "", by=g.actor)
    flash(_("结论已确认"))
    return redirect(url_for(".show", target_id=target.id))


@targets.post("/<uuid:target_id>/supports/<uuid:run_id>")
@may("target.edit")
def support(target_id, run_id):
    target = target_to_change(target_id, g.engagement.id) or abort(404)
    rest_on(target, run_with(run_id, g.engagement.id) or abort(404), by=g.actor)
    flash(_("测算已挂到目标上"))
    return redirect(url_for(".show", target_id=target.id))


def page_of(target_id, *, offer=None, sign=None, revision=None, end=None, outcome=None, light=None) -> str:
    every, ties, baseline = targets_at_the_table(g.engagement.id)
    every = [one for one in every if one.state is not State.DRAFT or g.access.may("target.edit")]
    target = next((one for one in every if one.id == target_id), None) or abort(404)
    story, runs = story_of(target.id), runs_beside(target.id, g.engagement.id)
    document = story.document
    stands = standing_of(target, known_counts([target]), ties)
    above = next((one for one in every if one.id == ties.parents.get(target.id)), None)
    work = work_of(g.engagement.id)
    carrying = ties.works.get(target.id, set())
    meaning, band, state = meaning_of(target, every, baseline), band_of(target), state_of(target)
    signed = {one.side: one for one in story.signatures}
    proof = asked_proof(current_user)
    sign = sign or SignForm(formdata=None)
    sign.sha256.data = document.sha256 if document else None
    if proof:
        sign.proof.label.text = proof.title
    waits = target.state in (State.PROPOSED, State.COUNTERED)
    return render_template(
        "targets/target.html",
        target=target,
        place=every.index(target) + 1,
        total=len(every),
        state=state,
        row=board_row(target, stands) if not target.state.is_open else None,
        stands=stands,
        degree=degree_text(stands),
        other=_whole_window(target, stands),
        ruler=ruler(target, band, meaning),
        meaning=meaning,
        checks=checks_of(target, every, baseline),
        lacking=missing(target) if target.state is State.DRAFT else [],
        benchmarks=[(one, band_text(target.unit, one["low"], one["high"])) for one in target.benchmarks],
        conflict=conflicting([one for one in map(_benchmark, target.benchmarks) if one.is_band]),
        rule=Rule(target.suggest_rule),
        texts={
            "suggested": amount_text(target.unit, target.suggested_value),
            "alternative": amount_text(target.unit, target.alternative_value),
            "baseline": amount_text(target.unit, target.baseline_value),
            "value": amount_text(target.unit, target.value),
        },
        confidence=_confidence(target),
        thread=[(one, amount_text(target.unit, one.value)) for one in story.offers],
        supports=[one for one in runs if one.support_id],
        unused=[one for one in runs if not one.support_id] if g.access.may("target.edit") else [],
        document=document,
        sides=[(side, signed.get(side)) for side in (Side.MERCHANT, Side.FIRM)],
        may_sign=waits and g.access.may("target.sign") and g.access.side not in signed,
        may_counter=waits and g.access.may("target.offer") and target.waits_for is g.access.side,
        proof=proof,
        sign=sign,
        offer=offer or OfferForm(formdata=None, unit=target.unit, data={"value": shown(target.unit, target.value)}),
        revision=revision or _revision(target),
        end=end or GiveUpForm(formdata=None),
        above=above,
        below=[one for one in every if ties.parents.get(one.id) == target.id],
        others=[one for one in every if one.id != target.id],
        likely=None if above else likely_parent(target.metric, [one for one in every if one.id != target.id]),
        works=[one for one in work if one.id in carrying],
        more_work=[one for one in work if one.id not in carrying] if g.access.may("target.edit") else [],
        by_hand=ties.lights.get(target.id),
        light=light or LightForm(formdata=None),
        outcome=outcome or ResultForm(formdata=None, data={"state": stands.proposed.value}),
        words_only=only_words_now(target.window, today()),
        many=target.revisions > MANY_REVISIONS,
        grouped=grouped,
    )


def _benchmark(kept: dict) -> Benchmark:
    return Benchmark(**{**kept, "strength": Strength(kept["strength"])})


def _whole_window(target, stands) -> tuple[str, str] | None:
    """The other way to count, where only the last days count for the target. Source: domain D4."""
    if stands.whole_degree is None:
        return None
    return amount_text(
        target.unit, from_figure(target.unit, stands.whole.figure)
    ), f"{degree_shown(stands.whole_degree)}%"


def _revision(target) -> RevisionForm:
    data = {
        "value": shown(target.unit, target.value),
        "first": target.first,
        "last": target.last,
        "scope": target.scope,
    }
    return RevisionForm(formdata=None, unit=target.unit, data=data)


def _confidence(target):
    days = (target.baseline_last - target.baseline_first).days + 1 if target.baseline_first else 0
    band = band_of(target)
    return confidence(
        points_of_confidence(
            baseline_days=target.baseline_days,
            baseline_share=Fraction(target.baseline_days, days) if days else Fraction(0),
            strength=band.strength if band else None,
            confirmed=target.confirmed and bool(target.owner_merchant and target.owner_consultant),
            window_days=target.window.days,
        )
    )
