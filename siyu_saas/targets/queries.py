"""Targets of the engagement asked for, and what was said about them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import Baseline, CalcRun
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.locks import Lock, locks_days
from siyu_saas.signing.models import Document, Signature
from siyu_saas.targets.models import (
    Offer,
    Quality,
    QualityMark,
    Support,
    Target,
    TargetBranch,
    TargetLight,
    TargetWork,
)
from siyu_saas.targets.rules.lights import ByHand

RUNS_SHOWN = 20
TABLED = (
    sa.select(Target.id, Target.title, Target.state, Target.waits_for, sa.func.max(Offer.made_at).label("since"))
    .outerjoin(Offer, sa.and_(Offer.tenant_id == Target.tenant_id, Offer.target_id == Target.id))
    .where(Target.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))
    .group_by(Target.id, Target.title, Target.state, Target.waits_for)
)


def targets_of(engagement_id: UUID) -> list[Target]:
    return list(
        db.session.scalars(
            sa.select(Target).where(Target.engagement_id == engagement_id).order_by(Target.position, Target.id)
        )
    )


def target_to_change(target_id: UUID, engagement_id: UUID) -> Target | None:
    """As it is now, locked until the end of the transaction: of two who answer at once, one is first."""
    chosen = sa.select(Target).where(Target.id == target_id, Target.engagement_id == engagement_id).with_for_update()
    return db.session.scalar(chosen.execution_options(populate_existing=True))


def target_with(target_id: UUID, engagement_id: UUID) -> Target | None:
    return db.session.scalar(sa.select(Target).where(Target.id == target_id, Target.engagement_id == engagement_id))


def target_of_form(form_key: str) -> Target | None:
    return db.session.scalar(sa.select(Target).where(Target.form_key == form_key))


@dataclass(frozen=True, slots=True)
class Story:
    """The thread, oldest first, and the newest version with the signatures under it."""

    offers: list[Offer]
    document: Document | None
    signatures: list[Signature]


def story_of(target_id: UUID) -> Story:
    """One query: every offer is a version of the document."""
    rows = db.session.execute(
        sa.select(Offer, Document, Signature)
        .join(Document, sa.and_(Document.subject_id == Offer.target_id, Document.number == Offer.number))
        .outerjoin(Signature, Signature.document_id == Document.id)
        .where(Offer.target_id == target_id, Document.kind == "target")
        .order_by(Offer.number, Signature.at)
    ).all()
    if not rows:
        return Story([], None, [])
    newest = rows[-1][1]
    signatures = [signature for _, document, signature in rows if document is newest and signature is not None]
    return Story(list(dict.fromkeys(offer for offer, _, _ in rows)), newest, signatures)


def runs_beside(target_id: UUID, engagement_id: UUID) -> list[sa.Row]:
    """(id, title, made_at, support_id) of the engagement's calculations; `support_id` of those the target stands on."""
    return db.session.execute(
        sa.select(CalcRun.id, CalcRun.title, CalcRun.made_at, Support.id.label("support_id"))
        .outerjoin(Support, sa.and_(Support.calc_run_id == CalcRun.id, Support.target_id == target_id))
        .where(CalcRun.engagement_id == engagement_id)
        .order_by(CalcRun.made_at.desc(), CalcRun.id.desc())
        .limit(RUNS_SHOWN)
    ).all()


def support_between(target_id: UUID, calc_run_id: UUID) -> Support | None:
    return db.session.scalar(
        sa.select(Support).where(Support.target_id == target_id, Support.calc_run_id == calc_run_id)
    )


def targets_tabled(engagement_id: UUID) -> list[sa.Row]:
    """Rows (id, title, state, waits_for, since): `since` is the moment of the newest offer."""
    return list(db.session.execute(TABLED.order_by("since", Target.id), {"engagement_id": engagement_id}))


def signed_versions(target_ids: list[UUID]) -> dict[UUID, tuple[Document, list[Signature]]]:
    """By target: the newest version of its document and the signatures under it. One query."""
    newest = (
        sa.select(Document.subject_id, sa.func.max(Document.number).label("number"))
        .where(Document.kind == "target", Document.subject_id.in_(target_ids))
        .group_by(Document.subject_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Document, Signature)
        .join(newest, sa.and_(newest.c.subject_id == Document.subject_id, newest.c.number == Document.number))
        .outerjoin(Signature, Signature.document_id == Document.id)
        .where(Document.kind == "target")
        .order_by(Signature.at)
    )
    found: dict[UUID, tuple[Document, list[Signature]]] = {}
    for document, signature in rows:
        _, signatures = found.setdefault(document.subject_id, (document, []))
        if signature is not None:
            signatures.append(signature)
    return found


@dataclass(frozen=True, slots=True)
class Ties:
    """Of an engagement's targets: whom each serves, which light was set by hand, the tasks and milestones that carry it."""

    parents: dict[UUID, UUID]
    lights: dict[UUID, ByHand]
    works: dict[UUID, set[UUID]]


TIES = (
    TargetBranch.parent_id,
    TargetLight.light,
    TargetLight.reason,
    TargetLight.set_by_name,
    TargetLight.set_at,
    sa.func.coalesce(TargetWork.task_id, TargetWork.milestone_id).label("work_id"),
)


def targets_with_ties(engagement_id: UUID) -> tuple[list[Target], Ties]:
    """One query; a target that several tasks carry comes in several rows."""
    return _gathered(db.session.execute(_tied(engagement_id, Target, *TIES)))


def targets_at_the_table(engagement_id: UUID) -> tuple[list[Target], Ties, Baseline | None]:
    """The targets, what hangs on them, and the baseline that counts, in one query."""
    newest = (
        sa.select(sa.func.max(Baseline.number))
        .where(Baseline.engagement_id == engagement_id, Baseline.scope == ALL)
        .scalar_subquery()
    )
    frozen = sa.and_(Baseline.engagement_id == Target.engagement_id, Baseline.scope == ALL, Baseline.number == newest)
    rows = db.session.execute(_tied(engagement_id, Target, *TIES, Baseline).outerjoin(Baseline, frozen)).all()
    return *_gathered(rows), rows[0].Baseline if rows else None


def parents_of(engagement_id: UUID) -> dict[UUID, UUID]:
    rows = db.session.execute(
        sa.select(TargetBranch.child_id, TargetBranch.parent_id)
        .join(Target, Target.id == TargetBranch.child_id)
        .where(Target.engagement_id == engagement_id)
    )
    return {row.child_id: row.parent_id for row in rows}


def _tied(engagement_id: UUID, *columns) -> sa.Select:
    return (
        sa.select(*columns)
        .select_from(Target)
        .outerjoin(TargetBranch, TargetBranch.child_id == Target.id)
        .outerjoin(TargetLight, sa.and_(TargetLight.target_id == Target.id, TargetLight.ended_at.is_(None)))
        .outerjoin(TargetWork, TargetWork.target_id == Target.id)
        .where(Target.engagement_id == engagement_id)
        .order_by(Target.position, Target.id)
    )


def _gathered(rows) -> tuple[list[Target], Ties]:
    targets: dict[UUID, Target] = {}
    ties = Ties({}, {}, {})
    for row in rows:
        key = row.Target.id
        targets[key] = row.Target
        if row.parent_id is not None:
            ties.parents[key] = row.parent_id
        if row.light is not None:
            ties.lights[key] = ByHand(row.light, row.reason, row.set_by_name, row.set_at)
        if row.work_id is not None:
            ties.works.setdefault(key, set()).add(row.work_id)
    return list(targets.values()), ties


def branch_of(child_id: UUID) -> TargetBranch | None:
    return db.session.scalar(sa.select(TargetBranch).where(TargetBranch.child_id == child_id))


def lights_in_force(target_id: UUID) -> list[TargetLight]:
    chosen = sa.select(TargetLight).where(TargetLight.target_id == target_id, TargetLight.ended_at.is_(None))
    return list(db.session.scalars(chosen.with_for_update()))


def works_carrying(target_id: UUID) -> list[TargetWork]:
    return list(db.session.scalars(sa.select(TargetWork).where(TargetWork.target_id == target_id)))


def qualities_of(engagement_id: UUID) -> list[tuple[Quality, list[QualityMark]]]:
    """Those that were not taken away, oldest first, each with its marks, oldest first. One query."""
    rows = db.session.execute(
        sa.select(Quality, QualityMark)
        .outerjoin(QualityMark, QualityMark.quality_id == Quality.id)
        .where(Quality.engagement_id == engagement_id, Quality.removed_at.is_(None))
        .order_by(Quality.made_at, Quality.id, QualityMark.given_at, QualityMark.id)
    )
    found: dict[UUID, tuple[Quality, list[QualityMark]]] = {}
    for quality, mark in rows:
        _, marks = found.setdefault(quality.id, (quality, []))
        if mark is not None:
            marks.append(mark)
    return list(found.values())


def quality_with(quality_id: UUID, engagement_id: UUID) -> Quality | None:
    return db.session.scalar(
        sa.select(Quality).where(
            Quality.id == quality_id, Quality.engagement_id == engagement_id, Quality.removed_at.is_(None)
        )
    )


def row_of_form(model: type[Quality] | type[QualityMark], form_key: str):
    return db.session.scalar(sa.select(model).where(model.form_key == form_key))


@locks_days
def signed_windows(engagement_id: UUID) -> list[Lock]:
    """Of targets that both sides signed: the window and both windows of the comparison."""
    rows = db.session.execute(
        sa.select(
            Target.title,
            Target.first,
            Target.last,
            Target.before_first,
            Target.before_last,
            Target.after_first,
            Target.after_last,
        ).where(Target.engagement_id == engagement_id, Target.agreed_at.is_not(None))
    )
    return [
        Lock(first, last, f"目标「{row.title}」的窗口")
        for row in rows
        for first, last in (
            (row.first, row.last),
            (row.before_first, row.before_last),
            (row.after_first, row.after_last),
        )
    ]
