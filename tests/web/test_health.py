"""What a balancer asks."""

from __future__ import annotations

import sqlalchemy as sa

from tests.conftest import dispose, migrated
from tests.support.page import Page


def test_a_process_that_answers_is_alive(app):
    assert Page(app).client.get("/healthz").json == {"status": "ok"}


def test_a_lost_redis_is_told_and_survived(app):
    answer = Page(app).client.get("/readyz")

    assert (answer.status_code, answer.json) == (
        200,
        {"database": "ok", "redis": "ConnectionError", "storage": "ok"},
    )


def test_a_bucket_that_does_not_answer_is_told_and_survived(make_settings):
    bucket = {"s3_bucket": "gone", "s3_endpoint": "http://127.0.0.1:9", "s3_access_key": "a", "s3_secret_key": "b"}
    app = migrated(make_settings("sqlite", **bucket))

    answer = Page(app).client.get("/readyz")
    dispose(app)

    assert (answer.status_code, answer.json["storage"]) == (200, "StorageUnavailable")


def test_an_old_schema_is_not_ready(app):
    engine = sa.create_engine(app.config["SETTINGS"].database_owner, poolclass=sa.NullPool)
    with engine.begin() as connection:
        newest = connection.exec_driver_sql("select version_num from alembic_version").scalar_one()
        connection.exec_driver_sql("update alembic_version set version_num = '0001'")
    try:
        answer = Page(app).client.get("/readyz")
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"update alembic_version set version_num = '{newest}'")

    assert (answer.status_code, answer.json["database"]) == (503, "RuntimeError")
