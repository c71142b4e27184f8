"""Writing dates into tasks, many at once: planned ones by consent, expected ones from what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.plan.models import Milestone, Plan, Task
from siyu_saas.plan.queries.works import links_of, work_rows, works_in
from siyu_saas.plan.rules.layout import Span
from siyu_saas.plan.rules.schedule import forecast, moved_to, pushed

BATCH = 500


def reforecast(plan: Plan, *, today: date, links: Iterable[tuple[UUID, UUID]] | None = None) -> None:
    """Where every task and the plan end, as things stand; `links` when they are known. Only what differs is written."""
    db.session.flush()
    rows = work_rows(plan.id)
    seen = forecast(works_in(rows), links_of(plan.id) if links is None else links, today=today)
    changed: dict[str, dict[UUID, Any]] = {"expected_from": {}, "expected_until": {}, "slack": {}}
    for row in rows:
        span, slack = seen.spans[row.id], seen.slack.get(row.id)
        if (row.expected_from, row.expected_until, row.slack) != (span.starts_on, span.ends_on, slack):
            changed["expected_from"][row.id] = span.starts_on
            changed["expected_until"][row.id] = span.ends_on
            changed["slack"][row.id] = slack
    _write(Task, changed)
    if plan.expected_until != seen.ends_on:
        plan.expected_until = seen.ends_on
        db.session.flush()


def place(spans: Mapping[UUID, Span]) -> None:
    """Gives tasks other planned days; whoever still has an older form of one is told."""
    db.session.flush()
    starts = {key: span.starts_on for key, span in spans.items()}
    ends = {key: span.ends_on for key, span in spans.items()}
    _write(Task, {"starts_on": starts, "ends_on": ends}, version=Task.version + 1)


def shift_rest(plan: Plan, days: int, *, today: date, by: Actor) -> None:
    """After a pause: whatever is not finished moves by as many calendar days, then onto working days. What was agreed
    first stays as it is, so that the pause is seen."""
    rows = work_rows(plan.id)
    works = works_in(rows)
    open_works = [work for work in works if work.done_on is None]
    moved = {work.key: moved_to(work.starts_on + timedelta(days=days), work) for work in open_works}
    links = links_of(plan.id)
    spans = pushed(works, links, moved)
    place(spans)
    fit_milestones(plan.id)
    audit.record("plan.shifted", plan, by=by, label=f"{days} 天")
    reforecast(plan, links=links, today=today)


def agree(plan_id: UUID) -> None:
    """Freezes the planned days of tasks that have no agreed ones yet."""
    _update(
        sa.update(Task)
        .where(Task.plan_id == plan_id, Task.agreed_until.is_(None))
        .values(agreed_from=Task.starts_on, agreed_until=Task.ends_on)
    )
    _update(
        sa.update(Milestone)
        .where(Milestone.plan_id == plan_id, Milestone.agreed_until.is_(None))
        .values(agreed_until=Milestone.ends_on)
    )


def fit_milestones(plan_id: UUID) -> None:
    """A milestone begins and ends with its tasks; one without tasks keeps its days."""
    db.session.flush()
    rows = db.session.execute(
        sa.select(Task.milestone_id, sa.func.min(Task.starts_on), sa.func.max(Task.ends_on))
        .where(Task.plan_id == plan_id, Task.removed_at.is_(None), Task.milestone_id.is_not(None))
        .group_by(Task.milestone_id)
    ).all()
    starts = {milestone_id: first for milestone_id, first, _last in rows}
    ends = {milestone_id: last for milestone_id, _first, last in rows}
    _write(Milestone, {"starts_on": starts, "ends_on": ends})


def _write(model: type, columns: Mapping[str, Mapping[UUID, Any]], **more: Any) -> None:
    """One statement for each batch of rows, however many columns; all columns name the same rows."""
    for ids in _batches(next(iter(columns.values()))):
        values = {
            name: sa.case({one: sa.literal(rows[one], model.__table__.c[name].type) for one in ids}, value=model.id)
            for name, rows in columns.items()
        }
        _update(sa.update(model).where(model.id.in_(ids)).values(**values, **more))


def _update(statement: sa.Update) -> None:
    model = statement.entity_description["entity"]
    db.session.execute(statement, execution_options={"synchronize_session": False})
    for row in db.session:
        if isinstance(row, model):
            db.session.expire(row)


def _batches(ids: Iterable[UUID]):
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        yield batch
