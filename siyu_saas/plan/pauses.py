"""A pause of the service period moves what is left of the plan."""

from __future__ import annotations

from datetime import date

from siyu_saas.core.audit import Actor
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules.stages import goes_on

from .actions.dates import shift_rest
from .queries.plans import plan_to_change


@goes_on
def shift_plan(engagement: Engagement, days: int, on: date, by: Actor) -> None:
    plan = plan_to_change(engagement.id)
    if plan is not None and days:
        shift_rest(plan, days, today=on, by=by)
