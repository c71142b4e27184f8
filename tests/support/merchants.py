"""Two firms and three merchants, made through the same actions as in the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from argon2 import PasswordHasher
from flask import Flask

from siyu_saas.accounts.models import User
from siyu_saas.accounts.rules import normal_password
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.actions.engagements import begin_engagement
from siyu_saas.tenants.actions.firms import found_firm, join_firm
from siyu_saas.tenants.actions.merchants import open_workspace
from siyu_saas.tenants.actions.people import admit
from siyu_saas.tenants.rules import FIRM_ROLES, Role

PASSWORD = "蓝鲸-three-horses"
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(normal_password(PASSWORD))


@dataclass(frozen=True)
class Shop:
    id: UUID
    slug: str
    firm_id: UUID
    actor: Actor

    def email(self, role: Role) -> str:
        return f"{role}@{self.slug}.example"


def make_shop(app: Flask, slug: str, firm: str, *, engagements: int = 1) -> Shop:
    """A firm with one merchant, one person in each role, and its first engagement."""
    with app.app_context(), writing():
        house = found_firm(firm)
        shop = open_workspace(house, slug=slug, name=f"{slug} 商家", about="测试")
        for role in Role:
            user = make_user(f"{role}@{slug}.example", f"{slug}-{role.title}")
            if role in FIRM_ROLES:
                join_firm(house, user, role=role)
            if role is not Role.FIRM_OWNER:
                admit(shop, user, role=role)
        actor = Actor("顾问", None, house.id, "127.0.0.1")
        with tenant(shop.id):
            for number in range(engagements):
                begin_engagement(title=f"服务期 {number + 1}", starts_on=date(2026, 4, 1), days=70, by=actor)
            db.session.commit()
        return Shop(shop.id, slug, house.id, actor)


def make_user(email: str, name: str) -> User:
    """All of these share one hash, a cheap one: checking the product's own takes 20 ms on purpose."""
    user = User(id=new_id(), email=email, name=name, password_hash=_HASH)
    db.session.add(user)
    db.session.flush()
    return user
