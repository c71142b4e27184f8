"""Targets of the engagement asked for, and what was said about them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import CalcRun
from siyu_saas.metrics.rules.locks import Lock, locks_days
from siyu_saas.signing.models import Document, Signature
from siyu_saas.targets.models import Offer, Support, Target
from siyu_saas.targets.rules.states import State

RUNS_SHOWN = 20
LEAVING = sa.select(Target.state).where(Target.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))


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


def states_of(engagement_id: UUID) -> list[State]:
    return list(db.session.scalars(LEAVING, {"engagement_id": engagement_id}))


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
