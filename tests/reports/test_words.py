"""What happens to the consultant's words when a report is made anew from other numbers."""

from __future__ import annotations

import pytest

from siyu_saas.reports.rules.telling import with_drafts


def report_saying(draft: str) -> dict:
    return {"sections": [{"key": "onepage", "draft": draft}]}


@pytest.mark.parametrize(
    ("said", "confirmed", "now", "then"),
    [
        ("4/5 个达成", True, "4/5 个达成", ("4/5 个达成", True)),
        ("4/5 个达成", True, "5/5 个达成", ("5/5 个达成", False)),
        ("4/5 个达成", False, "5/5 个达成", ("5/5 个达成", False)),
        ("加得快，买得多", True, "4/5 个达成", ("加得快，买得多", True)),
        ("加得快，买得多", True, "5/5 个达成", ("加得快，买得多", False)),
    ],
)
def test_words_about_numbers_that_changed_are_confirmed_anew(said, confirmed, now, then):
    words = with_drafts(
        {"onepage": {"text": said, "confirmed": confirmed}}, report_saying(now), report_saying("4/5 个达成")
    )

    assert (words["onepage"]["text"], words["onepage"]["confirmed"]) == then


def test_a_first_report_begins_with_drafts():
    assert with_drafts({}, report_saying("4/5 个达成"), None) == {"onepage": {"text": "4/5 个达成", "confirmed": False}}
