"""What an app brings along beside its database. Actions and jobs know no Flask app; they find these by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from .database import db

if TYPE_CHECKING:
    from siyu_saas.config import Settings

    from .files.storage import Storage
    from .queue import Outbox


@dataclass(frozen=True)
class Services:
    settings: Settings
    outbox: Outbox
    storage: Storage


_by_engine: WeakKeyDictionary[Engine, Services] = WeakKeyDictionary()


def offer(engine: Engine, services: Services) -> None:
    _by_engine[engine] = services


def services_of(engine: Engine) -> Services:
    return _by_engine[engine]


def services() -> Services:
    """Those of the app whose context is active."""
    return _by_engine[db.engine]
