"""How long all packs take to be read and checked. Limit: 0.5 s of CPU (issue, architecture §8)."""

from __future__ import annotations

import time

from siyu_saas.packs.library import TENANTS, load_library

LIMIT_S = 0.5
RUNS = 5


def main() -> None:
    measured = []
    for _run in range(RUNS):
        begun = time.process_time()
        packs = load_library(TENANTS)
        measured.append(time.process_time() - begun)
    best = min(measured)
    print(
        f"read and check {len(packs)} packs: {best:.3f} s CPU (limit {LIMIT_S} s) {'ok' if best <= LIMIT_S else 'OVER'}"
    )


if __name__ == "__main__":
    main()
