"""Jobs asked over HTTP while the web process, workers, scheduler and redis are killed with -9."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from siyu_saas.app import create_app
from siyu_saas.config import ROOT, Settings
from siyu_saas.core.audit import Actor, AuditEvent
from siyu_saas.core.database import db, writing
from siyu_saas.core.files.content import accept
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import JobState
from siyu_saas.core.queue.models import Job
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.embedded import free_port
from siyu_saas.own_redis import start_redis
from siyu_saas.tenants.actions.files import add_file
from siyu_saas.tenants.jobs import build_archive
from siyu_saas.tenants.models import StoredFile
from tests.support.asking import Asker
from tests.support.environment import clean_environment
from tests.support.merchants import Shop, make_shop
from tests.support.processes import flask_command, kill_tree, web_command

PROCESSES = ("web", "worker", "worker", "scheduler")
SLOWER = 1.1


class Killing:
    """A real web server, two workers and a scheduler; whole process trees and redis are killed, and started again."""

    def __init__(self, folder: Path, *, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.redis = start_redis(folder)
        self.settings = replace(
            Settings(secret_key="kill-" * 10, instance_dir=folder, demo=False),
            redis_url=self.redis.url,
            job_lease_seconds=2,
            sweep_seconds=1,
        )
        self.folder, self.killed, self.port = folder, [], free_port(0)
        self.environ = {
            **clean_environment(),
            "INSTANCE_DIR": str(folder),
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": self.settings.secret_key,
            "JOB_LEASE_SECONDS": "2",
            "SWEEP_SECONDS": "1",
            "DEMO": "0",
        }
        subprocess.run(flask_command("prepare"), cwd=ROOT, env=self.environ, check=True, stdout=subprocess.DEVNULL)
        self.app = create_app(self.settings)
        self.shop: Shop = make_shop(self.app, "kill", "机构")
        self.asker = Asker(f"http://127.0.0.1:{self.port}", self.shop)
        with self.app.app_context(), writing(), tenant(self.shop.id), accept(io.BytesIO(b"a\n1\n"), "a.csv") as content:
            actor = Actor("测试", new_id(), self.shop.firm_id)
            add_file(content, engagement_id=None, form_key="k", storage=services().storage, by=actor)
            db.session.commit()

    def storm(self, count: int, *, seconds: float, pause: float) -> None:
        """A browser asks for `count` jobs while something is killed about every `pause` seconds; until all are done."""
        until = time.monotonic() + seconds
        processes = [self._start(name) for name in PROCESSES]
        asking = threading.Thread(target=self.asker.ask, args=(count,), kwargs={"until": until})
        asking.start()
        try:
            while (asking.is_alive() or self.open_jobs()) and time.monotonic() < until:
                time.sleep(self.random.uniform(0.5, 1.5) * pause)
                self._kill_one(processes)
                pause *= SLOWER
        finally:
            self.asker.deadline = 0
            asking.join()
            for process in processes:
                kill_tree(process)

    def missing(self) -> int:
        """Promised jobs without a row."""
        with self.app.app_context(), tenant(self.shop.id):
            return len(set(self.asker.promised) - set(db.session.scalars(sa.select(Job.id))))

    def taken_over(self) -> int:
        """Jobs that were taken more than once, because their first runner died."""
        with self.app.app_context(), tenant(self.shop.id):
            return db.session.scalar(sa.select(sa.func.count(Job.id)).where(Job.attempts > 1))

    def open_jobs(self) -> int:
        with self.app.app_context(), tenant(self.shop.id):
            return db.session.scalar(sa.select(sa.func.count(Job.id)).where(Job.state != JobState.DONE))

    def effects(self) -> Counter:
        """How many jobs had their effect how often: `{1: n}` is what should be."""
        with self.app.app_context(), tenant(self.shop.id):
            jobs = db.session.scalars(sa.select(Job).where(Job.kind == build_archive.kind)).all()
            made = Counter(db.session.scalars(sa.select(StoredFile.id).where(StoredFile.extension == "zip")))
            told = Counter(
                db.session.scalars(sa.select(AuditEvent.object_id).where(AuditEvent.verb == "archive.built"))
            )
        wanted = {job.args["file_id"] for job in jobs}
        assert {str(one) for one in made} <= wanted
        return Counter(told[one] for one in made) + Counter({0: len(wanted) - len(made)})

    def close(self) -> None:
        self.redis.close()
        with self.app.app_context():
            services().outbox.redis.close()
            db.engine.dispose()

    def _kill_one(self, processes: list[subprocess.Popen]) -> None:
        victim = self.random.randrange(len(PROCESSES) + 1)
        if victim == len(PROCESSES):
            self._kill_redis()
            self.killed.append("redis")
        else:
            kill_tree(processes[victim])
            processes[victim] = self._start(PROCESSES[victim])
            self.killed.append(PROCESSES[victim])

    def _kill_redis(self) -> None:
        with self.app.app_context():
            pid = services().outbox.redis.info()["process_id"]
        os.kill(pid, signal.SIGKILL)
        self.redis.close()
        self.redis = start_redis(self.folder)

    def _start(self, name: str) -> subprocess.Popen:
        command = web_command(f"127.0.0.1:{self.port}") if name == "web" else flask_command(name)
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=ROOT, env=self.environ, start_new_session=True, stdout=quiet, stderr=quiet)
