"""The product, started by its own supervisor, and a browser that notes every complaint."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress

import pytest

from siyu_saas.config import ROOT
from siyu_saas.embedded import free_port

START_SECONDS = 40
SHOUT = (
    "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
)


@pytest.fixture(scope="session")
def product(tmp_path_factory) -> Iterator[str]:
    port = free_port(0)
    environ = {**os.environ, "INSTANCE_DIR": str(tmp_path_factory.mktemp("instance")), "PORT": str(port)}
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "siyu_saas.commands", "prepare"], cwd=ROOT, env=environ, check=True
    )
    process = subprocess.Popen([sys.executable, "-m", "siyu_saas.embedded"], cwd=ROOT, env=environ)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address + "/healthz", timeout=2):
            return
        time.sleep(0.05)
    raise RuntimeError("the product did not start")


@pytest.fixture
def complaints(page, product) -> Iterator[list[str]]:
    """Errors in the console, violations of the policy, requests to other hosts: none is left unread."""
    found: list[str] = []
    page.add_init_script(SHOUT)
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((product, "data:", "blob:")) else found.append(request.url),
    )
    yield found
    kept = [line for line in found if "404 (NOT FOUND)" not in line]
    assert kept == [], "\n".join(kept)
