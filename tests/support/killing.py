"""Jobs on a real redis with real workers and schedulers, killed with -9 while they work."""

from __future__ import annotations

import gc
import io
import os
import random
import signal
import subprocess
import sys
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
from siyu_saas.core.queue import JobState, later
from siyu_saas.core.queue.models import Job
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.embedded import start_redis
from siyu_saas.tenants.actions import add_file
from siyu_saas.tenants.jobs import build_archive
from siyu_saas.tenants.models import StoredFile
from tests.support.environment import clean_environment
from tests.support.merchants import Shop, make_shop


class Killing:
    """`ask` writes jobs, `run` keeps two workers and a scheduler alive and kills something now and then."""

    def __init__(self, folder: Path, *, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.pipe, url = start_redis(folder)
        self.settings = replace(
            Settings(secret_key="kill-" * 10, instance_dir=folder, demo=False),
            redis_url=url,
            job_lease_seconds=2,
            sweep_seconds=1,
        )
        self.folder, self.kills = folder, 0
        self.environ = {
            **clean_environment(),
            "INSTANCE_DIR": str(folder),
            "REDIS_URL": url,
            "SECRET_KEY": self.settings.secret_key,
            "JOB_LEASE_SECONDS": "2",
            "SWEEP_SECONDS": "1",
            "DEMO": "0",
        }
        subprocess.run([*self._flask("prepare")], cwd=ROOT, env=self.environ, check=True, stdout=subprocess.DEVNULL)
        self.app = create_app(self.settings)
        self.shop: Shop = make_shop(self.app, "kill", "机构")
        with self.app.app_context(), writing(), tenant(self.shop.id), accept(io.BytesIO(b"a\n1\n"), "a.csv") as content:
            actor = Actor("测试", new_id(), self.shop.firm_id)
            add_file(content, engagement_id=None, form_key="k", storage=services().storage, by=actor)
            db.session.commit()

    def ask(self, count: int) -> None:
        asker = {"name": "测试", "user_id": str(new_id()), "firm_id": str(self.shop.firm_id), "address": None}
        with self.app.app_context(), tenant(self.shop.id):
            for _ in range(count):
                with writing():
                    later(build_archive, file_id=str(new_id()), name="x.zip", asker=asker)
                    db.session.commit()

    def run(self, *, seconds: float, pause: float) -> None:
        """Until every job is done. Kills a worker, the scheduler or redis about every `pause` seconds.

        A job that is running survives its worker here: RQ runs it in a process group of its own.
        """
        names = ["worker", "worker", "scheduler"]
        processes = [self._spawn(name) for name in names]
        deadline = time.monotonic() + seconds
        try:
            while self.open_jobs() and time.monotonic() < deadline:
                time.sleep(self.random.uniform(0.5, 1.5) * pause)
                victim = self.random.randrange(len(names) + 1)
                if victim == len(names):
                    self._kill_redis()
                else:
                    os.killpg(processes[victim].pid, signal.SIGKILL)
                    processes[victim].wait()
                    processes[victim] = self._spawn(names[victim])
                self.kills += 1
                pause *= 1.25
        finally:
            for process in processes:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def open_jobs(self) -> int:
        with self.app.app_context(), tenant(self.shop.id):
            return db.session.scalar(sa.select(sa.func.count(Job.id)).where(Job.state != JobState.DONE))

    def effects(self) -> Counter:
        """How many jobs had their effect how often: `{1: n}` is what should be."""
        with self.app.app_context(), tenant(self.shop.id):
            jobs = db.session.scalars(sa.select(Job)).all()
            made = Counter(db.session.scalars(sa.select(StoredFile.id).where(StoredFile.extension == "zip")))
            told = Counter(
                db.session.scalars(sa.select(AuditEvent.object_id).where(AuditEvent.verb == "archive.built"))
            )
        wanted = {job.args["file_id"] for job in jobs}
        assert {str(one) for one in made} <= wanted
        return Counter(told[one] for one in made) + Counter({0: len(wanted) - len(made)})

    def close(self) -> None:
        os.close(self.pipe)
        with self.app.app_context():
            db.engine.dispose()
        gc.collect()

    def _kill_redis(self) -> None:
        with self.app.app_context():
            pid = services().outbox.redis.info()["process_id"]
        os.kill(pid, signal.SIGKILL)
        os.close(self.pipe)
        self.pipe, _ = start_redis(self.folder)

    def _spawn(self, name: str) -> subprocess.Popen:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            self._flask(name),
            cwd=ROOT,
            env=self.environ,
            start_new_session=True,
            stdout=quiet,
            stderr=quiet,
            pass_fds=(),
        )

    @staticmethod
    def _flask(name: str) -> list[str]:
        return [sys.executable, "-m", "flask", "--app", "siyu_saas.commands", name]
