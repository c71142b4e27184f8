"""What a consultant still has in hand of campaigns, contents and groups goes to whoever takes their place.

These rows know their people by name. What is over keeps the old one.
"""

from __future__ import annotations

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import Campaign, Group, Improvement, Issue, Material, ScriptLine, Slot
from siyu_saas.guidance.rules.campaigns import CampaignState
from siyu_saas.guidance.rules.content import SlotState
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules.succession import Succession, hands_over

PERIODS = sa.select(Engagement.id).where(Engagement.archived_at.is_(None))
GOING_ON = (
    Campaign.engagement_id.in_(PERIODS),
    Campaign.state != CampaignState.REVIEWED,
    Campaign.removed_at.is_(None),
)
CAMPAIGNS = sa.select(Campaign.id).where(*GOING_ON)
OPEN = (
    (Campaign.owner_name, GOING_ON),
    (Material.owner_name, (Material.ready_at.is_(None), Material.campaign_id.in_(CAMPAIGNS))),
    (ScriptLine.owner_name, (ScriptLine.campaign_id.in_(CAMPAIGNS),)),
    (Issue.owner_name, (Issue.closed_at.is_(None), Issue.campaign_id.in_(CAMPAIGNS))),
    (Improvement.owner_name, (Improvement.task_id.is_(None), Improvement.campaign_id.in_(CAMPAIGNS))),
    (Slot.owner_name, (Slot.state != SlotState.POSTED, Slot.removed.is_(False), Slot.engagement_id.in_(PERIODS))),
    (Group.host_name, (Group.dissolved_on.is_(None), Group.engagement_id.in_(PERIODS))),
    (Group.deputy_name, (Group.dissolved_on.is_(None), Group.engagement_id.in_(PERIODS))),
)


@hands_over
def hand_guidance_over(succession: Succession) -> int:
    return sum(_renamed(column, conditions, succession) for column, conditions in OPEN)


def _renamed(column, conditions, succession: Succession) -> int:
    values = {column.key: succession.after_name}
    if hasattr(column.class_, "version"):
        values["version"] = column.class_.version + 1
    renamed = sa.update(column.class_).where(column == succession.before_name, *conditions).values(values)
    return db.session.execute(renamed, execution_options={"synchronize_session": False}).rowcount
