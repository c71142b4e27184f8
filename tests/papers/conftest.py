"""An application that renders pages for paper and has neither database nor queue."""

from __future__ import annotations

import pytest

from siyu_saas.app import create_app
from siyu_saas.config import Settings


@pytest.fixture(scope="module")
def app_for_pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    return create_app(Settings(secret_key="papers-" * 8, instance_dir=folder, redis_url="unix:///nowhere.sock"))
