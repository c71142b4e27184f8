"""A new SQLite file that several processes open at the same moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from multiprocessing import get_context

from siyu_saas.core.database import enter_wal

FILES = 30


def open_every_file(folder: str, failures) -> None:
    for number in range(FILES):
        connection = sqlite3.connect(f"{folder}/{number}.db", timeout=10, isolation_level=None)
        try:
            enter_wal(connection)
            connection.execute("create table if not exists thing (id)")
        except sqlite3.Error as error:
            failures.put(str(error))
        finally:
            connection.close()


def test_processes_that_meet_on_a_new_file_all_enter_wal(tmp_path):
    processes = get_context("fork")
    failures = processes.SimpleQueue()
    openers = [processes.Process(target=open_every_file, args=(str(tmp_path), failures)) for _ in range(6)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert failures.empty()
    with closing(sqlite3.connect(tmp_path / "0.db")) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
