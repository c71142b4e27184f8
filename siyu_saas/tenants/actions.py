"""What people do with firms, workspaces and the files in them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.models import User
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.files.content import Accepted
from siyu_saas.core.files.keys import new_key
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import Job, JobState, resend
from siyu_saas.core.tenancy import current_scope

from .models import Engagement, Firm, FirmMember, StoredFile, Tenant, TenantMember
from .queries import file_of_form
from .rules import Role, Side


def found_firm(name: str) -> Firm:
    firm = Firm(id=new_id(), name=name)
    db.session.add(firm)
    db.session.flush()
    return firm


def join_firm(firm: Firm, user: User, *, role: Role) -> FirmMember:
    if role.side is not Side.FIRM:
        raise ValueError(f"{role} is not a role in a firm")
    member = FirmMember(firm_id=firm.id, user_id=user.id, role=role)
    db.session.add(member)
    db.session.flush()
    return member


def open_workspace(firm: Firm, *, slug: str, name: str, about: str) -> Tenant:
    tenant = Tenant(id=new_id(), firm_id=firm.id, slug=slug, name=name, about=about)
    db.session.add(tenant)
    db.session.flush()
    return tenant


def admit(tenant: Tenant, user: User, *, role: Role) -> TenantMember:
    member = TenantMember(tenant_id=tenant.id, user_id=user.id, role=role)
    db.session.add(member)
    db.session.flush()
    return member


def begin_engagement(*, title: str, starts_on: date, days: int, by: Actor) -> Engagement:
    """In the merchant's scope: the next service period; `days` counts the first and the last day."""
    number = (db.session.scalar(sa.select(sa.func.max(Engagement.number))) or 0) + 1
    engagement = Engagement(
        id=new_id(), number=number, title=title, starts_on=starts_on, ends_on=starts_on + timedelta(days=days - 1)
    )
    db.session.add(engagement)
    db.session.flush()
    audit.record("engagement.begun", engagement, by=by, label=title)
    return engagement


def add_file(accepted: Accepted, *, engagement_id: UUID | None, form_key: str, storage, by: Actor) -> StoredFile:
    """Stores the content, then the row. The same form submitted again gives the file of the first time."""
    before = file_of_form(form_key)
    if before is not None:
        return before
    file = _stored(accepted.name, accepted.extension, engagement_id=engagement_id, by=by)
    file.media_type, file.size, file.sha256 = accepted.media_type, accepted.size_bytes, accepted.sha256
    file.form_key = form_key
    storage.put(file.key, accepted.stream)
    db.session.add(file)
    audit.record("file.added", file, by=by, label=file.name)
    db.session.flush()
    return file


def keep_archive(*, file_id: UUID, name: str, stream, size: int, sha256: str, storage, by: Actor) -> StoredFile:
    """A file that the product itself made. `file_id` is chosen by the asker, so that a second run makes no second row."""
    file = _stored(name, "zip", engagement_id=None, by=by, file_id=file_id)
    file.media_type, file.size, file.sha256 = "application/zip", size, sha256
    storage.put(file.key, stream)
    db.session.add(file)
    audit.record("archive.built", file, by=by, label=name)
    db.session.flush()
    return file


def remove_file(file: StoredFile, *, by: Actor) -> None:
    """The row is kept as a trace; the nightly clean-up removes the content."""
    file.removed_at = now()
    audit.record("file.removed", file, by=by, label=file.name)
    db.session.flush()


def discard_content(file: StoredFile, *, storage) -> None:
    """Removes what a removed file held."""
    storage.delete(file.key)
    file.discarded_at = now()
    db.session.flush()


def retry_job(job: Job, *, by: Actor) -> None:
    if job.state != JobState.FAILED:
        raise NotReady("这个任务没有失败，不需要重试。")
    audit.record("job.retried", job, by=by, label=job.kind, changes={"error": (job.error, None)})
    job.state, job.attempts, job.error, job.not_before, job.sent_at = JobState.QUEUED, 0, None, now(), None
    resend(job)
    db.session.flush()


def _stored(name: str, extension: str, *, engagement_id: UUID | None, by: Actor, file_id: UUID | None = None):
    file = StoredFile(id=file_id or new_id(), name=name, extension=extension, engagement_id=engagement_id)
    file.key = new_key(current_scope().write, extension, today(), new_id())
    file.added_by, file.added_by_name, file.added_at = by.user_id, by.name, now()
    return file
