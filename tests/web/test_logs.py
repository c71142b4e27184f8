"""What a log must not hold: addresses that open a door by themselves, and what people typed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db, writing
from siyu_saas.web.errors import show_conflict
from tests.support.merchants import make_user

SECRET = "A" * 43


@pytest.mark.parametrize(
    "path",
    ["/join/{}", "/password/reset/{}", "/o/{}", "/r/{}", "/s/{}", "/calendar/{}.ics", "/notices/stop/{}", "/verify/{}"],
)
def test_a_line_of_the_log_does_not_hold_the_address_that_opens_a_door(visit, capsys, path):
    with visit().client.get(path.format(SECRET)) as answer:
        assert answer.status_code in (200, 404)
    said = capsys.readouterr().out
    assert path.partition("{")[0] in said
    assert SECRET not in said


def test_an_error_of_the_database_does_not_tell_what_was_typed(app, capsys):
    with app.test_request_context(), writing():
        make_user("typed@secret.example", "一")
        with pytest.raises(sa.exc.IntegrityError) as refused:
            make_user("typed@secret.example", "二")
        db.session.rollback()
        assert "argon2" not in str(refused.value)
        show_conflict(refused.value)
    assert "secret.example" not in capsys.readouterr().out
