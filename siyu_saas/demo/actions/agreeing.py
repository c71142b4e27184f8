"""Numbers frozen and compared; targets offered, answered and signed; the plan confirmed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from siyu_saas.core.clock import telling
from siyu_saas.demo.rules import moment
from siyu_saas.diagnosis.queries.findings import proposed_modules
from siyu_saas.metrics.actions.baselines import freeze_baseline
from siyu_saas.metrics.actions.comparisons import agree_comparison, enter_influence, word_conclusion
from siyu_saas.metrics.models import Baseline, Comparison
from siyu_saas.metrics.queries.baselines import frozen_daily
from siyu_saas.metrics.rules.confounders import Kind
from siyu_saas.metrics.rules.measures import AGREED, HEADLINE_LIMIT
from siyu_saas.metrics.rules.readings import reading
from siyu_saas.metrics.rules.windows import Coverage, Window
from siyu_saas.plan.actions.confirmations import confirm_plan, propose_plan
from siyu_saas.plan.actions.plans import make_plan
from siyu_saas.plan.models import Plan
from siyu_saas.plan.packages import of_pack
from siyu_saas.signing.queries import latest_to_change
from siyu_saas.targets.actions.offers import DOCUMENT, counter_target, propose_target, sign_target
from siyu_saas.targets.actions.targets import draft_target
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.bands import chosen
from siyu_saas.targets.rules.benchmarks import of_metric
from siyu_saas.targets.rules.starter import CHOICES
from siyu_saas.targets.rules.suggestions import suggest
from siyu_saas.targets.rules.totals import baseline_over, days_added
from siyu_saas.tenants.rules import Side

from .cast import PROOF, Cast, Person


def freeze(cast: Cast, window: Window, *, on: date) -> Baseline:
    with telling(moment(on, 10)):
        return freeze_baseline(cast.engagement.id, window, reason="", by=cast.consultant.actor)


def lock_windows(cast: Cast, before: Window, after: Window, *, on: date) -> Comparison:
    with telling(moment(on, 15)):
        headline = list(AGREED[:HEADLINE_LIMIT])
        return agree_comparison(cast.engagement.id, before, after, list(AGREED), headline, by=cast.consultant.actor)


def note_influence(cast: Cast, kind: str, title: str, first: date, last: date) -> None:
    with telling(moment(last + timedelta(days=1), 10)):
        enter_influence(cast.engagement.id, Kind(kind), title, first, last, by=cast.consultant.actor)


def conclude_comparison(cast: Cast, row: Comparison, words: str, *, on: date) -> None:
    with telling(moment(on, 17)):
        word_conclusion(row, words, confirmed=True, by=cast.consultant.actor)


def offer_target(cast: Cast, terms: dict[str, Any], *, on: date, baseline: Baseline | None = None) -> Target:
    """The consultant drafts and proposes it. `terms` as in `story.yaml`: metric, value, first, last and words."""
    with telling(moment(on, 10)):
        target = draft_target(cast.engagement.id, _columns(cast, terms, baseline), by=cast.consultant.actor)
        propose_target(target, side=Side.FIRM, by=cast.consultant.actor)
    return target


def counter(cast: Cast, target: Target, value: int, reason: str, *, on: date) -> None:
    with telling(moment(on, 14)):
        counter_target(target, value=value, reason=reason, side=Side.MERCHANT, by=cast.lead.actor)


def sign_both(cast: Cast, target: Target, *, on: date) -> None:
    """The side that was asked first."""
    order = (cast.lead, cast.consultant) if target.waits_for is Side.MERCHANT else (cast.consultant, cast.lead)
    with telling(moment(on, 16)):
        for person in order:
            _sign_one(target, person)


def confirm_from_package(cast: Cast, *, made_on: date, confirmed_on: date) -> Plan:
    """From the package of the service period, with the findings that speak for its modules."""
    blueprint = of_pack(cast.merchant.pack)[cast.engagement.package]
    findings = {
        key: (str(row.id), row.problem)
        for row in reversed(proposed_modules(cast.engagement.id))
        for key in blueprint.modules_for(row.modules)
    }
    with telling(moment(made_on, 10)):
        plan, _layout = make_plan(
            cast.engagement,
            blueprint,
            people=cast.rows,
            today=made_on,
            by=cast.consultant.actor,
            findings=findings,
            responsibilities=cast.pack.responsibilities.values(),
        )
        document = propose_plan(plan, today=made_on, by=cast.consultant.actor)
    with telling(moment(confirmed_on, 11)):
        confirm_plan(
            plan,
            seen_sha256=document.sha256,
            signer=cast.boss.signer,
            proof=PROOF,
            today=confirmed_on,
            by=cast.boss.actor,
        )
    return plan


def _sign_one(target: Target, person: Person) -> None:
    document = latest_to_change(DOCUMENT, target.id)
    sign_target(target, seen_sha256=document.sha256, signer=person.signer, proof=PROOF, by=person.actor)


def _columns(cast: Cast, terms: dict[str, Any], baseline: Baseline | None) -> dict[str, Any]:
    """What the form of a new target would be filled with."""
    choice = CHOICES[terms["metric"]]
    measure = choice.measure
    benchmarks = of_metric(cast.pack.benchmarks.values(), measure.key, measure.unit)
    window = Window(baseline.first, baseline.last) if baseline else None
    seen = reading(measure, frozen_daily(baseline), window) if baseline else None
    if seen is not None and (seen.coverage is Coverage.THIN or seen.figure is None):
        seen = None
    window_days = (terms["last"] - terms["first"]).days + 1
    over = days_added(measure, choice.mode, window_days=window_days, last_days=14)
    frozen = baseline_over(seen, over) if seen else None
    known = frozen if frozen is not None else terms.get("baseline")
    band, proposed = chosen(benchmarks), suggest(measure.unit, measure.better, known, chosen(benchmarks))
    before, after = terms["before"], terms["after"]
    return {
        "metric": measure.key,
        "unit": measure.unit,
        "better": measure.better,
        "title": terms.get("title", measure.title),
        "scope": choice.scope,
        "value": terms["value"],
        "reason": terms.get("reason", ""),
        "baseline_id": baseline.id if seen else None,
        "baseline_value": known,
        "baseline_first": baseline.first if seen else None,
        "baseline_last": baseline.last if seen else None,
        "baseline_days": seen.valid if seen else 0,
        "band_low": band.low if band else None,
        "band_high": band.high if band else None,
        "benchmarks": [asdict(one) for one in benchmarks],
        "suggested_value": proposed.value,
        "suggest_rule": proposed.rule.value,
        "alternative_value": proposed.alternative,
        "first": terms["first"],
        "last": terms["last"],
        "mode": choice.mode,
        "trailing_days": 14,
        "ramp": choice.ramp,
        "before_first": before.first,
        "before_last": before.last,
        "after_first": after.first,
        "after_last": after.last,
        "owner_merchant": cast.lead.name,
        "owner_consultant": cast.consultant.name,
        "actions": terms["actions"],
        "assumptions": terms.get("assumptions", []),
        "confirmed": True,
    }
