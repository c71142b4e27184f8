"""Start and memory: the web processes alone, and the whole embedded stack."""

from __future__ import annotations

import signal
import subprocess
import tempfile
import time
import urllib.request
from contextlib import suppress

from bench.support import pss_mb, show
from siyu_saas.config import ROOT
from siyu_saas.embedded import free_port
from tests.support.environment import clean_environment
from tests.support.processes import family, flask_command, web_command

REQUESTS = 500


def wait(address: str) -> None:
    while True:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.005)


def main() -> None:
    port = free_port(0)
    environ = clean_environment(INSTANCE_DIR=tempfile.mkdtemp(), PORT=str(port), LOG_FORMAT="json")
    quiet = subprocess.DEVNULL
    subprocess.run(flask_command("prepare"), cwd=ROOT, env=environ, check=True, stdout=quiet)
    address = f"http://127.0.0.1:{port}"

    start = time.monotonic()
    web = subprocess.Popen(web_command(f"127.0.0.1:{port}"), cwd=ROOT, env=environ, stdout=quiet)
    wait(address + "/sign-in")
    show("web: first answer after start", time.monotonic() - start, 0.8, " s")
    for _ in range(REQUESTS):
        urllib.request.urlopen(address + "/sign-in").close()
    show("web: two workers and their master", pss_mb(family(web.pid)), 150, " MB")
    web.terminate()
    web.wait()

    start = time.monotonic()
    stack = subprocess.Popen(["bin/start"], cwd=ROOT, env=environ, stdout=quiet)
    wait(address + "/healthz")
    show("bin/start, second time", time.monotonic() - start, 5, " s")
    time.sleep(3)
    redis = [
        int(pid)
        for pid in subprocess.run(
            ["pgrep", "-f", environ["INSTANCE_DIR"]], capture_output=True, text=True, check=False
        ).stdout.split()
    ]
    show(
        "embedded stack",
        pss_mb(sorted({*family(stack.pid), *(one for pid in redis for one in family(pid))})),
        450,
        " MB",
    )
    stack.send_signal(signal.SIGTERM)
    stack.wait()


if __name__ == "__main__":
    main()
