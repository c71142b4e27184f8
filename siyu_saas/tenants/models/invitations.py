"""Signed links (邀请链接): how people get in without a password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db
from siyu_saas.tenants.rules.invitations import LinkState, state_of
from siyu_saas.tenants.rules.roles import Role


class Invitation(Identified, db.Model):
    """One workspace (or the firm itself) and one role. Its address and its code are signed from its id (`core.tokens`).

    `seats` people may come in by it. With `user_id` it lets one person in again, as the one they are. `leads_to` names
    what waits for them (`rules.arrivals`), nothing for the merchant's home.
    """

    firm_id: Mapped[UUID] = mapped_column(sa.ForeignKey("firm.id"), index=True)
    tenant_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("tenant.id"), index=True)
    user_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id"))
    role: Mapped[Role] = mapped_column(choice(Role))
    for_whom: Mapped[str] = mapped_column(sa.String(60), default="")
    leads_to: Mapped[str] = mapped_column(sa.String(20), default="")
    with_code: Mapped[bool] = mapped_column(default=False)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    seats: Mapped[int] = mapped_column(default=1)
    taken: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[UUID | None]
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def state(self) -> LinkState:
        return state_of(
            expires_at=self.expires_at,
            revoked_at=self.revoked_at,
            taken=self.taken,
            seats=self.seats,
            wrong_codes=self.wrong_codes,
            at=now(),
        )


class InvitationUse(Identified, db.Model):
    """Who came in by an invitation."""

    invitation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("invitation.id"))
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    at: Mapped[datetime] = mapped_column(default=now)
    address: Mapped[str | None] = mapped_column(sa.String(45))

    __table_args__ = (sa.UniqueConstraint("invitation_id", "user_id"),)
