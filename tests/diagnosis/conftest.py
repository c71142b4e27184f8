"""Two people at their screens, a diagnosis that was sent, and sheets filled as the worked case has them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from siyu_saas.accounts.models import User
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.diagnosis.actions.answering import begin_sheet, submit_sheet
from siyu_saas.diagnosis.jobs import conclude
from siyu_saas.diagnosis.models import AskedQuestionnaire, Diagnosis
from siyu_saas.diagnosis.queries.diagnoses import questionnaire_of
from siyu_saas.tenants.rules import Role
from tests.diagnosis.cases import DIAGNOSTIC, answers_of
from tests.support.merchants import Shop
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def consultant(visit, dress_shop, tea_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def sent(consultant) -> Page:
    """The consultant, after sending the five questionnaires."""
    send(consultant)
    return consultant


@pytest.fixture
def asked(app, dress_shop, sent):
    """The id of a questionnaire's copy, by its key."""
    return {row.key: row.id for row in rows(app, dress_shop, AskedQuestionnaire)}


@pytest.fixture
def answered(app, dress_shop, asked, boss) -> Page:
    """The boss, after submitting all five as in the worked case; the worker has drawn its conclusions."""
    with app.app_context(), writing(), tenant(dress_shop.id):
        person = db.session.scalars(sa.select(User).where(User.email == dress_shop.email(Role.BOSS))).one()
        whom = {"user_id": person.id, "name": person.name, "role": Role.BOSS}
        for row in db.session.scalars(sa.select(AskedQuestionnaire).order_by(AskedQuestionnaire.place)).all():
            sections = questionnaire_of(row).sections
            keys = {question.key for section in sections for question in section.questions}
            sheet = begin_sheet(row, **whom, by=dress_shop.actor)
            sheet.answers = {key: value for key, value in answers_of("worked").items() if key in keys}
            submit_sheet(sheet, row, sections=[one.key for one in sections], left=(), by=dress_shop.actor)
        db.session.commit()
    draw(app, dress_shop)
    return boss


def send(page: Page, **changes: Any) -> None:
    form = {"title": "期初诊断", "depth": "standard", "once": "once", "questionnaires": list(DIAGNOSTIC), **changes}
    page.post("diagnosis.send", form=form, most=16, **HERE)


def begin(page: Page, asked_id) -> str:
    """The address of one's own sheet."""
    return page.post("diagnosis.begin", asked_id=asked_id, **HERE).location


def save(page: Page, sheet: str, answers: dict[str, Any], *, client: str = "phone", seq: int = 1, expect: int = 200):
    """As the outbox of a device sends it; what is not in the questionnaire is refused by name."""
    items = [
        {"name": name, "value": value or ["-"] if isinstance(value, list) else [value], "seq": seq + place}
        for place, (name, value) in enumerate(answers.items())
    ]
    answer = page.client.post(
        outbox(sheet),
        json={"client": client, "items": items},
        headers={"X-CSRFToken": page.token(), "Accept": "application/json"},
    )
    assert answer.status_code == expect, answer.text
    return answer.get_json()


def outbox(sheet: str) -> str:
    """Where devices send the answers of a sheet."""
    return re.sub(r"/e/\d+/", "/", sheet) + "/answers"


def first_page(page: Page, sheet: str) -> str:
    return page.get(sheet, expect=302).location


def rows(app: Flask, shop: Shop, model) -> list:
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def draw(app: Flask, shop: Shop) -> None:
    """What the worker does after each submitted sheet."""
    with app.app_context(), writing(), tenant(shop.id):
        conclude(diagnosis_id=str(db.session.scalars(sa.select(Diagnosis.id).order_by(Diagnosis.number)).all()[-1]))
        db.session.commit()


def links(text: str, pattern: str) -> list[str]:
    return re.findall(rf'(?:href|action)="([^"]*{pattern}[^"]*)"', text)
