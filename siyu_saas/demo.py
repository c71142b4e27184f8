"""Plays the made-up firm of `tenants/demo/house.yaml` into an empty database, through the same actions as people."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from siyu_saas.accounts.actions import create_user
from siyu_saas.core.audit import SYSTEM
from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.packs.demo import house
from siyu_saas.tenants.actions.engagements import begin_engagement
from siyu_saas.tenants.actions.firms import found_firm, join_firm
from siyu_saas.tenants.actions.merchants import open_workspace, record_processing
from siyu_saas.tenants.actions.people import admit
from siyu_saas.tenants.models import Firm
from siyu_saas.tenants.rules import Role


def play() -> bool:
    """True when the demo was played, False when the database already holds a firm."""
    plan = house()
    with writing():
        if db.session.scalar(sa.select(Firm.id).limit(1)) is not None:
            db.session.rollback()
            return False
        firm = found_firm(plan["firm"])
        staff = {}
        for person in plan["staff"]:
            staff[person["email"]] = _person(person, plan)
            join_firm(firm, staff[person["email"]], role=Role(person["role"]))
        for workspace in plan["workspaces"]:
            _play_workspace(firm, workspace, staff, plan)
        db.session.commit()
    return True


def _play_workspace(firm: Firm, workspace: dict, staff: dict, plan: dict) -> None:
    merchant = open_workspace(firm, slug=workspace["slug"], name=workspace["name"], about=workspace["about"])
    for person in workspace["people"]:
        admit(merchant, _person(person, plan), role=Role(person["role"]))
    for email, role in workspace["consultants"].items():
        admit(merchant, staff[email], role=Role(role))
    period = workspace["engagement"]
    with tenant(merchant.id):
        starts_on = today() - timedelta(days=period["started_days_ago"])
        begin_engagement(title=period["title"], starts_on=starts_on, days=period["days"], by=SYSTEM)
        record_processing(by=SYSTEM)
        db.session.flush()
    db.session.expunge_all()


def _person(person: dict, plan: dict):
    return create_user(email=person["email"], name=person["name"], password=plan["password"])
