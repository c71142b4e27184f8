"""What a diagnosis found."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.diagnosis.rules.findings import Severity, Source


class Finding(TenantOwned, Identified, db.Model):
    """One problem with what to do about it. A rule's wording may be changed; `rule` keeps the rule as it was.

    `evidence`: the answers that fired it, as {question, asked, said}. `fires` turns false when answers changed since
    and the rule no longer does; the consultant decides then.
    """

    diagnosis_id: Mapped[UUID]
    rule_key: Mapped[str | None] = mapped_column(sa.String(20))
    severity: Mapped[Severity] = mapped_column(choice(Severity))
    source: Mapped[Source] = mapped_column(choice(Source))
    problem: Mapped[str] = mapped_column(sa.String(400))
    proposal: Mapped[str] = mapped_column(sa.String(400), default="")
    modules: Mapped[list] = mapped_column(default=list)
    rule: Mapped[dict] = mapped_column(default=dict)
    evidence: Mapped[list] = mapped_column(default=list)
    fires: Mapped[bool] = mapped_column(default=True)
    reworded_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(sa.String(200), default="")
    hidden_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("diagnosis_id", "diagnosis"),
        sa.UniqueConstraint("tenant_id", "diagnosis_id", "rule_key"),
    )
