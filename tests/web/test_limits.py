"""Failed sign-ins are counted in redis, and in each process while redis is lost."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest
import time_machine
from redis import Redis

from siyu_saas.core.clock import now
from siyu_saas.core.services import services
from siyu_saas.own_redis import start_redis
from siyu_saas.tenants.rules import Role
from siyu_saas.web.limits import Allowance
from tests.conftest import dispose, migrated
from tests.support.merchants import PASSWORD, make_shop
from tests.support.page import Page

ATTEMPTS, PROCESSES, SHARE = 8, 2, 4
LATER = timedelta(seconds=70)  # the longest wait between two looks whether redis is back


@pytest.fixture
def redis(tmp_path):
    own = start_redis(tmp_path)
    yield own
    own.close()


@pytest.fixture
def app(make_settings, redis):
    app = migrated(make_settings("sqlite", redis_url=redis.url, sign_in_attempts=ATTEMPTS, web_workers=PROCESSES))
    yield app
    with app.app_context():
        services().outbox.redis.close()
    for limiter in app.extensions["limiter"]:
        limiter.storage.storage.close()
    dispose(app)


@pytest.fixture
def email(app):
    return make_shop(app, "dress", "机构").email(Role.BOSS)


def lose(redis) -> None:
    with Redis(unix_socket_path=str(redis.path)) as connection:
        pid = connection.info()["process_id"]
    os.kill(pid, signal.SIGKILL)
    redis.shim.wait()


def fail(app, email: str, times: int) -> None:
    for _ in range(times):
        Page(app).post("/sign-in", form={"email": email, "password": "wrong"}, expect=422)


def is_refused(app, email: str) -> bool:
    stranger = Page(app)
    form = {"csrf_token": stranger.token(), "email": email, "password": PASSWORD}
    with stranger.client.post("/sign-in", data=form) as answer:
        assert answer.status_code in (302, 429)
        return answer.status_code == 429


def test_with_redis_all_attempts_count_together(app, email):
    fail(app, email, ATTEMPTS)
    assert is_refused(app, email)


def test_without_redis_a_process_allows_its_share_and_says_so(app, email, redis, capsys):
    lose(redis)

    fail(app, email, SHARE)

    assert is_refused(app, email)
    told = capsys.readouterr().out
    assert told.count("failed sign-ins are counted in each process") == 1


def test_a_right_password_signs_in_without_redis(app, email, redis):
    lose(redis)
    assert not is_refused(app, email)


def test_what_redis_had_counted_holds_again_when_it_is_back(app, email, redis, capsys):
    fail(app, email, ATTEMPTS - 1)
    lose(redis)
    assert not is_refused(app, email)

    redis.revive()
    with time_machine.travel(now() + LATER):
        fail(app, email, 1)
        assert is_refused(app, email)

    assert "failed sign-ins are counted together" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("attempts", "processes", "share"), [(10, 2, 5), (10, 1, 10), (10, 8, 3), (2, 4, 2), (10, 0, 10)]
)
def test_a_share_never_locks_people_out_for_a_typo(app, attempts, processes, share):
    (limiter,) = app.extensions["limiter"]
    assert Allowance(limiter, attempts, processes).share == share
