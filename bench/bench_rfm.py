"""Customers in segments from 1,000,000 order lines: the rhythm of buying and the scores, computed in the database."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from bench.house import settings_in
from bench.support import show
from siyu_saas.config import Settings
from siyu_saas.core.audit import Actor
from siyu_saas.core.bulk import insert_rows
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.models import OrderLine
from siyu_saas.metrics.queries.customers import cells, rhythm
from siyu_saas.metrics.rules.rfm import portrait
from siyu_saas.tenants.models import Engagement
from tests.conftest import migrated
from tests.support.merchants import make_shop
from tests.support.postgres import DURABLE, make_database, postgres

LINES = int(os.environ.get("LINES", "1000000"))
ASOF = date(2026, 5, 31)


def measure(name: str, settings: Settings, limit_s: float) -> None:
    app = migrated(settings)
    shop = make_shop(app, "bench", "机构")
    with app.app_context(), writing(), tenant(shop.id):
        engagement_id = db.session.scalar(sa.select(Engagement.id))
        source = enter_counts(
            {("group_new", ASOF): 1}, engagement_id=engagement_id, title="x", form_key=None, by=Actor("顾问")
        )
        rows = (
            ((number * 7919 % (LINES // 4)).to_bytes(16), ASOF - timedelta(number * 31 % 400), number % 90_000 + 1)
            for number in range(LINES)
        )
        same = {"engagement_id": engagement_id, "import_id": source.id}
        insert_rows(OrderLine, ("customer_key", "order_date", "amount_fen"), rows, same=same)
        db.session.commit()
    tell(name, "right after the orders came in", app, shop, engagement_id, limit_s)
    tidy(settings)
    tell(name, "once the database has tidied up by itself", app, shop, engagement_id, limit_s)


def tidy(settings: Settings) -> None:
    """What autovacuum does within a minute of a large import."""
    engine = sa.create_engine(settings.database_owner, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("vacuum (analyze) order_line")
    engine.dispose()


def tell(name: str, when: str, app, shop, engagement_id, limit_s: float) -> None:
    times, cpu = [], []
    with app.app_context(), tenant(shop.id):
        for _round in range(3):
            start, used = time.perf_counter(), time.process_time()
            beat = rhythm(engagement_id, ASOF)
            cuts = beat.cuts()
            shown = portrait(cells(engagement_id, ASOF, cuts), cuts, ASOF)
            times.append(time.perf_counter() - start)
            cpu.append(time.process_time() - used)
    print(
        f"rfm on {name}, {when}: {LINES} lines, {shown.customers} customers, "
        f"rounds {[round(one, 2) for one in times]}, of that own CPU {[round(one, 2) for one in cpu]}"
    )
    show(f"rfm on {name}, {when}: seconds, the worst round", max(times), limit_s, " s")


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    settings = settings_in(folder)
    measure("SQLite", settings, 8)
    with postgres(DURABLE) as socket:
        app_url, owner_url = make_database(socket, "bench")
        measure("PostgreSQL", replace(settings, database_url=app_url, database_owner_url=owner_url), 4)


if __name__ == "__main__":
    main()
