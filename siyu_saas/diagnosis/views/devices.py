"""Answers as devices send them one by one, from an outbox that survives a dead line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, g, jsonify, request
from flask_login import current_user

from siyu_saas.core.clock import SHANGHAI, now
from siyu_saas.diagnosis.actions.answering import Item, Receipt, SheetLocked, receive
from siyu_saas.diagnosis.models import Sheet
from siyu_saas.diagnosis.queries.diagnoses import questionnaires_by_id
from siyu_saas.diagnosis.queries.sheets import sheet_to_save
from siyu_saas.diagnosis.rules.wording import echo
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import clean_text

from .blueprints import front
from .opened import by_key, may_open

CLIENT = re.compile(r"[\x21-\x39\x3b-\x7e]{1,64}")  # a colon marks the server's own
NAME = re.compile(r"[\x21-\x7e]{1,60}")
LARGEST_SEQ = 2**53 - 1
MOST_ITEMS = 400


@front.post("/sheets/<uuid:sheet_id>/answers")
@may("sheet.fill")
def autosave(sheet_id: UUID):
    """JSON from the outbox of a device: `{client, items: [{name, value: [text], seq}]}`.

    The commonest request of all: a sheet is found without its service period, which would be one query more.
    """
    client, items = _items_of(_sent()) or ("", [])
    found = sheet_to_save(sheet_id, client, [item.name for item in items])
    if found is None or not may_open(found.sheet):
        abort(404)
    if not client:
        abort(422)
    sheet, proxy = found.sheet, found.sheet.user_id != current_user.user_id
    asked = questionnaires_by_id({found.asked_id: found.digest})[found.asked_id].questions
    questions = by_key(question for question in asked if question.type != "file")
    try:
        receipt = receive(sheet, questions, items, client=client, before=found.before, proxy=proxy, by=g.actor)
    except SheetLocked as locked:
        return jsonify(title=str(locked), locked=True), locked.status
    return jsonify(_told(receipt, sheet, questions, items))


def _sent() -> Any:
    """None for what is no JSON, or so deep that nobody can read it."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _items_of(sent: Any) -> tuple[str, list[Item]] | None:
    """None for anything but what the outbox sends; files come with a form, never by name."""
    try:
        client = sent["client"]
        items = [
            Item(one["name"], tuple(clean_text(str.strip(text)) for text in one["value"]), one["seq"])
            for one in sent["items"]
        ]
        fine = (
            CLIENT.fullmatch(client)
            and len(items) <= MOST_ITEMS
            and all(type(one.seq) is int and 0 < one.seq <= LARGEST_SEQ and NAME.fullmatch(one.name) for one in items)
        )
    except (TypeError, KeyError, AttributeError):
        return None
    return (client, items) if fine else None


def _told(receipt: Receipt, row: Sheet, questions: Mapping[str, Any], items: list[Item]) -> dict[str, Any]:
    taken = {item.name for item in items} & questions.keys() - receipt.errors.keys()
    echoes = {key: echo(questions[key], row.answers.get(key)) for key in taken}
    return {
        "seq": max((item.seq for item in items), default=0),
        "at": now().astimezone(SHANGHAI).strftime("%H:%M"),
        "errors": receipt.errors,
        "echo": {key: text for key, text in echoes.items() if text},
    }
