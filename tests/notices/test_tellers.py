"""Every room that tells something: of facts that are recorded, with pages that exist, and nothing about what is gone."""

from __future__ import annotations

import pytest

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import tenant
from siyu_saas.notices.facts import CALENDARS, DUE_THINGS, TELLERS
from siyu_saas.overview.sentences import SENTENCES

CHANGES = {"reason": [None, "看不清"], "value": ["10%", "12%"]}


def test_only_recorded_facts_are_told():
    assert set(TELLERS) <= set(SENTENCES)
    assert {"document.proposed", "item.returned", "task.returned", "diagnosis.sent", "target.countered"} <= set(TELLERS)


@pytest.mark.parametrize("verb", sorted(TELLERS))
def test_a_fact_about_something_that_is_gone_is_told_to_nobody_or_without_it(app, dress_shop, verb):
    event = AuditEvent(
        id=new_id(),
        tenant_id=dress_shop.id,
        verb=verb,
        actor_name="顾问",
        object_kind="thing",
        object_id=new_id(),
        object_label="一件事",
        changes=CHANGES,
    )
    with app.test_request_context(), tenant(dress_shop.id):
        for message in TELLERS[verb][1](event):
            assert message.endpoint in app.view_functions
            assert message.title


def test_due_things_and_calendars_answer_in_an_empty_workspace(app, dress_shop):
    with app.app_context(), tenant(dress_shop.id):
        assert [one for source in DUE_THINGS for one in source()] == []
        assert all(entry.endpoint in app.view_functions for source in CALENDARS for entry in source())
