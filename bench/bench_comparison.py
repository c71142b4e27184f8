"""Before and after of 6 measures over 365 days: CPU and queries, alone and beside many counts of other merchants."""

from __future__ import annotations

import io
import logging
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import structlog
from flask import Flask
from werkzeug.test import EnvironBuilder

from bench.support import show
from siyu_saas.config import Settings
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.metrics.actions.comparisons import agree_comparison
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.rules.fields import SHEET_FIELDS
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.conftest import migrated
from tests.support.merchants import PASSWORD, Shop, make_shop
from tests.support.page import Page

LAST = date(2026, 5, 31)
DAYS, ROUNDS, REQUESTS = 365, 5, 20
SIX = ["group_new", "group_active_rate", "group_buyers", "aov_buyer", "group_gmv", "silent_gmv"]
OTHERS, OTHER_DAYS = 10, 1_000
OTHER_ROWS = int(os.environ.get("ROWS", "10000000"))


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    settings = Settings(secret_key="bench-" * 8, instance_dir=folder, demo=False, redis_url=f"unix://{folder}/no.sock")
    app = migrated(settings)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    shop = make_shop(app, "bench", "机构")
    fill(app, shop, DAYS, LAST)
    agree(app, shop)
    page = Page(app).sign_in(shop.email(Role.BOSS), PASSWORD)
    seen = page.get("comparison.show", tenant=shop.slug, number=1)
    show("comparison: queries", len(seen.queries), 8)
    ask = asking(app, f"/t/{shop.slug}/e/1/comparison", page.client)
    alone = cpu_ms(ask)
    show("comparison of 6 measures × 365 days: CPU", alone, 20, " ms")
    many = fill_others(app)
    print(f"beside it: {many:,} counts of other merchants")
    beside = cpu_ms(ask)
    show("comparison beside other merchants' counts: CPU against alone", beside / alone, 1.05, " x")


def fill(app: Flask, shop: Shop, days: int, last: date) -> int:
    counts = {
        (field, last - timedelta(days=back)): 40 + (back * 7 + place * 13) % 60
        for place, field in enumerate(SHEET_FIELDS)
        for back in range(days)
    }
    with app.app_context(), writing(), tenant(shop.id):
        engagement = engagement_numbered(1)
        enter_counts(counts, engagement_id=engagement.id, title="日报", form_key=None, by=shop.actor)
        db.session.commit()
    return len(counts)


COPIES = """
with recursive place(n) as (select 1 union all select n + 1 from place where n < ?)
insert into observation (tenant_id, id, engagement_id, scope, field, day, value, text, import_id)
select tenant_id, printf('%032x', row_number() over ()), engagement_id, 's' || n, field, day, value, text, import_id
from place, observation where tenant_id = ? and scope = 'all'
"""


def fill_others(app: Flask) -> int:
    """Ten merchants with years of days, each copied inside the database to so many shops that it makes up the number."""
    rows = 0
    for number in range(OTHERS):
        other = make_shop(app, f"other{number}", f"机构{number}")
        own = fill(app, other, OTHER_DAYS, LAST)
        with app.app_context(), system("bench"), db.engine.begin() as connection:
            copies = max(1, OTHER_ROWS // OTHERS // own - 1)
            connection.exec_driver_sql(COPIES, (copies, other.id.hex))
        rows += own * (copies + 1)
    return rows


def agree(app: Flask, shop: Shop) -> None:
    half = DAYS // 2
    before = Window(LAST - timedelta(days=2 * half - 1), LAST - timedelta(days=half))
    after = Window(LAST - timedelta(days=half - 1), LAST)
    with app.app_context(), writing(), tenant(shop.id):
        agree_comparison(engagement_numbered(1).id, before, after, SIX, SIX[:4], by=shop.actor)
        db.session.commit()


def asking(app: Flask, path: str, client) -> Callable[[], None]:
    name = app.config["SESSION_COOKIE_NAME"]
    headers = {"Cookie": f"{name}={client.get_cookie(name).value}"}
    environ = EnvironBuilder(path, base_url="http://localhost", headers=headers).get_environ()

    def ask() -> None:
        statuses: list[str] = []
        answer = app.wsgi_app({**environ, "wsgi.input": io.BytesIO()}, lambda status, *_: statuses.append(status))
        b"".join(answer)
        answer.close()
        assert statuses == ["200 OK"], statuses

    return ask


def cpu_ms(ask: Callable[[], None]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(REQUESTS):
            ask()
        best = min(best, (time.process_time() - start) * 1000 / REQUESTS)
    return best


if __name__ == "__main__":
    main()
