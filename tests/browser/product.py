"""The product as its supervisor runs it: an instance folder of its own, SQLite, its own redis, a real worker."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from rq import Worker

from siyu_saas.config import ROOT
from siyu_saas.embedded import free_port
from tests.support.environment import clean_environment

START_SECONDS = 40
STOP_SECONDS = 30
REDIS_STOP_SECONDS = 5
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Product:
    address: str
    redis_socket: Path
    supervisor: subprocess.Popen
    log: Path

    @contextmanager
    def without_redis(self) -> Iterator[None]:
        """Redis is killed; its supervisor is held back, and starts it again afterwards."""
        with Redis(unix_socket_path=str(self.redis_socket)) as redis:
            pid = redis.info()["process_id"]
        self.supervisor.send_signal(signal.SIGSTOP)
        os.kill(pid, signal.SIGKILL)
        _until(lambda: not _answers(self.redis_socket), REDIS_STOP_SECONDS, "redis survived")
        try:
            yield
        finally:
            self.supervisor.send_signal(signal.SIGCONT)
        _until(lambda: _answers(self.redis_socket), START_SECONDS, "redis was not started again")

    @contextmanager
    def resting_worker(self) -> Iterator[None]:
        """Jobs stay queued in here, so that a page can be seen waiting."""
        with Redis(unix_socket_path=str(self.redis_socket)) as redis:
            _until(lambda: Worker.all(connection=redis), START_SECONDS, "no worker came up")
            pids = [worker.pid for worker in Worker.all(connection=redis)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)


@contextmanager
def running_product(played: Path, **more: str) -> Iterator[Product]:
    """Begins with a copy of the instance folder `played`; ended by SIGTERM.

    Raises AssertionError when it does not end cleanly or leaves its redis behind.
    """
    with tempfile.TemporaryDirectory(prefix="siyu-", ignore_cleanup_errors=True) as folder:
        port, instance, log = free_port(0), Path(folder).resolve(), Path(folder) / "product.log"
        environ = clean_environment(INSTANCE_DIR=str(instance), PORT=str(port), **more)
        shutil.copytree(played, instance, dirs_exist_ok=True)
        with log.open("wb") as told:
            process = subprocess.Popen(
                [sys.executable, "-m", "siyu_saas.embedded"], cwd=ROOT, env=environ, stdout=told, stderr=told
            )
        product = Product(f"http://127.0.0.1:{port}", instance / "redis" / "redis.sock", process, log)
        try:
            _until(lambda: process.poll() is not None or _is_healthy(product), START_SECONDS, "no answer from /healthz")
            assert process.poll() is None, f"the product ended while it started: {log.read_text()[-2000:]}"
            assert _answers(product.redis_socket)
            yield product
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                assert process.wait(STOP_SECONDS) == 0
            finally:
                process.kill()
            _until(lambda: not _answers(product.redis_socket), REDIS_STOP_SECONDS, "redis was left behind")


def _is_healthy(product: Product) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"{product.address}/healthz", timeout=2):
        return True
    return False


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
        probe.settimeout(1)
        probe.connect(str(path))
        probe.sendall(b"PING\r\n")
        return probe.recv(16).startswith(b"+PONG")
    return False


def _until(holds, seconds: float, otherwise: str) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, otherwise
        time.sleep(POLL_SECONDS)
