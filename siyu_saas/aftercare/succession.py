"""Questions that a consultant still owes an answer go to whoever takes their place."""

from __future__ import annotations

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.rules.succession import Succession, hands_over

from .models import Inquiry


@hands_over
def hand_inquiries_over(succession: Succession) -> int:
    moved = (
        sa.update(Inquiry)
        .where(Inquiry.owner_id == succession.before, Inquiry.answer == "")
        .values(owner_id=succession.after, owner_name=succession.after_name)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(moved).rowcount
