"""How a figure is printed, and how memory is read."""

from __future__ import annotations

from pathlib import Path


def show(name: str, measured: float, limit: float, unit: str = "") -> None:
    verdict = "ok" if measured <= limit else "SHORT"
    ratio = f", ratio {measured / limit:.2f}" if limit else ""
    print(f"{name}: {measured:.2f}{unit} (limit {limit:g}{unit}{ratio}) {verdict}", flush=True)


def pss_mb(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
