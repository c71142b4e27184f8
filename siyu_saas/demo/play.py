"""Plays the made-up firm of `tenants/demo/` into the database: people, workspaces, and each merchant's story."""

from __future__ import annotations

import time
from datetime import date, timedelta

import sqlalchemy as sa
from flask import current_app

from siyu_saas.accounts.actions import create_user
from siyu_saas.accounts.models import User
from siyu_saas.core.clock import telling, today
from siyu_saas.core.database import db, end_reading, writing
from siyu_saas.core.queue import leave_to_sweep
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.packs.demo import house
from siyu_saas.tenants.actions.engagements import begin_engagement
from siyu_saas.tenants.actions.firms import found_firm, join_firm
from siyu_saas.tenants.actions.merchants import open_workspace, record_processing
from siyu_saas.tenants.actions.people import admit
from siyu_saas.tenants.models import Firm
from siyu_saas.tenants.rules import Role

from .actions.cast import Cast, Person
from .actions.removing import remove_demo
from .actions.stories import STORIES, Teller
from .rules import WORKED, moment

BREATH_SECONDS = 0.12


def play(*, beside_others: bool = False) -> bool:
    """True when the demo was played, False when the database already holds a firm.

    Page by page: whoever starts beside it never waits long for the write lock.
    """
    plan = house()
    if not beside_others and _any_firm():
        return False
    end_reading()
    with current_app.test_request_context(), writing():
        if not beside_others and _any_firm():
            db.session.rollback()
            return False
        firm = found_firm(plan["firm"])
        staff = {}
        for person in plan["staff"]:
            staff[person["email"]] = _account(person, plan)
            join_firm(firm, staff[person["email"]], role=Role(person["role"]))
        turn_page()
        for workspace in plan["workspaces"]:
            _play_workspace(firm, workspace, staff, plan)
    return True


def turn_page() -> None:
    """Others who wait for the write lock of SQLite look for it every 100 ms."""
    leave_to_sweep()
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        time.sleep(BREATH_SECONDS)


def _any_firm() -> bool:
    return db.session.scalar(sa.select(Firm.id).limit(1)) is not None


def reset() -> None:
    """Takes the demo away and plays it anew; other firms stay as they are."""
    with writing():
        remove_demo(storage=services().storage)
        db.session.commit()
    db.session.remove()
    play(beside_others=True)


def _play_workspace(firm: Firm, workspace: dict, staff: dict, plan: dict) -> None:
    merchant = open_workspace(
        firm, slug=workspace["slug"], name=workspace["name"], about=workspace["about"], pack=workspace["pack"]
    )
    people = {}
    for email, role in workspace["consultants"].items():
        people[Role(role)] = _admitted(merchant, staff[email], Role(role), firm)
    for one in workspace["people"]:
        people[Role(one["role"])] = _admitted(merchant, _account(one, plan), Role(one["role"]), firm)
    firm_id, firm_name, merchant_id = firm.id, firm.name, merchant.id
    with tenant(merchant_id):
        engagement = _begin(workspace["engagement"], people[Role.CONSULTANT])
        teller = Teller(
            Cast(merchant, engagement, people),
            firm_name,
            firm_id,
            workspace.get("answers", WORKED),
            today(),
            turn_page,
        )
        STORIES[workspace["story"]](teller)
        turn_page()
    db.session.expunge_all()


def _begin(period: dict, consultant: Person):
    starts_on: date = period.get("starts_on") or today() - timedelta(days=period["started_days_ago"])
    with telling(moment(starts_on - timedelta(days=3))):
        engagement = begin_engagement(
            title=period["title"],
            starts_on=starts_on,
            days=period["days"],
            package=period["package"],
            coordinator=period["coordinator"],
            by=consultant.actor,
        )
        record_processing(by=consultant.actor)
    return engagement


def _admitted(merchant, user: User, role: Role, firm: Firm) -> Person:
    admit(merchant, user, role=role)
    return Person(user.id, user.name, role, firm.id)


def _account(person: dict, plan: dict) -> User:
    return create_user(email=person["email"], name=person["name"], password=plan["password"])
