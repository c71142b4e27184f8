"""Drafting, proposing, signing and reopening a text that both sides sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from siyu_saas.accounts.rules import Proof
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady, Refusal
from siyu_saas.core.ids import new_id
from siyu_saas.tenants.rules import Role, Side

from .kinds import KINDS
from .models import Document, Seal, Signature
from .queries import signatures_of, version_with_digest
from .rules import Change, difference, digest, lines_of, new_code


@dataclass(frozen=True)
class Signer:
    """The person behind a signature, as they are in this workspace."""

    user_id: UUID
    name: str
    role: Role
    address: str | None

    @property
    def side(self) -> Side:
        return self.role.side


class TextChanged(Refusal):
    """What was read is not what would be signed; `changes` shows the difference."""

    status = 409

    def __init__(self, changes: list[Change]) -> None:
        super().__init__("你读的那一版刚刚被修改，这次没有签署。请看清改动再签。")
        self.changes = changes


def draft(
    *,
    engagement_id: UUID,
    kind: str,
    title: str,
    content: Mapping[str, Any],
    by: Actor,
    after: Document | None = None,
    reason: str = "",
    subject_id: UUID | None = None,
) -> Document:
    """A first version, or with `after` the next one of its chain."""
    row = _version(kind, engagement_id, subject_id or engagement_id, title, content, after=after, reason=reason, by=by)
    audit.record("document.drafted", row, by=by, label=_label(row))
    db.session.flush()
    return row


def put_forward(
    *,
    engagement_id: UUID,
    kind: str,
    title: str,
    content: Mapping[str, Any],
    subject_id: UUID,
    by: Actor,
    after: Document | None,
    reason: str,
) -> Document:
    """A version that is proposed as it is written, such as a counter-offer; `after` ends, with its signatures."""
    if after is not None:
        after.superseded_at = after.superseded_at or now()
    row = _version(kind, engagement_id, subject_id, title, content, after=after, reason=reason, by=by)
    _freeze(row, by=by)
    db.session.flush()
    return row


def rewrite(row: Document, content: Mapping[str, Any], *, by: Actor) -> None:
    if row.proposed_at is not None:
        raise NotReady("这一版已经发给双方签署，要改请先重新打开。")
    row.content = dict(content)
    audit.record("document.edited", row, by=by, label=_label(row))
    db.session.flush()


def propose(row: Document, *, by: Actor) -> None:
    """Freezes the text: from here on it is only signed or replaced."""
    if row.proposed_at is not None:
        raise NotReady("这一版已经发出，等双方签署。")
    _freeze(row, by=by)
    db.session.flush()


def sign(row: Document, *, seen_sha256: str, signer: Signer, proof: Proof, by: Actor) -> Signature:
    """One side signs. The same person again gets the signature of the first time.

    Raises TextChanged when what was read is another version, NotReady when there is nothing to sign.
    """
    if row.sha256 is None or row.sha256 != seen_sha256:
        raise TextChanged(_changes_since(seen_sha256, row))
    if row.superseded_at is not None:
        raise NotReady("这一版已被新版替代。")
    if signer.side not in KINDS[row.kind].sides:
        raise NotReady("这份文件由另一方签署。")
    signed = {one.side: one for one in signatures_of(row.id)}
    mine = signed.get(signer.side)
    if mine is not None and mine.user_id == signer.user_id:
        return mine
    if mine is not None:
        raise NotReady(f"你们这一方已由{mine.name}签署，不需要再签。")
    signature = Signature(
        id=new_id(),
        document_id=row.id,
        side=signer.side,
        user_id=signer.user_id,
        name=signer.name,
        role=signer.role,
        at=now(),
        address=signer.address,
        proof=proof,
        sha256=row.sha256,
    )
    db.session.add(signature)
    audit.record("document.signed", row, by=by, label=_label(row), changes={"sha256": (None, row.sha256)})
    if KINDS[row.kind].sides <= {*signed, signer.side}:
        row.in_force_at = now()
        db.session.add(Seal(id=new_id(), code=row.code, kind=row.kind, sha256=row.sha256, sealed_on=today()))
    db.session.flush()
    return signature


def reopen(row: Document, *, reason: str, by: Actor) -> Document:
    """Ends this version and gives a draft of the next one with the same text. Both sides will sign anew."""
    if row.proposed_at is None:
        raise NotReady("现在就是草稿，直接修改即可。")
    row.superseded_at = now()
    audit.record("document.reopened", row, by=by, label=_label(row), changes={"reason": (None, reason)})
    return draft(
        engagement_id=row.engagement_id,
        kind=row.kind,
        title=row.title,
        content=row.content,
        after=row,
        reason=reason,
        subject_id=row.subject_id,
        by=by,
    )


def withdraw(row: Document, *, by: Actor) -> None:
    """Ends a version that will not be signed; the one before it stays in force."""
    if row.in_force_at is not None:
        raise NotReady("这一版已经签署生效，不能撤回。")
    if row.superseded_at is None:
        row.superseded_at = now()
        audit.record("document.withdrawn", row, by=by, label=_label(row))
        db.session.flush()


def supersede(row: Document) -> None:
    """A version that was in force gives way to the one that was just signed."""
    row.superseded_at = now()
    db.session.flush()


def _version(
    kind: str,
    engagement_id: UUID,
    subject_id: UUID,
    title: str,
    content: Mapping[str, Any],
    *,
    after: Document | None,
    reason: str,
    by: Actor,
) -> Document:
    row = Document(
        id=new_id(),
        engagement_id=engagement_id,
        kind=kind,
        subject_id=subject_id,
        number=after.number + 1 if after else 1,
        title=title,
        content=dict(content),
        previous_sha256=after.sha256 if after else None,
        made_by_name=by.name,
        reason=reason,
    )
    db.session.add(row)
    return row


def _freeze(row: Document, *, by: Actor) -> None:
    row.sha256 = digest(
        kind=row.kind, title=row.title, number=row.number, content=row.content, previous=row.previous_sha256
    )
    row.code = new_code()
    row.proposed_at = now()
    audit.record("document.proposed", row, by=by, label=_label(row))


def _changes_since(seen_sha256: str, row: Document) -> list[Change]:
    seen = version_with_digest(row.kind, row.subject_id, seen_sha256)
    return difference(lines_of(seen.content) if seen else [], lines_of(row.content))


def _label(row: Document) -> str:
    return f"{row.title} 第 {row.number} 版"
