"""The environment of processes that tests and benches start: none of the product's settings is inherited."""

from __future__ import annotations

import os

from siyu_saas.config import Settings


def clean_environment(**changes: str) -> dict[str, str]:
    """A DATABASE_URL of the person who runs the tests must never be the one they write into."""
    settings = {variable for variable, _default, _meaning in Settings.table()}
    return {name: value for name, value in os.environ.items() if name not in settings} | changes
