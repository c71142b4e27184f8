"""How long the tests take once everything is set up."""

from __future__ import annotations

import subprocess
import time

from bench.support import show
from siyu_saas.config import ROOT


def main() -> None:
    for command, limit in ((["bin/test", "fast"], 10), (["bin/test"], 240)):
        begun = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode
        show(
            " ".join(command) + ("" if code == 0 else f", which failed with {code}"),
            time.monotonic() - begun,
            limit,
            " s",
        )


if __name__ == "__main__":
    main()
