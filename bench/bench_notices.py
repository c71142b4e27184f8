"""How much worker CPU ten thousand notices take: facts that concern four hundred people each are spread into inboxes."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from bench.house import quiet_house, settings_in
from bench.support import show
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, writing
from siyu_saas.core.queue import Job, JobState, perform
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.notices.models import Notice
from siyu_saas.tenants.actions.engagements import pause, resume
from siyu_saas.tenants.actions.people import admit
from siyu_saas.tenants.models import Engagement, Tenant
from siyu_saas.tenants.rules import Role, Side
from tests.support.merchants import Shop, make_shop, make_user

NOTICES, PEOPLE = 10_000, 400


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = quiet_house(settings_in(folder))
    shop = make_shop(app, "bench", "机构")
    crowd(app, shop)
    facts(app, shop, NOTICES // PEOPLE)
    start = time.process_time()
    spread = run(app)
    spent = time.process_time() - start
    with app.app_context(), system("bench"):
        made = db.session.scalar(sa.select(sa.func.count()).select_from(Notice))
    print(f"notices: {made} of {spread} facts")
    show(f"notices: worker CPU for {NOTICES}", spent * NOTICES / made, 20, " s")


def crowd(app, shop: Shop) -> None:
    with app.app_context(), writing():
        workspace = db.session.get_one(Tenant, shop.id)
        for number in range(PEOPLE):
            admit(workspace, make_user(f"p{number}@bench.example", f"成员 {number}"), role=Role.CS)
        db.session.commit()


def facts(app, shop: Shop, count: int) -> None:
    """Each concerns everybody."""
    for number in range(count):
        with app.app_context(), writing(), tenant(shop.id):
            engagement = db.session.scalar(sa.select(Engagement))
            if number % 2:
                resume(engagement, on=today(), by=shop.actor)
            else:
                pause(engagement, reason=f"第 {number} 件", side=Side.MERCHANT, on=today(), by=shop.actor)
            db.session.commit()


def run(app) -> int:
    """What a worker does, in this process."""
    with app.app_context(), system("bench"):
        chosen = sa.select(Job.id).where(Job.state == JobState.QUEUED, Job.not_before <= now())
        waiting = list(db.session.scalars(chosen.order_by(Job.id)))
    return sum(perform(app, job_id) for job_id in waiting)


if __name__ == "__main__":
    main()
