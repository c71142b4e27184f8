"""What a campaign's review wants improved goes into the plan, the way a consultant adds a task there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.guidance.models import Campaign, Improvement
from siyu_saas.guidance.queries.improvements import whereabouts
from siyu_saas.guidance.rules.campaigns import improvement_days
from siyu_saas.plan.actions.edits import edit_plan
from siyu_saas.plan.models import Change, Plan, Post
from siyu_saas.plan.queries.plans import posts_of
from siyu_saas.plan.rules.states import Kind
from siyu_saas.plan.rules.team import side_of
from siyu_saas.tenants.rules import Side

USUAL_ROLE = "campaign_ops"


def put_into_plan(
    campaign: Campaign, improvements: Sequence[Improvement], *, plan: Plan, today: date, by: Actor
) -> tuple[int, Change | None]:
    """Those that are not there yet; answers with how many, and the change set that collects them in a confirmed plan.
    Raises NotReady while another change waits for the merchant; then nothing is written."""
    there = whereabouts(improvements, plan.id)
    missing = [one for one in improvements if one.task_id not in there]
    if not missing:
        return 0, None
    holders = {post.name: post for post in posts_of(plan.id) if post.name}
    edits = {one.id: _edit(one, campaign, holders.get(one.owner_name), today) for one in missing}
    change = edit_plan(plan, *edits.values(), today=today, by=by)
    for one in missing:
        one.task_id = UUID(edits[one.id]["task"])
    db.session.flush()
    return len(missing), change


def _edit(one: Improvement, campaign: Campaign, post: Post | None, today: date) -> dict[str, Any]:
    role = post.role if post else USUAL_ROLE
    starts_on, ends_on = improvement_days(one.due_on, today)
    return {
        "op": "add",
        "task": str(new_id()),
        "title": one.text[:120],
        "milestone": "",
        "kind": (Kind.OPERATE if side_of(role) is Side.MERCHANT else Kind.GUIDE).value,
        "role": role,
        "owner_id": str(post.user_id) if post and post.user_id else None,
        "owner_name": one.owner_name,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "acceptance": one.text,
        "why": f"活动「{campaign.title}」复盘定的改进",
    }
