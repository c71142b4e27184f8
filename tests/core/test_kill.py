"""Killed web process, workers, scheduler and redis: every job still has its effect, and has it once."""

import pytest

from tests.support.killing import Killing


@pytest.mark.slow
def test_every_effect_happens_exactly_once_whatever_is_killed(tmp_path):
    killing = Killing(tmp_path)
    try:
        killing.storm(40, seconds=90, pause=0.8)

        assert killing.killed
        assert len(killing.asker.promised) == 40
        assert killing.missing() == 0
        assert killing.open_jobs() == 0
        assert set(killing.effects()) == {1}
    finally:
        killing.close()
