"""A package put into a running plan: its milestones and tasks as one set of edits, and what they need to be there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.plan.models import Milestone, Plan, Post
from siyu_saas.plan.queries.plans import milestones_of, posts_of
from siyu_saas.plan.rules.states import Gate
from siyu_saas.tenants.rules import Stage


def add_milestones(plan: Plan, edits: Iterable[Mapping[str, Any]]) -> dict[UUID, Milestone]:
    """Those that an added task belongs to, behind the ones that are there; a key that is taken gets a number. By id."""
    edits = list(edits)
    tasks = [edit for edit in edits if edit["op"] == "add"]
    wanted = {edit.get("milestone") for edit in tasks}
    added = [edit for edit in edits if edit["op"] == "milestone" and edit["milestone"] in wanted]
    if not added:
        return {}
    there = milestones_of(plan.id)
    keys, made = {one.key for one in there}, {}
    last = max((one.position for one in there), default=-1)
    for place, edit in enumerate(added, last + 1):
        key = _free(edit["key"], keys)
        keys.add(key)
        days = [(one["starts_on"], one["ends_on"]) for one in tasks if one.get("milestone") == edit["milestone"]]
        spans = [(date.fromisoformat(first), date.fromisoformat(until)) for first, until in days]
        made[UUID(edit["milestone"])] = _milestone(plan, edit, key, place, spans)
    db.session.add_all(made.values())
    db.session.flush()
    return made


def open_posts(plan: Plan, roles: Collection[str]) -> None:
    """A role that nobody was asked for before is a gap that the team page shows."""
    if not roles:
        return
    known = {post.role for post in posts_of(plan.id)}
    db.session.add_all(Post(id=new_id(), plan_id=plan.id, role=role, name="") for role in sorted({*roles} - known))


def _milestone(
    plan: Plan, edit: Mapping[str, Any], key: str, position: int, spans: list[tuple[date, date]]
) -> Milestone:
    return Milestone(
        id=UUID(edit["milestone"]),
        plan_id=plan.id,
        key=key,
        title=edit["title"],
        stage=Stage(edit["stage"]),
        position=position,
        required=edit["required"],
        gate=Gate(edit["gate"]),
        deliverable=edit["deliverable"],
        acceptance=edit["acceptance"],
        starts_on=min(first for first, _until in spans),
        ends_on=max(until for _first, until in spans),
    )


def _free(key: str, taken: Collection[str]) -> str:
    found, number = key, 1
    while found in taken:
        number += 1
        found = f"{key}-{number}"
    return found
