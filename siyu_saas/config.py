"""Every setting, read from the environment once, typed and documented.

`Settings.table()` is the documentation in `docs/settings.md`; a test keeps the two equal.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDERS = {"change-me", "changeme", "secret", "dev", "default"}
SECRET_LENGTH = 32
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")


class BadSetting(ValueError):
    """A setting that the program refuses to start with."""


def setting(env: str, default: Any, about: str) -> Any:
    return field(default=default, metadata={"env": env, "about": about})


@dataclass(frozen=True, kw_only=True)
class Settings:
    profile: str = setting(
        "SIYU_PROFILE", "embedded", "`embedded` (one machine, nothing to administer) or `production`"
    )
    secret_key: str = setting(
        "SECRET_KEY",
        "",
        f"signs cookies and links; required in production, ≥ {SECRET_LENGTH} characters; "
        "embedded: made once and kept in `instance/secret_key`",
    )
    instance_dir: Path = setting(
        "INSTANCE_DIR", ROOT / "instance", "data of the embedded profile: database, redis, files, mail"
    )
    database_url: str = setting(
        "DATABASE_URL",
        "",
        "`postgresql+psycopg://…` (login role without rights of its own); empty: SQLite in `INSTANCE_DIR`",
    )
    database_owner_url: str = setting(
        "DATABASE_OWNER_URL",
        "",
        "the role that owns the schema, used by migrations only; empty: `DATABASE_URL`",
    )
    redis_url: str = setting(
        "REDIS_URL", "", "`redis://…`, `rediss://…` or `unix://…`; empty: the embedded server's socket"
    )
    base_url: str = setting(
        "BASE_URL",
        "http://127.0.0.1:8000",
        "how browsers reach the product; links in mails are built from it, `https` turns on Secure cookies and HSTS",
    )
    trusted_hosts: tuple[str, ...] = setting(
        "TRUSTED_HOSTS",
        ("127.0.0.1", "localhost", "[::1]"),
        "host names answered, comma-separated; others get 400",
    )
    proxies: int = setting("PROXIES", 0, "reverse proxies in front whose X-Forwarded-* headers are believed")
    s3_bucket: str | None = setting("S3_BUCKET", None, "bucket for files; empty: `INSTANCE_DIR/files`")
    s3_endpoint: str | None = setting("S3_ENDPOINT", None, "endpoint of an S3-compatible store")
    s3_region: str | None = setting("S3_REGION", None, "region of the bucket")
    s3_addressing: str = setting(
        "S3_ADDRESSING",
        "auto",
        "where the bucket's name stands in addresses: `path`, `virtual` (in the host name, as Aliyun OSS demands) or `auto`",
    )
    s3_access_key: str | None = setting("S3_ACCESS_KEY", None, "access key of the bucket")
    s3_secret_key: str | None = setting("S3_SECRET_KEY", None, "secret key of the bucket")
    smtp_url: str = setting(
        "SMTP_URL",
        "",
        "`smtps://user:password@host:465`, `smtp+starttls://…:587` or `smtp://…`; empty: mails are kept in "
        "`INSTANCE_DIR/outbox` and, where `BASE_URL` is the machine itself, shown at `/dev/mail`",
    )
    mail_from: str = setting("MAIL_FROM", "no-reply@siyu.example", "the sender's address of mails")
    bot_hosts: tuple[str, ...] = setting(
        "BOT_HOSTS",
        ("qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn"),
        "hosts that group bots may live on, comma-separated; every other address is refused",
    )
    product_name: str = setting("PRODUCT_NAME", "私域同行", "the product's name on pages and in mails")
    product_mark: str = setting("PRODUCT_MARK", "私", "one character shown as the mark")
    log_format: str = setting("LOG_FORMAT", "", "`console` or `json`; empty: json in production")
    session_idle_minutes: int = setting("SESSION_IDLE_MINUTES", 180, "a session ends after this much silence")
    session_hours: int = setting("SESSION_HOURS", 12, "a session ends after this long in any case")
    sign_in_attempts: int = setting(
        "SIGN_IN_ATTEMPTS",
        10,
        "failed sign-ins in 15 minutes before 429, per account and per address; while redis is lost each web process "
        "allows its share, at least 3",
    )
    job_lease_seconds: int = setting(
        "JOB_LEASE_SECONDS", 60, "a running job that does not renew its lease for this long is run again"
    )
    sweep_seconds: int = setting("SWEEP_SECONDS", 30, "how often jobs that nobody runs are sent again")
    web_workers: int = setting("WEB_WORKERS", 2, "web processes")
    web_threads: int = setting("WEB_THREADS", 4, "threads in each web process")
    demo: bool = setting("DEMO", True, "embedded only: an empty database is filled with the demo firm")

    @property
    def production(self) -> bool:
        return self.profile == "production"

    @property
    def private(self) -> bool:
        """Nobody else reaches it: a stranger's page may open without a sign-in."""
        return not self.production and urlsplit(self.base_url).hostname in OWN_MACHINE

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.instance_dir / 'siyu.db'}"

    @property
    def database_owner(self) -> str:
        return self.database_owner_url or self.database

    @property
    def redis(self) -> str:
        return self.redis_url or f"unix://{self.redis_socket}"

    @property
    def redis_socket(self) -> Path:
        return self.instance_dir / "redis" / "redis.sock"

    @property
    def files_dir(self) -> Path:
        return self.instance_dir / "files"

    @property
    def outbox_dir(self) -> Path:
        return self.instance_dir / "outbox"

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    @classmethod
    def table(cls) -> list[tuple[str, str, str]]:
        """Rows (variable, default, meaning) for the documentation."""
        return [(f.metadata["env"], _shown(f.default), f.metadata["about"]) for f in fields(cls)]


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises BadSetting with the variable's name and the reason."""
    given = {
        f.name: _typed(environ[f.metadata["env"]], f.default, f.metadata["env"])
        for f in fields(Settings)
        if environ.get(f.metadata["env"], "") != ""
    }
    return _checked(Settings(**given))


def _typed(text: str, default: Any, env: str) -> Any:
    if isinstance(default, bool):
        return text.lower() in ("1", "true", "yes", "on")
    if isinstance(default, int):
        if not text.isdecimal():
            raise BadSetting(f"{env}={text!r} is not a whole number")
        return int(text)
    if isinstance(default, Path):
        return Path(text).absolute()
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def _checked(settings: Settings) -> Settings:
    if settings.profile not in ("embedded", "production"):
        raise BadSetting(f"SIYU_PROFILE={settings.profile!r}: choose embedded or production")
    if settings.s3_addressing not in ("auto", "path", "virtual"):
        raise BadSetting(f"S3_ADDRESSING={settings.s3_addressing!r}: choose auto, path or virtual")
    if settings.smtp_url and not settings.smtp_url.startswith(("smtp://", "smtps://", "smtp+starttls://")):
        raise BadSetting("SMTP_URL must begin with smtps://, smtp+starttls:// or smtp://")
    url = settings.database_url
    if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("DATABASE_URL must begin with postgresql+psycopg:// or sqlite:///")
    if settings.production:
        return _checked_for_production(settings)
    return settings if settings.secret_key else _with_own_secret(settings)


def _checked_for_production(settings: Settings) -> Settings:
    secret = settings.secret_key
    if len(secret) < SECRET_LENGTH or secret.lower() in PLACEHOLDERS or len(set(secret)) < 8:
        raise BadSetting(
            f"SECRET_KEY is missing, a placeholder or shorter than {SECRET_LENGTH} characters; "
            'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    for name, env in (("database_url", "DATABASE_URL"), ("redis_url", "REDIS_URL")):
        if not getattr(settings, name):
            raise BadSetting(f"{env} is required in production")
    return settings


def _with_own_secret(settings: Settings) -> Settings:
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    path = settings.instance_dir / "secret_key"
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return Settings(**{**vars(settings), "secret_key": path.read_text()})


def _shown(default: Any) -> str:
    if default in (None, ""):
        return ""
    if isinstance(default, tuple):
        return ",".join(default)
    if isinstance(default, Path):
        return default.name + "/"
    return str(default)
