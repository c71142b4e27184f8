"""Order lines without people in them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, db
from siyu_saas.core.tenancy import TenantOwned


class OrderLine(TenantOwned, Identified, db.Model):
    """`customer_key` is a keyed hash of whatever named the customer in the file; nothing else of them is kept.

    Merchant, engagement and import are held by one reference: checking three of them costs more than writing the line.
    """

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)
    engagement_id: Mapped[UUID]
    customer_key: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    order_date: Mapped[date]
    amount_fen: Mapped[int] = mapped_column(sa.BigInteger)
    import_id: Mapped[UUID]

    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["tenant_id", "engagement_id", "import_id"],
            ["data_import.tenant_id", "data_import.engagement_id", "data_import.id"],
        ),
        sa.Index(
            "ix_order_line_tenant_customer", "tenant_id", "engagement_id", "customer_key", "order_date", "amount_fen"
        ),
        sa.Index("ix_order_line_tenant_import", "tenant_id", "import_id"),
    )
