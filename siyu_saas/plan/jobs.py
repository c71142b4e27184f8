"""Once a day what did not happen yesterday is in the forecast."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.clock import today
from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, every, job, later
from siyu_saas.core.tenancy import system
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.queries.merchants import tenant_ids

from .actions.dates import reforecast
from .models import Plan


@every(timedelta(days=1))
@job("plan.forecasts", title="更新各计划的预计日期")
def ask_for_forecasts() -> dict:
    """One job a merchant and day, so that each runs in its own scope."""
    with system("ask for forecasts"):
        asked = [_once(f"forecast:{one}:{today()}", tenant_id=one) for one in tenant_ids()]
    return {"asked": sum(asked)}


def _once(key: str, *, tenant_id: UUID) -> bool:
    if db.session.scalar(sa.select(Job.id).where(Job.key == key)) is not None:
        return False
    later(forecast_plans, key=key, tenant_id=tenant_id)
    return True


@job("plan.forecast", title="更新计划的预计日期")
def forecast_plans() -> dict:
    plans = db.session.scalars(
        sa.select(Plan)
        .join(Engagement, Engagement.id == Plan.engagement_id)
        .where(Engagement.archived_at.is_(None), Engagement.paused_on.is_(None))
        .order_by(Plan.id)
    ).all()
    for plan in plans:
        reforecast(plan, today=today())
    return {"plans": len(plans)}
