"""The consultant's list with 5, 500 and 5,000 merchants: queries, and CPU for a page of 50."""

from __future__ import annotations

import logging
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import structlog

from bench.bench_home import asking
from bench.support import show
from siyu_saas.config import Settings
from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import system
from siyu_saas.tenants.actions.merchants import open_workspace
from siyu_saas.tenants.models import Engagement, Firm
from siyu_saas.tenants.rules import Role
from tests.conftest import migrated
from tests.support.merchants import PASSWORD, Shop, make_shop
from tests.support.page import Page

ROUNDS, REQUESTS = 7, 15
FEW, MANY, HUGE = 5, 500, 5_000


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = migrated(
        Settings(secret_key="bench-" * 8, instance_dir=folder, demo=False, redis_url=f"unix://{folder}/no.sock")
    )
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    shop = make_shop(app, "bench", "机构")
    page = Page(app).sign_in(shop.email(Role.FIRM_OWNER), PASSWORD)
    there, queries = 1, {}
    for count in (FEW, MANY, HUGE):
        fill(app, shop, there, count)
        there = count
        queries[count] = len(page.get("/").queries)
        spent = min(cpu_ms(asking(app, "/", page.client)) for _ in range(ROUNDS))
        if count == MANY:
            show(f"portfolio of {count}: CPU for a page of 50", spent, 15, " ms")
        else:
            print(f"portfolio of {count}: {spent:.2f} ms CPU")
        searched = min(cpu_ms(asking(app, "/?q=sjl", page.client)) for _ in range(ROUNDS))
        print(f"portfolio of {count}, searched: {searched:.2f} ms CPU")
    show(f"portfolio of {MANY}: queries", queries[MANY], 8)
    show(f"portfolio of {MANY}: queries more than with {FEW}", queries[MANY] - queries[FEW], 0)


def fill(app, shop: Shop, there: int, count: int) -> None:
    """Every merchant has a service period in some state."""
    with app.app_context(), writing():
        firm = db.session.get_one(Firm, shop.firm_id)
        made = [
            open_workspace(firm, name=f"商家 {number:04}", slug=f"shop-{number:04}").id
            for number in range(there, count)
        ]
        db.session.commit()
        with system("many service periods at once"):
            for place, tenant_id in enumerate(made):
                starts_on = today() - timedelta(days=place % 90)
                db.session.add(
                    Engagement(
                        id=new_id(),
                        tenant_id=tenant_id,
                        number=1,
                        title="陪跑",
                        starts_on=starts_on,
                        ends_on=starts_on + timedelta(days=69),
                        coordinator="王" * (place % 2),
                    )
                )
            db.session.commit()


def cpu_ms(ask) -> float:
    start = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - start) * 1000 / REQUESTS


if __name__ == "__main__":
    main()
