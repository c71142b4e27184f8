"""Runs the migrations as the schema's owner, on an engine of their own, one starter at a time."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from siyu_saas.core.database import Utc, db, prepare, writing
from siyu_saas.core.tenancy import system
from siyu_saas.core.walls import show_revision

LOCK = 7_411_970
settings = current_app.config["SETTINGS"]


def render_item(kind: str, item, autogen_context) -> str | bool:
    """Migrations do not import our types: in the database they are a plain timestamp and a short text."""
    if kind == "type" and isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String({item.length})"
    return False


def run() -> None:
    engine = sa.create_engine(settings.database_owner, poolclass=sa.NullPool)
    prepare(engine)
    with engine.connect() as connection:
        postgresql = connection.dialect.name == "postgresql"
        if postgresql:
            connection.execute(sa.text("select pg_advisory_lock(:key)"), {"key": LOCK})
            connection.commit()
        else:
            # Past SQLAlchemy, which would begin a transaction, and inside one SQLite ignores this.
            connection.connection.driver_connection.execute("pragma foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=not postgresql,
            render_item=render_item,
            compare_type=True,
            transactional_ddl=True,
        )
        context.config.attributes["login"] = _login_role()
        with writing(), context.begin_transaction():
            context.run_migrations()
            show_revision(connection)


def _login_role() -> str | None:
    """The app's login role, when migrations run as somebody else."""
    login, owner = (sa.make_url(url).username for url in (settings.database, settings.database_owner))
    return login if login != owner else None


with system("migrations"):
    run()
