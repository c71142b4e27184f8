"""Eight processes change the same rows: nothing is lost, nobody is told that the database is locked."""

import pytest

from tests.support.merchants import make_shop
from tests.support.writers import count_up


@pytest.mark.slow
def test_no_update_is_lost_between_eight_processes(app):
    shop = make_shop(app, "count", "机构", engagements=3)
    asked, found, errors = count_up(app.config["SETTINGS"], shop, processes=8, times=10)
    assert (found, errors) == (asked, 0)
