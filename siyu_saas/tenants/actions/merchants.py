"""A merchant's workspace: opening it, what is recorded of personal data, and the team's notes."""

from __future__ import annotations

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.tenants.models import Firm, Note, ProcessingRecord, Spelling, Tenant
from siyu_saas.tenants.queries.merchants import taken_slugs, taken_slugs_like
from siyu_saas.tenants.rules.names import RESERVED_SLUGS, SLUG, free_slug
from siyu_saas.tenants.rules.processing import PROCESSING_DEFAULTS, RETENTION_DAYS
from siyu_saas.tenants.rules.search import spellings


class SlugTaken(NotReady):
    """Another workspace has this address, or nobody may have it."""


def open_workspace(
    firm: Firm, *, name: str, slug: str = "", about: str = "", pack: str = "base", form_key: str | None = None
) -> Tenant:
    """Without a slug one is made of the name. Raises SlugTaken."""
    if slug and (slug in RESERVED_SLUGS or not SLUG.fullmatch(slug)):
        raise SlugTaken("这个地址不能用，请换一个（3–40 个小写字母、数字或短横线）。")
    if slug and taken_slugs(slug):
        raise SlugTaken("这个地址已经被使用，请换一个。")
    tenant = Tenant(
        id=new_id(),
        firm_id=firm.id,
        slug=slug or free_slug(name, taken_slugs_like(name)),
        name=name,
        about=about,
        pack=pack,
        form_key=form_key,
    )
    db.session.add(tenant)
    db.session.flush()
    db.session.add_all(Spelling(tenant_id=tenant.id, typed=typed, firm_id=firm.id) for typed in spellings(name))
    db.session.flush()
    return tenant


def record_processing(*, by: Actor, **fields) -> ProcessingRecord:
    """In the merchant's scope: what is agreed on about personal data, from the usual wording on."""
    record = ProcessingRecord(id=new_id(), **{**PROCESSING_DEFAULTS, "retention_days": RETENTION_DAYS, **fields})
    db.session.add(record)
    audit.record("record.agreed", record, by=by, label="个人信息处理记录")
    db.session.flush()
    return record


def change_processing(record: ProcessingRecord, *, by: Actor, **fields) -> None:
    changes = {name: (getattr(record, name), value) for name, value in fields.items() if getattr(record, name) != value}
    if changes:
        for name, (_before, after) in changes.items():
            setattr(record, name, after)
        audit.record("record.changed", record, by=by, label="个人信息处理记录", changes=changes)
    db.session.flush()


def write_note(text: str, *, by: Actor) -> Note:
    note = Note(id=new_id(), text=text, written_by=by.user_id, written_by_name=by.name, written_at=now())
    db.session.add(note)
    audit.record("note.written", note, by=by, label="内部备注")
    db.session.flush()
    return note


def remove_note(note: Note, *, by: Actor) -> None:
    """The row is kept as a trace."""
    note.removed_at = now()
    audit.record("note.removed", note, by=by, label="内部备注")
    db.session.flush()
