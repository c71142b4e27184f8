"""The embedded profile in one command: a redis of its own, web, worker and scheduler, and a clean end.

The product is loaded once; every process is forked from there and shares that memory. This process only watches: it
asks neither database nor redis and starts no thread, so it can be forked again whenever a process dies.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from http.client import HTTPConnection, HTTPException

from .config import BadSetting, Settings, read_settings
from .own_redis import CannotStart, OwnRedis, start_redis

HOST = "127.0.0.1"
START_SECONDS = 15
STOP_SECONDS = 20
POLL_SECONDS = 0.02

forks = multiprocessing.get_context("fork")


def run(settings: Settings, port: int) -> None:
    """Until Ctrl-C or SIGTERM. A process that dies is started again. Raises CannotStart."""
    signal.signal(signal.SIGTERM, _interrupt)
    port, own = free_port(port), None
    if not os.environ.get("BASE_URL"):
        settings = replace(settings, base_url=f"http://{HOST}:{port}")
    if not settings.redis_url:
        own = start_redis(settings.instance_dir)
        settings = replace(settings, redis_url=own.url)
    children: dict[str, multiprocessing.Process] = {}
    try:
        roles = loaded(settings, port)
        children["prepare"] = _fork(roles["prepare"])
        children["prepare"].join()
        if children.pop("prepare").exitcode:
            raise CannotStart("数据库没有准备好，请看上面的日志")
        children |= {name: _fork(roles[name]) for name in ("web", "worker", "scheduler")}
        _wait_for(port, children["web"])
        _welcome(settings, port)
        while True:
            time.sleep(0.5)
            for name, child in children.items():
                if not child.is_alive():
                    print(f"{name} 意外退出（{child.exitcode}），已重新启动", flush=True)  # noqa: T201
                    children[name] = _fork(roles[name])
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
                probe.bind((HOST, port))
                return probe.getsockname()[1]
    raise CannotStart("没有可用的端口")


def loaded(settings: Settings, port: int) -> dict[str, Callable[[], None]]:
    """What every process does, over one app; what only one of them needs is imported by that one."""
    gc.disable()  # nothing that is loaded becomes garbage
    from .app import create_app

    app = create_app(settings)
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, what the processes share
    gc.enable()

    def prepare() -> None:
        from .preparing import prepare

        prepare(app)

    def web() -> None:
        from .server import serve

        serve(app, f"{HOST}:{port}")

    def worker() -> None:
        from .worker import work

        work(app)

    def scheduler() -> None:
        from .scheduler import run_forever

        run_forever(app)

    return {"prepare": prepare, "web": web, "worker": worker, "scheduler": scheduler}


def _fork(role: Callable[[], None]) -> multiprocessing.Process:
    child = forks.Process(target=_alone, args=(role,))
    child.start()
    return child


def _alone(role: Callable[[], None]) -> None:
    """In its own session, so that Ctrl-C reaches only the watching process, which then stops the others in order."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    role()


def _wait_for(port: int, web: multiprocessing.Process) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and web.is_alive():
        with closing(HTTPConnection(HOST, port, timeout=2)) as connection, suppress(OSError, HTTPException):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(POLL_SECONDS)
    raise CannotStart("网页服务没有启动，请看上面的日志")


def _stop(children) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.join(max(0.1, deadline - time.monotonic()))
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
    from .packs.demo import house, people
    from .tenants.rules import Role

    lines = ["", f"  {settings.product_name} 已启动，在浏览器打开：http://{HOST}:{port}", ""]
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
