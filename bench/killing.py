"""Jobs asked over HTTP while the web process, workers, scheduler and redis are killed with -9."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from contextlib import suppress
from http.cookiejar import CookieJar
from uuid import UUID

import sqlalchemy as sa

from bench.support import family
from siyu_saas.config import ROOT
from siyu_saas.core.database import db
from siyu_saas.core.queue.models import Job
from siyu_saas.core.tenancy import tenant
from siyu_saas.embedded import free_port, web_command
from siyu_saas.tenants.rules import Role
from tests.support.killing import Killing
from tests.support.merchants import PASSWORD

PROCESSES = ("web", "worker", "worker", "scheduler")
REDIS = len(PROCESSES)
PATIENCE_SECONDS = 0.05


class KillingEverything(Killing):
    """`promised` are the jobs that a browser was answered for; none of them may be missing afterwards."""

    def storm(self, count: int, *, seconds: float, pause: float) -> None:
        """Asks for `count` jobs and returns when all are done; kills something about every `pause` seconds."""
        self.promised: list[UUID] = []
        self.killed: list[str] = []
        self.port = free_port(0)
        self.deadline = time.monotonic() + seconds
        processes = [self._start(name) for name in PROCESSES]
        asker = threading.Thread(target=self._ask_over_http, args=(count,))
        asker.start()
        try:
            while (asker.is_alive() or self.open_jobs()) and time.monotonic() < self.deadline:
                time.sleep(self.random.uniform(0.5, 1.5) * pause)
                self._kill_one(processes)
                pause *= 1.1
        finally:
            self.deadline = 0
            asker.join()
            for process in processes:
                kill_tree(process)

    def missing(self) -> int:
        """Promised jobs without a row."""
        with self.app.app_context(), tenant(self.shop.id):
            return len(set(self.promised) - set(db.session.scalars(sa.select(Job.id))))

    def taken_over(self) -> int:
        """Jobs that were taken more than once, because their first runner died."""
        with self.app.app_context(), tenant(self.shop.id):
            return db.session.scalar(sa.select(sa.func.count(Job.id)).where(Job.attempts > 1))

    def _kill_one(self, processes: list[subprocess.Popen]) -> None:
        victim = self.random.randrange(len(PROCESSES) + 1)
        if victim == REDIS:
            self._kill_redis()
        else:
            kill_tree(processes[victim])
            processes[victim] = self._start(PROCESSES[victim])
        self.killed.append("redis" if victim == REDIS else PROCESSES[victim])

    def _start(self, name: str) -> subprocess.Popen:
        if name != "web":
            return self._spawn(name)
        return subprocess.Popen(
            web_command(self.settings, f"127.0.0.1:{self.port}"),
            cwd=ROOT,
            env=self.environ,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _ask_over_http(self, count: int) -> None:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        token = None
        while len(self.promised) < count and time.monotonic() < self.deadline:
            try:
                token = token or self._sign_in(browser)
                with self._open(browser, f"/t/{self.shop.slug}/archive", csrf_token=token) as answer:
                    self.promised.append(UUID(answer.url.rstrip("/").rsplit("/", 1)[1]))
            except OSError:
                time.sleep(PATIENCE_SECONDS)

    def _sign_in(self, browser: urllib.request.OpenerDirector) -> str:
        email = self.shop.email(Role.LEAD)
        self._open(browser, "/sign-in", csrf_token=self._token(browser), email=email, password=PASSWORD).close()
        return self._token(browser)

    def _token(self, browser: urllib.request.OpenerDirector) -> str:
        with self._open(browser, "/sign-in") as answer:
            return re.search(r'name="csrf-token" content="([^"]+)"', answer.read().decode())[1]

    def _open(self, browser: urllib.request.OpenerDirector, path: str, **form: str):
        data = urllib.parse.urlencode(form).encode() if form else None
        return browser.open(f"http://127.0.0.1:{self.port}{path}", data, timeout=10)


def kill_tree(process: subprocess.Popen) -> None:
    """The job's own process too: RQ puts it into a process group of its own, so killing the group would spare it."""
    for pid in family(process.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
