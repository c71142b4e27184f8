"""Eight processes change the same rows: nothing is lost, nobody is told that the database is locked."""

import pytest

from bench.writers import count_up
from tests.support.merchants import make_shop


@pytest.mark.slow
def test_no_update_is_lost_between_eight_processes(app):
    shop = make_shop(app, "count", "机构", engagements=3)

    count = count_up(app.config["SETTINGS"], shop, processes=8, times=20)

    assert count.errors == []
    assert (count.found, count.told) == (160, 160)
