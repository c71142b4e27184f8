"""A thousand jobs asked over HTTP while web, workers, scheduler and redis are killed with -9. COUNT changes it."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.support import show
from tests.support.killing import Killing


def main() -> None:
    count = int(os.environ.get("COUNT", "1000"))
    killing = Killing(Path(tempfile.mkdtemp()))
    start = time.monotonic()
    killing.storm(count, seconds=600, pause=3)
    effects = killing.effects()
    print(f"jobs: {count} asked, {sum(effects.values())} written, {time.monotonic() - start:.0f} s")
    print(f"jobs: killed {dict(Counter(killing.killed))}; taken over from a dead runner: {killing.taken_over()}")
    show("jobs: asked in vain", count - len(killing.asker.promised), 0)
    show("jobs: promised to the browser, then missing", killing.missing(), 0)
    show("jobs: not done", killing.open_jobs(), 0)
    show("jobs: effects not exactly once", sum(effects.values()) - effects[1], 0)
    killing.close()


if __name__ == "__main__":
    main()
