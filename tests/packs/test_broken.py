"""A pack that cannot be used says in which file, on which line, at which key, and why."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.packs.conditions import leaf_flaw, leaves
from siyu_saas.packs.errors import PackError
from siyu_saas.packs.library import TENANTS, load_library
from siyu_saas.packs.reading import Misshapen, shape
from siyu_saas.packs.shapes.playbook import Advice


@pytest.fixture
def packs(tmp_path):
    shutil.copytree(TENANTS / "base", tmp_path / "base")
    return tmp_path


@pytest.fixture
def fashion(packs):
    shutil.copytree(TENANTS / "fashion", packs / "fashion")
    return packs


def broken(packs, name: str, old: str, new: str, count: int = 1) -> str:
    path = packs / name
    text = path.read_text(encoding="utf-8")
    assert old in text, "the test no longer fits the pack"
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_library(packs)
    return str(caught.value).removeprefix(f"{packs}/")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("base/metrics.yaml", "  unit: 件", "  unti: 件", "metrics.yaml:6: parcels_sent.unti: is not known here"),
        ("base/metrics.yaml", "  unit: 件\n", "", "parcels_sent.unit: is missing"),
        ("base/metrics.yaml", "unit: 件", "unit: 箱", "parcels_sent.unit: '箱' is not one of 件, 人"),
        ("base/metrics.yaml", "top: [parcels_sent]", "top: [parcels]", "the daily sheet has no column 'parcels'"),
        ("base/metrics.yaml", "key: parcel_scans", "key: parcels_sent", "there are two metrics with the key"),
        ("base/metrics.yaml", "key: parcels_sent", "key: [", "not readable as YAML"),
        ("base/metrics.yaml", "key: parcels_sent", "key: 12", "put it in quotes"),
        ("base/questionnaires/rhczz.yaml", "key: REN02", "key: REN01", "REN01.key: is there twice"),
        ("base/questionnaires/fit.yaml", "key: FIT01", "key: REN01", "is asked in qn_fit too"),
        (
            "base/questionnaires/rhczz.yaml",
            "unit: 人",
            "unit: 个",
            "REN01.unit: 个 does not fit wecom_total, which is counted in 人",
        ),
        ("base/questionnaires/rhczz.yaml", "maps_to: wecom_total", "maps_to: fans", "there is no 'fans' among"),
        ("base/questionnaires/rhczz.yaml", "respondent: lead", "respondent: chief", "'chief' is not one of boss, lead"),
        ("base/questionnaires/rhczz.yaml", "lt: 1000, score: 20", "lt: 900, score: 20", "where the band before ends"),
        ("base/questionnaires/rhczz.yaml", "type: single", "type: choice", "'choice' is not one of single, multi"),
        ("base/questionnaires/rhczz.yaml", "{key: b,", "{key: u,", "is added to every question by itself"),
        (
            "base/questionnaires/model.yaml",
            "show_if: {q: MOD02, gte: 1}",
            "show_if: {q: MOD06, gte: 1}",
            "MOD03.show_if: MOD06 comes later; conditions look back only",
        ),
        (
            "base/questionnaires/model.yaml",
            "show_if: {q: MOD02, gte: 1}",
            "show_if: {q: MOD99, gte: 1}",
            "there is no question 'MOD99'",
        ),
        (
            "base/questionnaires/model.yaml",
            "show_if: {q: MOD02, gte: 1}",
            "show_if: {q: MOD02, contains: a}",
            "contains does not fit MOD02, which is number",
        ),
        (
            "base/findings.yaml",
            "{q: CH04, lt: 10}",
            "{q: CH44, lt: 10}",
            "F-01.trigger.all.2.any.1: there is no q 'CH44'",
        ),
        ("base/findings.yaml", "{q: CH04, lt: 10}", "{q: CH04, below: 10}", "'below' is no subject and no operator"),
        ("base/findings.yaml", "q: CH06, in: [a,", "q: CH06, in: [z,", "F-02.trigger: CH06 has no option 'z'"),
        (
            "base/findings.yaml",
            "modules: [cl_link,",
            "modules: [cl_lnk,",
            "there is no checklist or calculator 'cl_lnk'",
        ),
        ("base/findings.yaml", "severity: high", "severity: worst", "'worst' is not one of high, mid, low"),
        ("base/findings.yaml", "source_refs: [S0-21]", "source_refs: [S0-82]", "S0 has 81 facts, not 82"),
        ("base/findings.yaml", "source_refs: [S0-21]", "source_refs: [hearsay]", "'hearsay' is no reference"),
        ("base/findings.yaml", "source_refs: [S0-21]", "source_refs: []", "at least one source is expected"),
        ("base/benchmarks.yaml", "low: 10", "low: 30", "parcel_to_wecom_rate.agency.low: is above high"),
        ("base/benchmarks.yaml", "high: 20", "high: 200", "a share lies between 0 and 100"),
        ("base/benchmarks.yaml", "metric: first_order_rate", "metric: first_rate", "there is no 'first_rate'"),
        ("base/packages/community-18k.yaml", "depends_on: [T02]", "depends_on: [T99]", "there is no task 'T99'"),
        ("base/packages/community-18k.yaml", "depends_on: [T01]", "depends_on: [T06]", "before T06 is done"),
        ("base/packages/community-18k.yaml", "depends_on: [T01]", "depends_on: [T02]", "waits for itself, in a circle"),
        ("base/packages/community-18k.yaml", "milestone: M1\n", "milestone: M0\n", "there is no milestone 'M0'"),
        ("base/packages/community-18k.yaml", "role: boss", "role: king", "there is no 'king' among the roles"),
        ("base/checklists/link.yaml", "key: cl_link.01", "key: link.01", "must be cl_link. and two digits"),
        ("base/checklists/link.yaml", "evidence: file", "evidence: photo", "'photo' is not one of screenshot"),
        ("base/checklists/link.yaml", "metric: channel_mix", "metric: mix", "there is no 'mix' among the metrics"),
        ("base/templates/groups.yaml", "{seq}", "{number}", "{number} stands in the text but is not explained"),
        ("base/responsibilities.yaml", "boss: A", "boss: R", "exactly one role must answer for it (A)"),
        ("base/content_week.yaml", "pct: 30", "pct: 31", "the shares must add up to 100"),
        ("base/calendar.yaml", "level: 2", "level: 3", "3 is not one of 1, 2"),
        ("base/recommenders.yaml", "{of: freq}", "{of: frq}", "there is no question or earlier mean 'frq'"),
        ("base/recommenders.yaml", "gte: 80, key: good", "gte: 50, key: good", "levels must go down to 0"),
    ],
)
def test_it_says_where_and_why(packs, name, old, new, said):
    assert said in broken(packs, name, old, new)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("fashion/pack.yaml", "extends: base", "extends: bass", "fashion/pack.yaml: extends: there is no pack 'bass'"),
        ("fashion/pack.yaml", "title: ", "name: ", "title: is missing"),
        ("base/pack.yaml", "version: 1", "version: 1\nextends: fashion", "extends: only one level is allowed"),
    ],
)
def test_a_child_has_one_parent_that_exists(fashion, name, old, new, said):
    assert said in broken(fashion, name, old, new)


def test_work_of_the_merchant_cannot_be_given_to_the_firm(packs):
    path = packs / "base/packages/community-18k.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(kind: operate\n    side: )merchant", r"\1firm", text, count=1), encoding="utf-8")

    with pytest.raises(PackError, match="work that is operated belongs to the merchant"):
        load_library(packs)


def test_a_file_nobody_knows_is_refused(packs):
    (packs / "base" / "metric.yaml").write_text("[]", encoding="utf-8")

    with pytest.raises(PackError, match=r"metric.yaml: : no kind of content has this name"):
        load_library(packs)


def test_a_file_of_the_same_name_takes_the_place_of_the_parents(fashion):
    (fashion / "fashion" / "advice.yaml").write_text("[]", encoding="utf-8")

    library = load_library(fashion)

    assert len(library["base"].advice) == 15
    assert library["fashion"].advice == {}
    assert library["fashion"].metrics == library["base"].metrics


def test_a_broken_pack_stops_the_command_with_its_place(app, monkeypatch, packs):
    monkeypatch.setattr("siyu_saas.commands.TENANTS", packs)
    (packs / "base" / "advice.yaml").write_text("- {key: a}", encoding="utf-8")

    from siyu_saas.commands import check_packs

    result = app.test_cli_runner().invoke(check_packs)

    assert result.exit_code == 1
    assert "advice.yaml:1: a.topic: is missing" in result.output


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda part: (
            st.lists(part, max_size=3)
            | st.dictionaries(st.sampled_from(["all", "any", "q", "in", "lt", "x"]), part, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_whatever_stands_where_a_condition_should_be_gets_an_answer(condition):
    for _place, leaf in leaves(condition):
        reason = leaf_flaw(leaf)
        assert reason is None or isinstance(reason, str)


def test_every_value_of_the_wrong_type_is_refused_and_never_crashes():
    whole = yaml.safe_load((TENANTS / "base" / "advice.yaml").read_text(encoding="utf-8"))

    for name in whole[0]:
        for wrong in (None, [], {}, 1.5, [{}], True, [None]):
            with suppress(Misshapen):
                shape(tuple[Advice, ...], [{**whole[0], name: wrong}])
    with pytest.raises(Misshapen):
        shape(tuple[Advice, ...], [{**whole[0], "topic": 1}])
