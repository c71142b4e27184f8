"""Processes and all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from siyu_saas.config import ROOT


def family(pid: int) -> list[int]:
    """The process and all below it."""
    tasks = Path(f"/proc/{pid}/task")
    children = [int(child) for task in tasks.glob("*/children") for child in task.read_text().split()]
    return [pid, *(one for child in children for one in family(child))]


def kill_tree(process: subprocess.Popen) -> None:
    """A job's own process too: RQ puts it into a process group of its own, so killing the group would spare it."""
    for pid in family(process.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def web_command(bind: str) -> list[str]:
    """As in production."""
    config = str(ROOT / "deploy" / "gunicorn.conf.py")
    return [sys.executable, "-m", "gunicorn", "--config", config, "--bind", bind, "--workers", "2", "wsgi:app"]


def flask_command(name: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "siyu_saas.commands", name]
