"""Eight processes × 150 read-modify-writes on both databases: lost updates and errors."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench.support import show
from bench.writers import count_up
from siyu_saas.config import Settings
from tests.conftest import migrated
from tests.support.merchants import make_shop
from tests.support.postgres import DURABLE, make_database, postgres


def measure(name: str, settings: Settings) -> None:
    shop = make_shop(migrated(settings), "count", "机构", engagements=3)
    start = time.monotonic()
    count = count_up(settings, shop, processes=8, times=150)
    print(f"writers on {name}: {count.asked} updates in {time.monotonic() - start:.0f} s")
    show(f"writers on {name}: lost updates", count.lost, 0)
    show(f"writers on {name}: database is locked", count.locked, 0)
    show(f"writers on {name}: other errors", len(count.errors) - count.locked, 0)


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    settings = Settings(secret_key="bench-" * 8, instance_dir=folder, demo=False, redis_url=f"unix://{folder}/no.sock")
    measure("SQLite", settings)
    with postgres(DURABLE) as socket:
        app_url, owner_url = make_database(socket, "bench")
        measure("PostgreSQL", replace(settings, database_url=app_url, database_owner_url=owner_url))


if __name__ == "__main__":
    main()
