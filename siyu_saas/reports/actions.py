"""Making, wording, sending and revising a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.papers.links import revoke, share
from siyu_saas.papers.models import PublicLink
from siyu_saas.papers.rules import digest
from siyu_saas.signing.actions import draft as draft_document
from siyu_saas.signing.actions import propose, reopen, rewrite
from siyu_saas.signing.models import Document
from siyu_saas.signing.queries import latest

from .kind import REPORT
from .models import Report, WeeklyBrief
from .rules.brief import Brief, text_of
from .rules.shape import ReportData
from .rules.telling import content_of, in_order, moved, with_drafts

PURPOSE = "report"  # of links


def make_report(before: Report | None, data: ReportData, *, engagement_id: UUID, by: Actor) -> Report:
    """The first version, or fresh numbers for a draft. What was sent is only replaced by `revise_report`."""
    if before is not None and before.sent_at is not None:
        raise NotReady("报告已经发给商家。要改数据，请让任一方写明原因「要求修改」，系统会生成新的一版。")
    frozen = data.as_json()
    row = before or Report(id=new_id(), engagement_id=engagement_id, number=1, narrative={}, order=[], hidden=[])
    row.title = f"{data.merchant} 私域服务数据对比报告"[:120]
    row.narrative = with_drafts(row.narrative, frozen, row.data if before else None)
    row.data, row.sha256 = frozen, digest(REPORT.key, row.title, "", frozen)
    row.made_at, row.made_by_name = now(), by.name
    if before is None:
        db.session.add(row)
    audit.record("report.gathered", row, by=by, label=f"第 {row.number} 版")
    db.session.flush()
    return row


def word_report(row: Report, narrative: Mapping[str, Mapping[str, Any]], hidden: Sequence[str], *, by: Actor) -> None:
    _refuse_when_sent(row)
    row.narrative, row.hidden = {key: dict(words) for key, words in narrative.items()}, list(hidden)
    audit.record("report.worded", row, by=by, label=f"第 {row.number} 版")
    db.session.flush()


def move_section(row: Report, key: str, step: int) -> None:
    _refuse_when_sent(row)
    row.order = moved(row.order, key, step)
    db.session.flush()


def send_report(row: Report, *, by: Actor) -> Document:
    """Freezes words and numbers for both signatures. Sentences that nobody confirmed do not go out."""
    _refuse_when_sent(row)
    shown = in_order(row.order, row.hidden)
    confirmed = {key: words for key, words in row.narrative.items() if words.get("confirmed") and words.get("text")}
    content = content_of(row.data, confirmed, shown, row.sha256)
    document = latest(REPORT.key, row.engagement_id)
    if document is None:
        document = draft_document(
            engagement_id=row.engagement_id, kind=REPORT.key, title=REPORT.title, content=content, by=by
        )
    else:
        rewrite(document, content, by=by)
    propose(document, by=by)
    row.sent_at = now()
    row.narrative = confirmed
    db.session.flush()
    return document


def revise_report(row: Report, document: Document, data: ReportData, *, reason: str, by: Actor) -> Report:
    """Ends the version that was sent; the next one begins with today's numbers and the words of the last."""
    following = reopen(document, reason=reason, by=by)
    frozen = data.as_json()
    fresh = Report(
        id=new_id(),
        engagement_id=row.engagement_id,
        number=following.number,
        title=row.title,
        data=frozen,
        sha256=digest(REPORT.key, row.title, "", frozen),
        narrative=with_drafts(row.narrative, frozen, row.data),
        order=list(row.order),
        hidden=list(row.hidden),
        made_at=now(),
        made_by_name=by.name,
    )
    db.session.add(fresh)
    db.session.flush()
    return fresh


def share_report(row: Report, *, days: int, hidden: Sequence[str], by: Actor) -> PublicLink:
    """For whoever has the link, without the `hidden` sections."""
    link = share(
        PURPOSE,
        engagement_id=row.engagement_id,
        subject_id=row.id,
        days=days,
        by=by,
        options={"hidden": list(hidden)},
    )
    audit.record("report.shared", row, by=by, label=f"{days} 天内")
    return link


def unshare_report(link: PublicLink, row: Report, *, by: Actor) -> None:
    """The second time nothing happens."""
    if link.revoked_at is None:
        revoke(link)
        audit.record("report.unshared", row, by=by, label=row.title)


def draft_brief(before: WeeklyBrief | None, brief: Brief, *, engagement_id: UUID, by: Actor) -> WeeklyBrief:
    """One for each week; a draft is drafted anew, what was sent stays."""
    if before is not None and before.sent_at is not None:
        return before
    row = before or WeeklyBrief(id=new_id(), engagement_id=engagement_id, week=date.fromisoformat(brief.first))
    row.data, row.text = brief.as_json(), text_of(brief)
    row.made_at, row.made_by_name = now(), by.name
    if before is None:
        db.session.add(row)
    audit.record("brief.drafted", row, by=by, label=brief.first)
    db.session.flush()
    return row


def word_brief(row: WeeklyBrief, text: str, *, by: Actor) -> None:
    if row.sent_at is not None:
        raise NotReady("这期周报已经发给商家，不能再改。")
    row.text = text
    audit.record("brief.worded", row, by=by, label=row.week.isoformat())
    db.session.flush()


def send_brief(row: WeeklyBrief, *, by: Actor) -> None:
    if row.sent_at is not None:
        raise NotReady("这期周报已经发过了。")
    row.sent_at = now()
    audit.record("brief.sent", row, by=by, label=row.week.isoformat())
    db.session.flush()


def _refuse_when_sent(row: Report) -> None:
    if row.sent_at is not None:
        raise NotReady("这一版已经发给商家，内容不能再改。")
