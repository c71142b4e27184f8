"""The people of one workspace, and what they have in their hands."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from siyu_saas.accounts.models import User
from siyu_saas.accounts.rules import Proof
from siyu_saas.core.audit import Actor
from siyu_saas.core.files.content import Accepted, accept
from siyu_saas.packs.library import Pack, pack
from siyu_saas.signing.actions import Signer, sign
from siyu_saas.signing.models import Document
from siyu_saas.tenants.models import Engagement, Tenant
from siyu_saas.tenants.rules import Role

PROOF = Proof.PASSWORD


@dataclass(frozen=True)
class Person:
    user_id: UUID
    name: str
    role: Role
    firm_id: UUID

    @property
    def actor(self) -> Actor:
        return Actor(self.name, self.user_id, self.firm_id)

    @property
    def signer(self) -> Signer:
        return Signer(self.user_id, self.name, self.role, None)


@dataclass(frozen=True)
class Cast:
    """`people` by role; who is missing is stood in for by the boss."""

    merchant: Tenant
    engagement: Engagement
    people: dict[Role, Person]

    @property
    def boss(self) -> Person:
        return self.people[Role.BOSS]

    @property
    def lead(self) -> Person:
        return self.people.get(Role.LEAD, self.boss)

    @property
    def consultant(self) -> Person:
        return self.people[Role.CONSULTANT]

    @property
    def pack(self) -> Pack:
        return pack(self.merchant.pack)

    @property
    def rows(self) -> list[tuple[UUID, str, Role]]:
        return [(one.user_id, one.name, one.role) for one in self.people.values()]

    def owner_of(self, user_id: UUID | None) -> Person:
        return next((one for one in self.people.values() if one.user_id == user_id), self.lead)

    def day(self, offset: int) -> date:
        """Counted from day 0 of the service period."""
        return self.engagement.starts_on + timedelta(days=offset)

    def sign(self, document: Document, person: Person) -> None:
        sign(document, seen_sha256=document.sha256, signer=person.signer, proof=PROOF, by=person.actor)


def person_of(user: User, role: Role, firm_id: UUID) -> Person:
    return Person(user.id, user.name, role, firm_id)


def file_named(name: str, content: bytes) -> Accepted:
    return accept(io.BytesIO(content), name)
