"""The workspace home, with files and events in it: queries, CPU against a bare list page in the same run, and bytes."""

from __future__ import annotations

import gzip
import io
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from werkzeug.test import EnvironBuilder

from bench.bare_list import make_app
from bench.house import quiet_house, settings_in
from bench.support import show
from siyu_saas.core.database import db, writing
from siyu_saas.core.files.content import accept
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.tenants.actions.files import add_file
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD, Shop, make_shop
from tests.support.page import Answer, Page

ROUNDS, REQUESTS, FILES = 9, 60, 12


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = quiet_house(settings_in(folder))
    shop = make_shop(app, "bench", "机构")
    fill(app, shop)
    page = Page(app).sign_in(shop.email(Role.BOSS), PASSWORD)
    home = page.get("overview.workspace", tenant=shop.slug)

    show("home: queries", len(home.queries), 8)
    compare(asking(app, "/t/bench/", page.client), bare_page(folder))
    print(f"home: HTML {len(home.data) / 1024:.1f} KB before compression")
    show("home: HTML compressed", len(gzip.compress(home.data, 6)) / 1024, 15, " KB")
    show("home: all assets compressed", assets_kb(page, home), 80, " KB")


def fill(app: Flask, shop: Shop) -> None:
    with app.app_context(), writing(), tenant(shop.id):
        for number in range(FILES):
            with accept(io.BytesIO(f"a\n{number}\n".encode()), f"销售数据-{number}.csv") as content:
                add_file(content, engagement_id=None, form_key=f"k{number}", storage=services().storage, by=shop.actor)
        db.session.commit()


def bare_page(folder: Path) -> Callable[[], bytes]:
    bare = make_app(folder)
    client = bare.test_client()
    client.get("/enter")
    return asking(bare, "/list", client)


def asking(app: Flask, path: str, client) -> Callable[[], bytes]:
    """A plain WSGI call: the test client's own time, the same on both sides, would pull the ratio towards 1."""
    name = app.config["SESSION_COOKIE_NAME"]
    headers = {"Cookie": f"{name}={client.get_cookie(name).value}"}
    environ = EnvironBuilder(path, base_url="http://localhost", headers=headers).get_environ()

    def ask() -> bytes:
        statuses: list[str] = []
        answer = app.wsgi_app({**environ, "wsgi.input": io.BytesIO()}, lambda status, *_: statuses.append(status))
        data = b"".join(answer)
        answer.close()
        assert statuses == ["200 OK"], statuses
        return data

    return ask


def compare(ask_home: Callable[[], bytes], ask_bare: Callable[[], bytes]) -> None:
    pairs = [(cpu_ms(ask_home), cpu_ms(ask_bare)) for _ in range(ROUNDS)]
    ours, theirs = min(one for one, _ in pairs), min(other for _, other in pairs)
    print(f"home: {ours:.2f} ms CPU; bare list page: {theirs:.2f} ms CPU, {len(ask_bare()) / 1024:.1f} KB")
    show("home: CPU against the bare list page", ours / theirs, 1.8, " x")


def cpu_ms(ask: Callable[[], bytes]) -> float:
    start = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - start) * 1000 / REQUESTS


def assets_kb(page: Page, home: Answer) -> float:
    """What the page links to, and every custom element that its script may load."""
    urls = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', home.text))
    modules = {
        url.rsplit("/js/", 1)[0] + "/js/elements/" + path.name
        for url in urls
        if url.endswith("js/app.js")
        for path in Path("siyu_saas/static/js/elements").glob("*.js")
    }
    total = 0
    for url in urls | modules:
        with page.client.get(url, headers={"Accept-Encoding": "gzip"}) as response:
            assert response.status_code == 200, url
            total += len(response.data)
    return total / 1024


if __name__ == "__main__":
    main()
