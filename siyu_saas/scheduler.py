"""The clock's process: starts what is due and sends again what nobody runs. Two of them do no harm."""

from __future__ import annotations

import signal
import threading

import redis
import sqlalchemy as sa
import structlog

from siyu_saas.core.queue import sweep, tick

TICK_SECONDS = 10

log = structlog.get_logger()


def run_forever(app) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    pause = min(TICK_SECONDS, app.config["SETTINGS"].sweep_seconds)
    while not stop.is_set():
        try:
            tick(app)
            sweep(app)
        except (sa.exc.SQLAlchemyError, redis.RedisError, OSError) as error:
            log.warning("the clock missed a beat", error=str(error))
        stop.wait(pause)
