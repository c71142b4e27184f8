"""Sheets are begun, filled from any device, submitted, and reopened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady, Refusal
from siyu_saas.core.ids import new_id
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis, Received, Sheet
from siyu_saas.diagnosis.queries.sheets import newest_sheet_of
from siyu_saas.diagnosis.rules.answers import BadAnswer, read_answer, read_row
from siyu_saas.tenants.rules import Role

ROW_MARK = "."


class SheetLocked(Refusal):
    """The sheet was submitted meanwhile, perhaps on another device."""

    status = 409

    def __init__(self) -> None:
        super().__init__("这份答卷已经提交，这次的修改没有保存。需要修改请先重新打开。")


class StillOpen(NotReady):
    """Questions that have to be dealt with are open; `questions` are their keys."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(f"还有 {len(questions)} 题没有答，答完再提交。")
        self.questions = tuple(questions)


@dataclass(frozen=True, slots=True)
class Item:
    """What a device says about one question (or one row of a matrix, `KEY.row`): `typed` as the form would send it."""

    name: str
    typed: tuple[str, ...]
    seq: int


@dataclass(slots=True)
class Receipt:
    """`errors` by name: those were not taken. `changed`: keys whose value is another one now."""

    errors: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


def refuse_published(diagnosis: Diagnosis) -> None:
    """What the merchant was shown rests on the answers as they were."""
    if diagnosis.published_at is not None:
        raise NotReady("诊断已发给商家，答卷不再改动。需要补充请联系顾问收回诊断。")


def begin_sheet(asked: AskedQuestionnaire, *, user_id: UUID | None, name: str, role: Role, by: Actor) -> Sheet:
    """The person's sheet as it stands, or a first one. `user_id` None: somebody in an interview, without an account."""
    sheet = newest_sheet_of(asked.id, user_id) if user_id else None
    if sheet is not None:
        return sheet
    sheet = blank_sheet(asked, user_id=user_id, name=name, role=role)
    db.session.add(sheet)
    audit.record("sheet.begun", sheet, by=by, label=f"{asked.title}（{name}）")
    db.session.flush()
    return sheet


def blank_sheet(asked: AskedQuestionnaire, *, user_id: UUID | None, name: str, role: Role) -> Sheet:
    return Sheet(id=new_id(), asked_id=asked.id, user_id=user_id, name=name, role=role, answers={}, proxied=[])


def receive(
    sheet: Sheet,
    questions: Mapping[str, Any],
    items: Sequence[Item],
    *,
    client: str,
    before: dict[str, Received],
    proxy: bool,
    by: Actor,
) -> Receipt:
    """Takes what one device sends. The last received wins, whatever clocks say; what others sent is kept.

    `seq` counts within the device: what arrives twice or late changes nothing. `before`: what it sent for the same
    names so far. `proxy`: a consultant writes for the person. Raises SheetLocked.
    """
    if sheet.submitted_at is not None:
        raise SheetLocked
    receipt, answers, proxied = Receipt(), dict(sheet.answers), set(sheet.proxied)
    for item in sorted(items, key=lambda one: one.seq):
        known = before.get(item.name)
        if known is not None and item.seq <= known.seq:
            continue
        try:
            value = _read(questions, item)
        except BadAnswer as error:
            receipt.errors[item.name] = str(error)
            continue
        before[item.name] = _kept(known, sheet, item, value, client=client, proxy=proxy, by=by)
        key = _put(answers, item.name, value)
        if key is not None:
            receipt.changed.append(key)
            proxied.add(key) if proxy else proxied.discard(key)
    if receipt.changed:
        sheet.answers, sheet.proxied, sheet.changed_at = answers, sorted(proxied), now()
    db.session.flush()
    return receipt


def submit_sheet(
    sheet: Sheet, asked: AskedQuestionnaire, *, sections: Sequence[str], left: Sequence[str], by: Actor
) -> None:
    """Locks the answers. `left`: what is required and open. Raises StillOpen, SheetLocked."""
    if sheet.submitted_at is not None:
        raise SheetLocked
    if left:
        raise StillOpen(left)
    sheet.sections, sheet.submitted_at, sheet.submitted_by_name = list(sections), now(), by.name
    audit.record("sheet.submitted", sheet, by=by, label=f"{asked.title}（{sheet.name}）")
    db.session.flush()


def reopen_sheet(sheet: Sheet, asked: AskedQuestionnaire, *, by: Actor) -> Sheet:
    """The next edition with the same answers; the submitted one stays as it was and counts until the new one is sent."""
    if sheet.submitted_at is None:
        raise NotReady("这份答卷还没有提交，直接修改即可。")
    if sheet.replaced_at is not None:
        raise NotReady("这份答卷已经重新打开过，请到最新的一份里修改。")
    sheet.replaced_at = now()
    again = Sheet(
        id=new_id(),
        asked_id=sheet.asked_id,
        user_id=sheet.user_id,
        name=sheet.name,
        role=sheet.role,
        edition=sheet.edition + 1,
        answers=dict(sheet.answers),
        proxied=list(sheet.proxied),
    )
    db.session.add(again)
    audit.record("sheet.reopened", again, by=by, label=f"{asked.title}（{sheet.name}）")
    db.session.flush()
    return again


def _read(questions: Mapping[str, Any], item: Item) -> Any:
    key, _, row = item.name.partition(ROW_MARK)
    question = questions.get(key)
    if question is None or question.type == "note" or bool(row) != (question.type == "matrix"):
        raise BadAnswer("这道题不在你的问卷里，请刷新页面后再答")
    return read_row(question, row, item.typed) if row else read_answer(question, item.typed)


def _put(answers: dict[str, Any], name: str, value: Any) -> str | None:
    """The key whose answer is another one now; None when nothing changed."""
    key, _, row = name.partition(ROW_MARK)
    if row:
        value = {**(answers.get(key) or {}), row: value}
        value = {one: mark for one, mark in value.items() if mark is not None} or None
    if answers.get(key) == value:
        return None
    if value is None:
        del answers[key]
    else:
        answers[key] = value
    return key


def _kept(
    known: Received | None, sheet: Sheet, item: Item, value: Any, *, client: str, proxy: bool, by: Actor
) -> Received:
    row = known or Received(id=new_id(), sheet_id=sheet.id, question=item.name, client=client)
    row.seq, row.value, row.by_name, row.by_proxy, row.at = item.seq, value, by.name, proxy, now()
    if known is None:
        db.session.add(row)
    return row
