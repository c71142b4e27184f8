"""What the rooms wait for, in every service period at once: read once for all the reasons that ask about it."""

from __future__ import annotations

import sqlalchemy as sa

from siyu_saas.charter.kind import CHARTER
from siyu_saas.diagnosis.models import Diagnosis
from siyu_saas.guidance.models import Item
from siyu_saas.guidance.rules.states import ItemState
from siyu_saas.plan.models import Plan, Task, Wait
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.reports.kind import REPORT
from siyu_saas.signing.models import Document, Signature
from siyu_saas.talk.models import Comment
from siyu_saas.targets.models import Offer, Target
from siyu_saas.tenants.rules import Side

TODAY = sa.bindparam("today", type_=sa.Date())

# The charters that were sent, read once for all reasons that ask about them.
CHARTERS = (
    sa.select(
        Document.tenant_id,
        Document.engagement_id,
        Document.proposed_at,
        Document.in_force_at,
        sa.func.count(Signature.id).label("merchant_signed"),
    )
    .outerjoin(Signature, sa.and_(Signature.document_id == Document.id, Signature.side == Side.MERCHANT))
    .where(Document.kind == CHARTER.key, Document.proposed_at.is_not(None), Document.superseded_at.is_(None))
    .group_by(Document.tenant_id, Document.engagement_id, Document.proposed_at, Document.in_force_at)
    .cte("charters")
)

# Clocks that run, the tasks that are late and not in anybody's review, and what else the rooms wait for: read once each.
CLOCKS = (
    sa.select(Plan.tenant_id, Plan.engagement_id, Wait.side, Wait.cause, sa.func.min(Wait.began_on).label("since"))
    .join(Plan, sa.and_(Plan.tenant_id == Wait.tenant_id, Plan.id == Wait.plan_id))
    .where(Wait.ended_on.is_(None))
    .group_by(Plan.tenant_id, Plan.engagement_id, Wait.side, Wait.cause)
    .cte("clocks")
)
LATE = (
    sa.select(Plan.tenant_id, Plan.engagement_id, Task.side, sa.func.min(Task.ends_on).label("since"))
    .join(Plan, sa.and_(Plan.tenant_id == Task.tenant_id, Plan.id == Task.plan_id))
    .where(
        Plan.confirmed_at.is_not(None),
        Task.done_on.is_(None),
        Task.ends_on < TODAY,
        Task.state.in_((TaskState.TODO, TaskState.DOING)),
        Task.stuck_side.is_(None),
        Task.removed_at.is_(None),
    )
    .group_by(Plan.tenant_id, Plan.engagement_id, Task.side)
    .cte("late")
)
ITEMS = (
    sa.select(Item.tenant_id, Item.engagement_id, sa.func.min(Item.submitted_at).label("since"))
    .where(Item.state == ItemState.SUBMITTED)
    .group_by(Item.tenant_id, Item.engagement_id)
    .cte("items")
)
TARGETS = (
    sa.select(
        Target.tenant_id,
        Target.engagement_id,
        Target.waits_for.label("side"),
        sa.func.max(Offer.made_at).label("since"),
    )
    .join(Offer, sa.and_(Offer.tenant_id == Target.tenant_id, Offer.target_id == Target.id))
    .where(Target.waits_for.is_not(None))
    .group_by(Target.tenant_id, Target.engagement_id, Target.waits_for)
    .cte("open_targets")
)
# Sections of the report that stands where the merchant has the last word.
ANSWER = sa.orm.aliased(Comment)
REMARKS = (
    sa.select(Comment.tenant_id, Comment.engagement_id, sa.func.min(Comment.written_at).label("since"))
    .join(Document, sa.and_(Document.tenant_id == Comment.tenant_id, Document.engagement_id == Comment.engagement_id))
    .where(
        Document.kind == REPORT.key,
        Document.superseded_at.is_(None),
        Document.proposed_at <= Comment.written_at,
        Comment.subject_kind.startswith(f"{REPORT.key}-"),
        Comment.author_side == Side.MERCHANT,
        Comment.internal.is_(False),
        Comment.removed_at.is_(None),
        ~sa.exists().where(
            ANSWER.tenant_id == Comment.tenant_id,
            ANSWER.subject_kind == Comment.subject_kind,
            ANSWER.subject_id == Comment.subject_id,
            ANSWER.written_at > Comment.written_at,
            ANSWER.internal.is_(False),
            ANSWER.removed_at.is_(None),
        ),
    )
    .group_by(Comment.tenant_id, Comment.engagement_id)
    .cte("remarks")
)
DIAGNOSES = (
    sa.select(
        Diagnosis.tenant_id,
        Diagnosis.engagement_id,
        Diagnosis.sent_at,
        Diagnosis.assessed_at,
        Diagnosis.published_at,
        Diagnosis.confirmed_at,
    )
    .where(Diagnosis.confirmed_at.is_(None))
    .cte("diagnoses")
)
