"""Planning a campaign, getting it ready, running it, and learning from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.guidance.models import Campaign, Issue, Material
from siyu_saas.guidance.queries.campaigns import PARTS, campaign_of_form, part_of
from siyu_saas.guidance.rules.campaigns import CampaignState, Verdict, review_gaps


def plan_campaign(*, engagement_id: UUID, form_key: str, by: Actor, **fields: Any) -> Campaign:
    before = campaign_of_form(form_key)
    if before is not None:
        return before
    row = Campaign(
        id=new_id(), engagement_id=engagement_id, form_key=form_key, made_by_name=by.name, made_at=now(), **fields
    )
    db.session.add(row)
    audit.record("campaign.planned", row, by=by, label=row.title)
    db.session.flush()
    return row


def change_campaign(row: Campaign, *, by: Actor, **fields: Any) -> None:
    changes = {name: (getattr(row, name), value) for name, value in fields.items() if getattr(row, name) != value}
    for name, (_before, after) in changes.items():
        setattr(row, name, after)
    if changes:
        audit.record("campaign.changed", row, by=by, label=row.title, changes=changes)
    db.session.flush()


def lock_figures(row: Campaign, *, by: Actor, **figures: int | None) -> None:
    """From here on the review speaks of these figures; correcting them is recorded."""
    change_campaign(row, by=by, **figures)
    if row.locked_at is None:
        row.locked_at = now()
        audit.record("campaign.locked", row, by=by, label=row.title)
    db.session.flush()


def drop_campaign(row: Campaign, *, by: Actor) -> None:
    if row.locked_at is not None:
        raise NotReady("活动数据已经锁定，不能删除。")
    row.removed_at = now()
    audit.record("campaign.removed", row, by=by, label=row.title)
    db.session.flush()


def add_row(campaign: Campaign, part: str, **fields: Any):
    model, _order = PARTS[part]
    row = model(id=new_id(), campaign_id=campaign.id, **fields)
    db.session.add(row)
    db.session.flush()
    return row


def drop_row(row) -> None:
    db.session.delete(row)
    db.session.flush()


def settle_material(row: Material, *, ready: bool) -> None:
    row.ready_at = now() if ready else None
    db.session.flush()


def close_issue(row: Issue, *, remedy: str) -> None:
    row.remedy, row.closed_at = remedy, now()
    db.session.flush()


def close_review(campaign: Campaign, *, by: Actor) -> list:
    """Raises NotReady with what is missing. Returns what is to be improved (`improvements.put_into_plan`)."""
    improvements = part_of(campaign.id, "improvements")
    gaps = review_gaps(improvements, locked=campaign.locked_at is not None)
    if gaps:
        raise NotReady("复盘还差：" + "；".join(gaps) + "。")
    campaign.state = CampaignState.REVIEWED
    audit.record("campaign.reviewed", campaign, by=by, label=campaign.title)
    db.session.flush()
    return [one for one in improvements if one.verdict is Verdict.IMPROVE]
