"""How often a sign-in may fail, counted per account and per address, forged forms included."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

WINDOW = "15 minutes"


def storage_address(redis_url: str) -> str:
    """The limits library writes a socket address differently from redis-py."""
    return redis_url.replace("unix://", "redis+unix://", 1) if redis_url.startswith("unix://") else redis_url


def init_limits(app: Flask, sign_in: Blueprint, *, attempts: int) -> None:
    """A blueprint's limits run before the CSRF check, a view's own would run after it and never see forged forms."""
    limiter = Limiter(
        get_remote_address,
        app=app,
        in_memory_fallback_enabled=True,
        swallow_errors=True,
        headers_enabled=False,
        storage_options={"socket_timeout": 1, "socket_connect_timeout": 1},
    )
    for key in (_account, get_remote_address):
        limiter.limit(
            f"{attempts} per {WINDOW}", key_func=key, methods=["POST"], deduct_when=_failed, override_defaults=False
        )(sign_in)


def _account() -> str:
    return "account:" + request.form.get("email", "").strip().lower()[:254]


def _failed(response: Response) -> bool:
    return response.status_code >= 400
