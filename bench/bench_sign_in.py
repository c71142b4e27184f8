"""Signing in and asking for a mail with a known and an unknown account: medians that nobody can tell apart."""

from __future__ import annotations

import logging
import statistics
import tempfile
import time
from pathlib import Path

import structlog

from bench.house import quiet_house, settings_in
from bench.support import show
from siyu_saas.accounts.password import hash_password
from siyu_saas.core.database import db, writing
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD, make_shop
from tests.support.page import Page

ASKED, WARM = 50, 5
MOST_APART_PERCENT = 10


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = quiet_house(settings_in(folder, sign_in_attempts=100_000, web_workers=1))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    shop = make_shop(app, "bench", "机构")
    known, unknown = shop.email(Role.BOSS), "nobody@nowhere.example"
    with app.app_context(), writing():
        from siyu_saas.accounts.queries import user_by_login

        user_by_login(known).password_hash = hash_password(PASSWORD)  # at the cost of the product, not of the tests
        db.session.commit()
    page = Page(app)
    token = page.token()
    compare("sign-in", page, "/sign-in", {"csrf_token": token, "password": "wrong-password"}, known, unknown)
    compare("reset by mail", page, "/password/reset", {"csrf_token": token}, known, unknown)


def compare(name: str, page: Page, path: str, form: dict, known: str, unknown: str) -> None:
    """Turn by turn, so that whatever else the machine does falls on both alike."""
    spent: dict[str, list[float]] = {known: [], unknown: []}
    for turn in range(ASKED + WARM):
        for login in (known, unknown) if turn % 2 else (unknown, known):
            start = time.perf_counter()
            page.client.post(path, data={**form, "email": login}).close()
            spent[login].append((time.perf_counter() - start) * 1000)
    ours, theirs = (statistics.median(spent[login][WARM:]) for login in (known, unknown))
    print(f"{name}: known {ours:.2f} ms, unknown {theirs:.2f} ms (medians of {ASKED})")
    show(f"{name}: known and unknown apart", abs(ours - theirs) / max(ours, theirs) * 100, MOST_APART_PERCENT, " %")


if __name__ == "__main__":
    main()
