"""Before and after of 6 measures over 365 days: CPU and queries, alone and beside many counts of other merchants."""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder

from bench.house import quiet_house, settings_in
from bench.support import show
from siyu_saas.config import Settings
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.comparisons import agree_comparison
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.rules.fields import SHEET_FIELDS
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD, Shop, make_shop
from tests.support.page import Page
from tests.support.postgres import DURABLE, make_database, postgres

LAST = date(2026, 5, 31)
DAYS, ROUNDS, REQUESTS = 365, 12, 10
SIX = ["group_new", "group_active_rate", "group_buyers", "aov_buyer", "group_gmv", "silent_gmv"]
OTHERS, OTHER_DAYS = 10, 1_000
OTHER_ROWS = int(os.environ.get("ROWS", "10000000"))


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    settings = settings_in(folder)
    measure("SQLite", *(replace(settings, instance_dir=folder / name) for name in ("alone", "beside")))
    with postgres(DURABLE) as socket:
        urls = [make_database(socket, name) for name in ("alone", "beside")]
        measure(
            "PostgreSQL",
            *(replace(settings, database_url=app_url, database_owner_url=owner_url) for app_url, owner_url in urls),
        )


def measure(name: str, *both: Settings) -> None:
    """Two databases, one of them with many counts of other merchants, asked by turns."""
    asks = []
    for settings in both:
        settings.instance_dir.mkdir(exist_ok=True)
        app = quiet_house(settings)
        shop = make_shop(app, "bench", "机构")
        fill(app, shop, DAYS, LAST)
        agree(app, shop)
        if asks:
            print(f"on {name}, beside it: {fill_others(app):,} counts of other merchants")
        page = Page(app).sign_in(shop.email(Role.BOSS), PASSWORD)
        seen = page.get("comparison.show", tenant=shop.slug, number=1)
        asks.append(asking(app, f"/t/{shop.slug}/e/1/comparison", page.client))
    show(f"comparison on {name}: queries", len(seen.queries), 8)
    alone, beside = cpu_ms(*asks)
    show(f"comparison on {name} of 6 measures × 365 days: CPU", alone, 20, " ms")
    show(f"comparison on {name} beside other merchants' counts: CPU against alone", beside / alone, 1.05, "×")


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


NUMBERS = {
    "sqlite": "with recursive place(n) as (select 1 union all select n + 1 from place where n < {copies}) ",
    "postgresql": "with place(n) as (select generate_series(1, {copies})) ",
}
NEW_ID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}


def fill_others(app: Flask) -> int:
    """Ten merchants with years of days, each copied inside the database to so many shops that it makes up the number."""
    rows = 0
    owner = sa.make_url(app.config["SETTINGS"].database_owner)
    kind = owner.get_backend_name()
    engine = sa.create_engine(owner.set(username="postgres") if kind == "postgresql" else owner)
    for number in range(OTHERS):
        other = make_shop(app, f"other{number}", f"机构{number}")
        own = fill(app, other, OTHER_DAYS, LAST)
        copies = max(1, OTHER_ROWS // OTHERS // own - 1)
        merchant = other.id.hex if kind == "sqlite" else other.id
        with engine.begin() as connection:
            connection.exec_driver_sql(
                NUMBERS[kind].format(copies=copies)
                + "insert into observation (tenant_id, id, engagement_id, scope, field, day, value, text, import_id) "
                f"select tenant_id, {NEW_ID[kind]}, engagement_id, 's' || n, field, day, value, text, import_id "
                f"from place, observation where tenant_id = '{merchant}' and scope = 'all'"
            )
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


def cpu_ms(*asks: Callable[[], None]) -> list[float]:
    """The best round of each: whatever else the machine does then weighs on all of them."""
    best = [float("inf")] * len(asks)
    for _ in range(ROUNDS):
        for place, ask in enumerate(asks):
            start = time.process_time()
            for _ in range(REQUESTS):
                ask()
            best[place] = min(best[place], (time.process_time() - start) * 1000 / REQUESTS)
    return best


if __name__ == "__main__":
    main()
