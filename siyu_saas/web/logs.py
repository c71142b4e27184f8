"""Structured logs: one line per request with its number, person and workspace; console or JSON."""

from __future__ import annotations

import logging
import re
import time

import structlog
from flask import Flask, Response, g, request

from siyu_saas.core.ids import new_id

QUIET_ENDPOINTS = ("asset", "health.alive", "health.ready")
SECRET_PARTS = {"token", "code"}
REQUEST_NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")

log = structlog.get_logger("siyu.request")


def configure_logs(style: str, level: int = logging.INFO) -> None:
    render = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if style == "json" else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def init_logs(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_NUMBER.fullmatch(given) else new_id().hex
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = getattr(g, "request_id", "")
        if request.endpoint not in QUIET_ENDPOINTS:
            milliseconds = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
            log.info(request.method, path=_path(), status=response.status_code, ms=milliseconds)
        return response


def _path() -> str:
    """What opens a door by itself is no matter for a log."""
    path = request.path
    for name in SECRET_PARTS & (request.view_args or {}).keys():
        path = path.replace(str(request.view_args[name]), "***")
    return path
