"""The workspace home: queries, CPU against a bare list page in the same run, and bytes."""

from __future__ import annotations

import gzip
import logging
import re
import tempfile
import time
from pathlib import Path

import structlog

from bench.bare_list import make_app
from bench.support import show
from siyu_saas.config import Settings
from siyu_saas.tenants.rules import Role
from tests.conftest import migrated
from tests.support.merchants import PASSWORD, make_shop
from tests.support.page import Page

ROUNDS, REQUESTS = 9, 60


def cpu_ms(client, path: str) -> float:
    start = time.process_time()
    for _ in range(REQUESTS):
        client.get(path).close()
    return (time.process_time() - start) * 1000 / REQUESTS


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = migrated(
        Settings(secret_key="bench-" * 8, instance_dir=folder, demo=False, redis_url=f"unix://{folder}/no.sock")
    )
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    shop = make_shop(app, "bench", "机构")
    page = Page(app).sign_in(shop.email(Role.BOSS), PASSWORD)
    home = page.get("overview.workspace", tenant=shop.slug)
    bare = make_app(folder).test_client()
    bare.get("/enter")
    pairs = [(cpu_ms(page.client, "/t/bench/"), cpu_ms(bare, "/list")) for _ in range(ROUNDS)]
    ours, theirs = min(one for one, _ in pairs), min(other for _, other in pairs)

    show("home: queries", len(home.queries), 8)
    print(f"home: {ours:.2f} ms CPU, bare list page: {theirs:.2f} ms CPU")
    show("home: CPU against the bare list page", ours / theirs, 1.8, " x")
    show("home: HTML compressed", len(gzip.compress(home.data, 6)) / 1024, 15, " KB")
    urls = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', home.text))
    modules = {
        url.rsplit("/js/", 1)[0] + "/js/elements/" + path.name
        for url in urls
        if url.endswith("js/app.js")
        for path in Path("siyu_saas/static/js/elements").glob("*.js")
    }
    bytes_sent = 0
    for url in urls | modules:
        with page.client.get(url, headers={"Accept-Encoding": "gzip"}) as response:
            assert response.status_code == 200, url
            bytes_sent += len(response.data)
    show("home: all assets compressed", bytes_sent / 1024, 80, " KB")


if __name__ == "__main__":
    main()
