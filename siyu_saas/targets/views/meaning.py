"""What a value means, as texts for the page and as numbers for the slider that recalculates them without a round trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from siyu_saas.metrics.models import Baseline
from siyu_saas.metrics.queries.baselines import frozen_daily
from siyu_saas.metrics.rules.calculators.funnel import FunnelInputs, Unreachable, parcels_needed
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.bands import Benchmark, Strength
from siyu_saas.targets.rules.feasibility import (
    Check,
    check_actions,
    check_assumptions,
    check_band,
    check_baseline,
    check_groups,
    check_parcels,
    check_rationale,
    check_span,
    check_turnover,
    states_middle,
)
from siyu_saas.targets.rules.meaning import GROUP_SIZE, LINKS, RATES, base_of, course, funnel_with, linked, per_hundred
from siyu_saas.targets.rules.starter import CHOICES
from siyu_saas.targets.rules.states import State
from siyu_saas.targets.rules.suggestions import Rule


@dataclass(frozen=True)
class Meaning:
    """`chain` feeds the slider: the funnel's inputs, which of them this target is, and what the others ask for."""

    sentences: list[str]
    linked: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    chain: dict | None = None


def meaning_of(target: Target, every: Sequence[Target], baseline: Baseline | None) -> Meaning:
    told = per_hundred(target.unit, target.better, target.baseline_value, target.value, CHOICES[target.metric].whom)
    sentences = [f"{told}。"] if told else []
    base, lacking = _base(target, baseline)
    if base is None:
        return Meaning(sentences, lacking=lacking)
    asked = _asked(every) | {target.metric: target.value}
    result, others = linked(base, asked)
    inputs = funnel_with(base, asked)
    return Meaning(
        [*sentences, f"链路：{course(result)}。", *_per_day(inputs, asked, target.window.days)],
        [one.sentence for one in others],
        chain=_chain(target, inputs, asked),
    )


def checks_of(target: Target, every: Sequence[Target], baseline: Baseline | None) -> list[Check]:
    """Product C6: band, arithmetic, capacity, missing inputs, span, consistency between the targets."""
    band = band_of(target)
    found = [
        check_baseline(target.baseline_value, days=target.baseline_days),
        check_band(target.unit, target.better, target.value, band, reason=target.reason),
        check_actions(len(target.actions)),
        check_assumptions(len(target.assumptions)),
    ]
    if band is not None and states_middle(target.reason):
        found.append(check_rationale(target.unit, target.value, band, Rule.BAND_MIDPOINT))
    days, actions = target.window.days, len(target.actions)
    found += filter(None, [check_span(target.better, target.baseline_value, target.value, days=days, actions=actions)])
    return [*found, *_chain_checks(target, every, baseline)]


def band_of(target: Target) -> Benchmark | None:
    kept = [Benchmark(**{**one, "strength": Strength(one["strength"])}) for one in target.benchmarks]
    return next((one for one in kept if one.is_band), None)


def _chain_checks(target: Target, every: Sequence[Target], baseline: Baseline | None) -> list[Check]:
    base, _ = _base(target, baseline)
    asked, found = _asked(every) | {target.metric: target.value}, []
    if target.metric in ("parcel_to_wecom_rate", "wecom_total") and "wecom_total" in asked:
        rate = Decimal(asked.get("parcel_to_wecom_rate", 0)) / 10_000 or (base.parcel_rate if base else Decimal(0))
        before = base.friends_before if base else 0
        try:
            found.append(
                check_parcels(
                    goal=asked["wecom_total"],
                    friends_before=before,
                    rate=rate,
                    days=target.window.days,
                    parcels_known=base.parcels if base else None,
                )
            )
        except Unreachable as error:
            found.append(Check("d", "bad", str(error)))
    if target.metric in ("group_count", "group_members") and {"group_count", "group_members"} <= set(asked):
        members, groups = asked["group_members"], asked["group_count"]
        friends = max(members, asked.get("wecom_total", 0))
        share = Fraction(members, friends) if friends else Fraction(1)
        found.append(check_groups(friends=friends, share=share, groups=groups, size=GROUP_SIZE))
    buyer_value = asked.get("aov_buyer") or (base and base.buyer_value_fen)
    if target.metric == "group_gmv" and asked.get("group_members") and buyer_value:
        found.append(check_turnover(gmv_fen=target.value, members=asked["group_members"], buyer_value_fen=buyer_value))
    return found


def _base(target: Target, baseline: Baseline | None) -> tuple[FunnelInputs | None, list[str]]:
    if baseline is None:
        return None, ["冻结的基线"]
    return base_of(frozen_daily(baseline), Window(baseline.first, baseline.last), days=target.window.days)


def _asked(every: Sequence[Target]) -> dict[str, int]:
    return {one.metric: one.value for one in every if one.state is not State.CANCELLED}


def _per_day(inputs: FunnelInputs, asked: dict[str, int], days: int) -> list[str]:
    if "wecom_total" not in asked:
        return [f"按现在的发货量，日均 {inputs.parcels // days:,} 件包裹。"]
    try:
        needed = parcels_needed(
            goal=asked["wecom_total"], friends_before=inputs.friends_before, parcel_rate=inputs.parcel_rate, days=days
        )
    except Unreachable as error:
        return [f"{error}。"]
    return [
        f"要到 {asked['wecom_total']:,} 位好友，{days} 天里日均发 {needed.per_day:,} 件包裹（现在约 {inputs.parcels // days:,} 件）。"
    ]


def _chain(target: Target, inputs: FunnelInputs, asked: dict[str, int]) -> dict:
    """Rates in basis points, so that the script counts in whole numbers as the server does."""
    numbers = {
        name: int(getattr(inputs, name) * 10_000) if name in RATES else getattr(inputs, name)
        for name in FunnelInputs.__slots__
    }
    return {
        "inputs": numbers,
        "mine": LINKS.get(target.metric),
        "asked": {key: value for key, value in asked.items() if key not in LINKS and key != target.metric},
        "metric": target.metric,
        "goal": asked.get("wecom_total"),
        "days": target.window.days,
    }
