"""Identifiers are made by the app, never by the database, so a row knows its name before it is written."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A time-ordered UUIDv7 (RFC 9562)."""
    return uuid7()
