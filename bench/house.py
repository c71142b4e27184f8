"""The product as the benches ask it: in a folder of its own, without Redis, and quiet."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import structlog
from flask import Flask

from siyu_saas.config import Settings
from tests.conftest import migrated


def settings_in(folder: Path, **changes: Any) -> Settings:
    usual = {"instance_dir": folder, "demo": False, "redis_url": f"unix://{folder}/no.sock"}
    return Settings(secret_key="bench-" * 8, **usual | changes)


def quiet_house(settings: Settings) -> Flask:
    app = migrated(settings)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    return app
