"""From what was typed to the columns of a target, and back into a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from siyu_saas.metrics.models import Baseline
from siyu_saas.metrics.queries.comparisons import comparison_of
from siyu_saas.metrics.rules.measures import MEASURES
from siyu_saas.metrics.rules.readings import Reading
from siyu_saas.metrics.rules.windows import USUAL_DAYS, Window, usual_window
from siyu_saas.targets.forms import TargetForm, lines_of, shown
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.bands import Benchmark, chosen
from siyu_saas.targets.rules.starter import Choice
from siyu_saas.targets.rules.states import Mode
from siyu_saas.targets.rules.suggestions import suggest
from siyu_saas.targets.rules.totals import baseline_over, days_added


def terms_of(
    form: TargetForm, choice: Choice, *, baseline: Baseline | None, reading: Reading | None, benchmarks: list[Benchmark]
) -> dict[str, Any]:
    """A frozen baseline goes before one that was typed; it is that of the scope in which the target is counted."""
    measure = choice.measure
    frozen = baseline_of(form, choice, reading)
    known = frozen if frozen is not None else form.steps["baseline"]
    band, proposed = chosen(benchmarks), suggest(measure.unit, measure.better, known, chosen(benchmarks))
    return {
        "metric": measure.key,
        "unit": measure.unit,
        "better": measure.better,
        "title": form.title.data,
        "scope": form.scope.data,
        "counted_in": form.counted_in.data,
        "value": form.steps["value"],
        "reason": form.reason.data or "",
        "baseline_id": baseline.id if frozen is not None else None,
        "baseline_value": known,
        "baseline_first": baseline.first if frozen is not None else None,
        "baseline_last": baseline.last if frozen is not None else None,
        "baseline_days": reading.valid if frozen is not None else 0,
        "band_low": band.low if band else None,
        "band_high": band.high if band else None,
        "benchmarks": [asdict(one) for one in benchmarks],
        "suggested_value": proposed.value,
        "suggest_rule": proposed.rule.value,
        "alternative_value": proposed.alternative,
        "first": form.first.data,
        "last": form.last.data,
        "mode": Mode(form.mode.data),
        "trailing_days": form.trailing_days.data,
        "ramp": form.ramp.data,
        "before_first": form.before_first.data,
        "before_last": form.before_last.data,
        "after_first": form.after_first.data,
        "after_last": form.after_last.data,
        "owner_merchant": form.owner_merchant.data or "",
        "owner_consultant": form.owner_consultant.data or "",
        "actions": lines_of(form.actions.data),
        "assumptions": lines_of(form.assumptions.data),
        "confirmed": form.confirmed.data,
    }


def baseline_of(form: TargetForm, choice: Choice, seen: Reading | None) -> int | None:
    """In steps; a total over as many days as the form would add up."""
    if seen is None:
        return None
    first, last, measure = form.first.data, form.last.data, choice.measure
    mode = Mode(form.mode.data) if form.mode.data in list(Mode) else choice.mode
    if not first or not last or last < first:
        return baseline_over(seen, None)
    window_days, last_days = (last - first).days + 1, form.trailing_days.data or 1
    return baseline_over(seen, days_added(measure, mode, window_days=window_days, last_days=last_days))


def form_of(target: Target, scopes: Sequence[str] = ()) -> TargetForm:
    return TargetForm(
        formdata=None,
        measure=MEASURES[target.metric],
        scopes=scopes,
        data={
            **{name: getattr(target, name) for name in PLAIN},
            "mode": target.mode.value,
            "value": shown(target.unit, target.value),
            "baseline": shown(target.unit, target.baseline_value),
            "actions": "\n".join(target.actions),
            "assumptions": "\n".join(target.assumptions),
        },
    )


PLAIN = (
    "title",
    "scope",
    "counted_in",
    "reason",
    "first",
    "last",
    "trailing_days",
    "ramp",
    "before_first",
    "before_last",
    "after_first",
    "after_last",
    "owner_merchant",
    "owner_consultant",
    "confirmed",
    "version",
)


def fresh_form(choice: Choice, engagement, baseline: Baseline | None, scopes: Sequence[str]) -> TargetForm:
    """Filled with what is usual, so that only the numbers have to be talked about."""
    measure = choice.measure
    before, after = _windows(engagement, baseline)
    return TargetForm(
        formdata=None,
        measure=measure,
        scopes=scopes,
        data={
            "title": measure.title,
            "scope": choice.scope,
            "first": engagement.starts_on,
            "last": engagement.ends_on,
            "mode": choice.mode.value,
            "trailing_days": 14,
            "ramp": choice.ramp,
            "before_first": before.first,
            "before_last": before.last,
            "after_first": after.first,
            "after_last": after.last,
            "owner_merchant": engagement.coordinator,
            "version": 0,
        },
    )


def _windows(engagement, baseline: Baseline | None) -> tuple[Window, Window]:
    """Those already locked for the comparison; otherwise the frozen baseline and the last four weeks."""
    locked = comparison_of(engagement.id)
    if locked is not None:
        return locked.before, locked.after
    before = Window(baseline.first, baseline.last) if baseline else usual_window(_eve(engagement.starts_on))
    last_weeks = engagement.ends_on - timedelta(days=USUAL_DAYS - 1)
    return before, Window(max(last_weeks, engagement.starts_on), engagement.ends_on)


def _eve(day: date) -> date:
    return day - timedelta(days=1)
