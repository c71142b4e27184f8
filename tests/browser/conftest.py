"""The running product, and a browser whose complaints nobody may leave unread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from siyu_saas.config import ROOT
from tests.browser.complaints import complaints_of
from tests.browser.people import PHONE
from tests.browser.played import played_instance
from tests.browser.product import Product, running_product

OLD_CHROMIUM = ROOT / ".venv" / "chromium-107.0.0" / "chromium"


@pytest.fixture(scope="session")
def played(tmp_path_factory, worker_id) -> Path:
    own = tmp_path_factory.getbasetemp()
    return played_instance(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def product(played) -> Iterator[Product]:
    with running_product(played) as product:
        yield product


@pytest.fixture
def address(product: Product) -> str:
    return product.address


@pytest.fixture
def complaints(page: Page, address: str) -> Iterator[list[str]]:
    found = complaints_of(page, address)
    yield found
    assert found == []


@pytest.fixture
def old_phone(playwright: Playwright, address: str) -> Iterator[Page]:
    """Chromium 107 in the size of a phone. It was built for one process and no GPU."""
    alone = ["--no-sandbox", "--disable-gpu", "--headless", "--single-process", "--no-zygote"]
    old = playwright.chromium.launch(executable_path=str(OLD_CHROMIUM), args=alone)
    try:
        page = old.new_page(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
        found = complaints_of(page, address)
        yield page
        assert found == []
    finally:
        old.close()
