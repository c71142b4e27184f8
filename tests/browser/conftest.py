"""The running product, and a browser whose complaints nobody may leave unread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.complaints import complaints_of
from tests.browser.old_phone import OldPhone
from tests.browser.played import played_instance
from tests.browser.product import Product, running_product


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
def old_phone(playwright: Playwright, address: str, tmp_path: Path) -> Iterator[OldPhone]:
    phone = OldPhone(playwright, address, tmp_path / "phone")
    try:
        yield phone
        assert phone.complaints == []
    finally:
        phone.kill()
