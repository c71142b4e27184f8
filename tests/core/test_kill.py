"""Killed workers, scheduler and redis: every job still has its effect, and has it once."""

import pytest

from tests.support.killing import Killing


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # redis outlives its starter on purpose
def test_every_effect_happens_exactly_once_whatever_is_killed(tmp_path):
    killing = Killing(tmp_path)
    try:
        killing.ask(12)
        killing.run(seconds=60, pause=1.5)
        assert killing.open_jobs() == 0
        assert killing.kills >= 1
        assert killing.effects() == {1: 12}
    finally:
        killing.close()
