"""What waits for the reviewer, across all merchants of the firm's person; worked off with the keyboard."""

from __future__ import annotations

from flask import render_template
from flask_login import current_user

from siyu_saas.core.tenancy import portfolio
from siyu_saas.guidance.queries.reviews import (
    criteria_by_item,
    evidence_by_item,
    how_many_wait,
    waiting_for_review,
)
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.entries import workspaces_of
from siyu_saas.tenants.rules import Side

from .blueprints import reviewing

AT_ONCE = 30


@reviewing.get("/reviews")
@may("item.review")
def queue():
    places = {access.tenant_id: access for access in workspaces_of(current_user.user_id) if access.side is Side.FIRM}
    with portfolio(places):
        rows, total = waiting_for_review(AT_ONCE), how_many_wait()
        ids = [row.id for row in rows]
        criteria, evidence = criteria_by_item(ids), evidence_by_item(ids)
    return render_template(
        "guidance/reviews.html", rows=rows, total=total, criteria=criteria, evidence=evidence, places=places
    )
