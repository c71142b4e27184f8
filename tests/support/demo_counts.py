"""The demo merchant's 75 days in a workspace, entered as a person would."""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.tenants.queries.engagements import engagement_numbered
from tests.metrics.demo import daily
from tests.support.merchants import Shop


def fill_demo_counts(app: Flask, shop: Shop, *, form_key: str = "demo") -> UUID:
    counts = {(field, day): value for field, days in daily().items() for day, value in days.items()}
    with app.app_context(), writing(), tenant(shop.id):
        engagement = engagement_numbered(1)
        enter_counts(counts, engagement_id=engagement.id, title="日报.csv", form_key=form_key, by=shop.actor)
        db.session.commit()
        return engagement.id
