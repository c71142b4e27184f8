"""The packs of the house: what they hold, where it comes from, and how fast they are read."""

from __future__ import annotations

import pytest

from siyu_saas.packs.check import FACTS
from siyu_saas.packs.library import industries, pack
from siyu_saas.packs.summary import contents, counts, references

DIAGNOSIS = ("qn_rhczz", "qn_fit", "qn_model", "qn_strategy", "qn_team")


def test_the_general_pack_holds_what_was_promised():
    held = counts(pack("base"))

    assert held["questionnaires"] == 6
    assert sum(len(pack("base").questionnaires[key].questions) for key in DIAGNOSIS) == 111
    assert len(pack("base").questionnaires["qn_quali4"].questions) == 20
    assert (held["rules"], held["metrics"]) == (32, 67)
    assert (held["packages"], held["tasks"]) == (4, 82)
    assert [one.key for one in pack("base").packages.values() if one.addon] == ["addon_campaign"]
    assert (held["checklists"], held["items"]) == (27, 157)
    assert (held["templates"], held["cards"]) == (30, 23)
    assert (held["campaigns"], held["advice"]) == (13, 15)


def test_every_fact_is_used_by_an_entry_or_listed_with_a_reason():
    used = set(references(pack("base")))
    background = pack("base").background
    facts = {f"{source}-{number}" for source, count in FACTS.items() for number in range(1, count + 1)}

    assert len(facts) == 240
    assert facts - used - set(background) == set()
    assert all(one.reason for one in background.values())


@pytest.mark.parametrize("key", [one.key for one in industries()])
def test_every_entry_names_its_source(key):
    for kind, name, _title in contents(pack(key)):
        entry = getattr(pack(key), kind)[name]
        assert kind == "background" or any(references(entry)), (kind, name)


def test_numbers_that_are_asked_become_metrics_in_the_same_unit():
    mapped = {
        question.key: question.maps_to
        for sheet in pack("base").questionnaires.values()
        for question in sheet.questions
        if question.maps_to
    }

    assert mapped == {
        "REN01": "wecom_total",
        "REN10": "group_count",
        "HUO10": "repurchase_interval_mean",
        "HUO11": "aov_buyer",
        "CH04": "parcel_to_wecom_rate",
    }


def test_benchmarks_that_disagree_name_each_other():
    benchmarks = pack("base").benchmarks

    for one in benchmarks.values():
        assert all(one.key in benchmarks[other].conflicts_with for other in one.conflicts_with), one.key
    assert len([one for one in benchmarks.values() if one.metric == "parcel_to_wecom_rate"]) == 4
    assert benchmarks["deposit_conv_rate.virtual"].strength == "none"


def test_consultants_never_do_the_merchants_work():
    tasks = [task for package in pack("base").packages.values() for task in package.tasks]

    assert all(task.side == "merchant" for task in tasks if task.kind == "operate")
