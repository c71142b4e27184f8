"""What is printed of a report: its frozen data, the words that were confirmed, and the signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.signing.models import Document, Signature
from siyu_saas.signing.rules import grouped

from .models import Report
from .rules.notes import noted, numbered
from .rules.shape import CLAUSE, SECTIONS
from .rules.telling import Difference, differences, in_order

OWN_PAGE = ("onepage", "profile", "compare", "appendix")


def paper_data(
    row: Report, document: Document | None, signatures: Sequence[Signature], changes: Sequence[Difference]
) -> dict[str, Any]:
    return {
        **shown_data(row),
        "clause": CLAUSE,
        "number": row.number,
        "state": state_of(document),
        "fingerprint": row.sha256,
        "code": grouped(document.code) if document is not None and document.in_force_at else None,
        "changes": [[one.section, one.name, one.before, one.after] for one in changes],
        "signatures": [
            {
                "side": "商家" if one.side == "merchant" else "顾问",
                "name": one.name,
                "role": one.role.title,
                "at": one.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
            }
            for one in signatures
        ],
    }


def shown_data(row: Report, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """The sections in reading order with the confirmed words; `without`: hidden from this reader as well."""
    data: Mapping[str, Any] = row.data
    by_key = {section["key"]: section for section in data["sections"]}
    shown = [key for key in in_order(row.order, row.hidden) if key not in without and key in by_key]
    sections = []
    for key in shown:
        words = row.narrative.get(key, {})
        sections.append(
            {**by_key[key], "title": SECTIONS[key], "words": words.get("text", "") if words.get("confirmed") else ""}
        )
    notes = numbered(sections)
    sections = [noted(section, notes) for section in sections]
    appendix = data["appendix"] if "appendix" in shown else []
    return {
        **data,
        "sections": sections,
        "notes": notes,
        "appendix": appendix,
        "flowing": _flowing(sections, has_appendix=bool(appendix)),
    }


def _flowing(sections: Sequence[Mapping[str, Any]], *, has_appendix: bool) -> list[str]:
    """Those that go on where the one before them ends: what is empty gets no page of its own, except as the first."""
    full = {section["key"] for section in sections if section["blocks"] or section["words"]}
    full |= {"appendix"} if has_appendix else set()
    begin = full.intersection(OWN_PAGE) | {section["key"] for section in sections[:1]}
    return [section["key"] for section in sections if section["key"] not in begin]


def changes_between(before: Report, row: Report) -> list[Difference]:
    """Of the sections that readers of both versions see."""
    left_out = {*before.hidden, *row.hidden}
    seen = (
        {"sections": [one for one in report.data["sections"] if one["key"] not in left_out]} for report in (before, row)
    )
    return differences(*seen)


def state_of(document: Document | None) -> str:
    if document is None or document.proposed_at is None:
        return "草稿"
    if document.superseded_at is not None:
        return "已被新版替代"
    return "双方已签" if document.in_force_at is not None else "待双方签署"
