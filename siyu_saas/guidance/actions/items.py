"""Evidence for an item, its submission, and what the reviewer decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import Refusal
from siyu_saas.core.files.content import Accepted
from siyu_saas.core.ids import new_id
from siyu_saas.guidance.models import Criterion, Evidence, Item, Review
from siyu_saas.guidance.queries.items import criteria_of_item, evidence_count, given_with
from siyu_saas.guidance.rules import states
from siyu_saas.guidance.rules.states import ItemState, NotNow
from siyu_saas.tenants.actions.files import add_file


class Moved(Refusal):
    """The item is no longer in the state that the page showed."""

    status = 409


def give_evidence(
    item: Item,
    *,
    criterion: Criterion | None,
    files: Sequence[Accepted] = (),
    address: str = "",
    note: str = "",
    form_key: str,
    storage=None,
    by: Actor,
) -> list[Evidence]:
    """For the round that is being prepared. The same form again changes nothing, also when it was submitted meanwhile."""
    if given_with(form_key):
        return []
    if item.state not in states.OPEN:
        raise Moved(f"这一项{item.state.title}，现在不能再加证据。要补充请先撤回提交。")
    parts: list[dict] = []
    for place, accepted in enumerate(files):
        key = f"{form_key}-{place}"
        file = add_file(accepted, engagement_id=item.engagement_id, form_key=key, storage=storage, by=by)
        parts.append({"file_id": file.id})
    if address:
        parts.append({"address": address})
    if note and parts:
        parts[0]["note"] = note
    elif note:
        parts.append({"note": note})
    rows = [_evidence(item, criterion, by, form_key=f"{form_key}-{place}", **part) for place, part in enumerate(parts)]
    db.session.add_all(rows)
    if item.state is ItemState.TODO and rows:
        item.state = ItemState.DOING
    db.session.flush()
    return rows


def submit(item: Item, *, by: Actor) -> None:
    round_number = item.round + 1
    item.state = _moved(states.submitted, item.state, evidence_count(item.id, round_number))
    item.round, item.submitted_at = round_number, now()
    item.submitted_by, item.submitted_by_name = by.user_id, by.name
    item.reason = ""
    audit.record("item.submitted", item, by=by, label=item.title)
    db.session.flush()


def take_back(item: Item, *, by: Actor) -> None:
    """The evidence of the round stays at hand for the next submission."""
    item.state = _moved(states.taken_back, item.state)
    item.round -= 1
    audit.record("item.taken_back", item, by=by, label=item.title)
    db.session.flush()


def accept(item: Item, *, by: Actor) -> Review:
    item.state = _moved(states.accepted, item.state)
    for criterion in criteria_of_item(item.id):
        criterion.met = True
    item.settled_at, item.reason = now(), ""
    audit.record("item.accepted", item, by=by, label=item.title)
    return _review(item, accepted=True, by=by)


def send_back(item: Item, *, reason: str, unmet: Collection[int], by: Actor) -> Review:
    """`unmet`: positions of the criteria that are not met; the merchant sees exactly these marked."""
    item.state = _moved(states.returned, item.state, reason)
    for criterion in criteria_of_item(item.id):
        criterion.met = criterion.position not in unmet if unmet else None
    item.reason = reason
    audit.record("item.returned", item, by=by, label=item.title, changes={"reason": (None, reason)})
    return _review(item, accepted=False, reason=reason, unmet=sorted(unmet), by=by)


def waive(item: Item, *, reason: str, by: Actor) -> None:
    item.state = _moved(states.waived, item.state, reason)
    item.settled_at, item.reason = now(), reason
    audit.record("item.waived", item, by=by, label=item.title, changes={"reason": (None, reason)})
    db.session.flush()


def reopen(item: Item, *, by: Actor) -> None:
    item.state = _moved(states.reopened, item.state)
    item.settled_at, item.reason = None, ""
    audit.record("item.reopened", item, by=by, label=item.title)
    db.session.flush()


def drop_evidence(row: Evidence, item: Item, *, by: Actor) -> None:
    """Only what is being prepared; what was submitted stays as it was."""
    if row.round <= item.round:
        raise Moved("已经提交过的证据不能删除，可以在下一轮补充新的。")
    row.removed_at = now()
    audit.record("evidence.removed", row, by=by, label=item.title)
    db.session.flush()


def show_examples(item: Item, *, good: str, bad: str, by: Actor) -> None:
    """What the consultant shows of others' work, so that the standard can be seen."""
    item.good, item.bad = good, bad
    audit.record("item.explained", item, by=by, label=item.title)
    db.session.flush()


def _moved(rule, state: ItemState, *more) -> ItemState:
    try:
        return rule(state, *more)
    except NotNow as reason:
        raise Moved(str(reason)) from reason


def _review(item: Item, *, accepted: bool, by: Actor, reason: str = "", unmet: list[int] | None = None) -> Review:
    row = Review(
        id=new_id(),
        item_id=item.id,
        round=item.round,
        accepted=accepted,
        reason=reason,
        unmet=unmet or [],
        by_name=by.name,
        at=now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _evidence(item: Item, criterion: Criterion | None, by: Actor, **what) -> Evidence:
    return Evidence(
        id=new_id(),
        item_id=item.id,
        criterion_id=criterion.id if criterion else None,
        round=item.round + 1,
        given_by=by.user_id,
        given_by_name=by.name,
        given_at=now(),
        **what,
    )
