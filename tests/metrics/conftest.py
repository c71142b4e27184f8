"""An engagement to put numbers into."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.models import Engagement


@pytest.fixture
def engagement(app, dress_shop) -> UUID:
    """The dress shop's first engagement."""
    with app.app_context(), tenant(dress_shop.id):
        return db.session.scalar(sa.select(Engagement.id))


@pytest.fixture
def at_work(app, dress_shop, engagement):
    """Inside one writing transaction of the dress shop."""
    with app.app_context(), writing(), tenant(dress_shop.id):
        yield engagement
        db.session.rollback()
