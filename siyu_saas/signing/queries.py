"""Documents of the merchant in scope, and seals, which belong to nobody."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db

from .models import Document, Seal, Signature

# Asked on every home of a merchant: the newest version of a chain, one row for each of its signatures.
STANDING = (
    sa.select(Document.proposed_at, Document.superseded_at, Signature.side)
    .outerjoin(Signature, Signature.document_id == Document.id)
    .where(Document.kind == sa.bindparam("kind"), Document.subject_id == sa.bindparam("subject_id", type_=sa.Uuid()))
    .order_by(Document.number.desc())
    .limit(2)
)


def latest(kind: str, subject_id: UUID) -> Document | None:
    return db.session.scalar(_chain(kind, subject_id).order_by(Document.number.desc()).limit(1))


def latest_to_change(kind: str, subject_id: UUID) -> Document | None:
    """As it is now, locked until the end of the transaction: of two who sign at once, one is first."""
    chosen = _chain(kind, subject_id).order_by(Document.number.desc()).limit(1).with_for_update()
    return db.session.scalar(chosen.execution_options(populate_existing=True))


def versions(kind: str, subject_id: UUID) -> list[Document]:
    """Newest first."""
    return list(db.session.scalars(_chain(kind, subject_id).order_by(Document.number.desc())))


def version_numbered(kind: str, subject_id: UUID, number: int) -> Document | None:
    return db.session.scalar(_chain(kind, subject_id).where(Document.number == number))


def version_with_digest(kind: str, subject_id: UUID, sha256: str) -> Document | None:
    return db.session.scalar(_chain(kind, subject_id).where(Document.sha256 == sha256))


def signatures_of(document_id: UUID) -> list[Signature]:
    return list(
        db.session.scalars(sa.select(Signature).where(Signature.document_id == document_id).order_by(Signature.at))
    )


def sides_signed(kind: str, subject_id: UUID) -> set | None:
    """The sides under the newest version; None while there is nothing to sign."""
    rows = db.session.execute(STANDING, {"kind": kind, "subject_id": subject_id}).all()
    newest = [row for row in rows if row.superseded_at is None]
    if not newest or newest[0].proposed_at is None:
        return None
    return {row.side for row in newest if row.side is not None}


def seal_with(code: str) -> Seal | None:
    return db.session.scalar(sa.select(Seal).where(Seal.code == code))


def _chain(kind: str, subject_id: UUID) -> sa.Select:
    return sa.select(Document).where(Document.kind == kind, Document.subject_id == subject_id)
