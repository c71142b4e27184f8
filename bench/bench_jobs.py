"""A thousand jobs while workers, scheduler and redis are killed with -9: every effect exactly once. COUNT changes it."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from bench.support import show
from tests.support.killing import Killing


def main() -> None:
    count = int(os.environ.get("COUNT", "1000"))
    killing = Killing(Path(tempfile.mkdtemp()))
    killing.ask(count)
    start = time.monotonic()
    killing.run(seconds=600, pause=3)
    effects = killing.effects()
    print(f"jobs: {count} asked, {killing.kills} kills, {time.monotonic() - start:.0f} s")
    show("jobs: effects not exactly once", count - effects[1], 0.5)
    killing.close()


if __name__ == "__main__":
    main()
