"""The packages of the pack laid out: the dates that the domain states, and any day 0 of two years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu_saas.plan.packages import of_pack
from siyu_saas.plan.rules.blueprint import blueprint_from
from siyu_saas.plan.rules.checks import operates_for_the_merchant
from siyu_saas.plan.rules.layout import lay_out
from siyu_saas.plan.rules.team import ROLE_TITLES, side_of
from siyu_saas.plan.rules.workdays import is_workday

PACKAGES = of_pack("base")
D0 = date(2026, 4, 1)


def test_there_are_three_packages_and_the_add_on():
    assert {key: (one.days, len(one.tasks)) for key, one in PACKAGES.items()} == {
        "pkg_community_18k": (70, 40),
        "pkg_c2p_9800": (35, 14),
        "pkg_userops_48k": (98, 18),
        "addon_campaign": (30, 10),
    }


@pytest.mark.parametrize(
    ("key", "window", "starts", "ends"),
    [
        ("T01", "2026-04-01", "2026-04-01", "2026-04-01"),
        ("T03", "2026-04-03", "2026-04-03", "2026-04-03"),  # 清明 4–6 April
        ("T06", "2026-04-06", "2026-04-07", "2026-04-07"),
        ("T16", "2026-04-18", "2026-04-20", "2026-04-20"),  # 包裹卡全量: 4/18 is a Saturday
        ("T25", "2026-05-01", "2026-05-06", "2026-05-12"),  # 建群放量: after 劳动节
        ("T30", "2026-05-08", "2026-05-08", "2026-05-10"),  # a campaign over the weekend
        ("T34", "2026-05-14", "2026-05-14", "2026-05-25"),
        ("T39", "2026-06-03", "2026-06-03", "2026-06-05"),
        ("T40", "2026-06-08", "2026-06-08", "2026-06-09"),
    ],
)
def test_the_community_package_from_1_april_has_the_dates_of_the_domain(key, window, starts, ends):
    package = PACKAGES["pkg_community_18k"]
    task = next(one for one in package.tasks if one.key == key)
    span = lay_out(package.pieces(), day_zero=D0).spans[key]

    assert (D0 + timedelta(days=task.offset)).isoformat() == window
    assert (span.starts_on.isoformat(), span.ends_on.isoformat()) == (starts, ends)


def test_the_window_of_the_service_ends_on_31_may():
    assert D0 + timedelta(days=60) == date(2026, 5, 31)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_from_any_day_every_package_lies_without_conflict(day_zero):
    for package in PACKAGES.values():
        layout = lay_out(package.pieces(), day_zero=day_zero)
        for task in package.tasks:
            span = layout.spans[task.key]
            assert span.starts_on <= span.ends_on
            assert all(layout.spans[before].ends_on < span.starts_on for before in task.depends_on)
            if not task.campaign:
                assert is_workday(span.starts_on)
                assert is_workday(span.ends_on)
            elif task.key not in layout.moved:
                assert span.starts_on == day_zero + timedelta(days=task.offset)
                assert (span.ends_on - span.starts_on).days == task.days - 1


def test_every_task_has_one_accountable_role_on_its_side():
    for package in PACKAGES.values():
        for task in package.tasks:
            assert task.role in ROLE_TITLES
            assert side_of(task.role) is task.side
            assert operates_for_the_merchant(task.kind, task.side)


def test_a_package_survives_being_saved():
    import json

    for package in PACKAGES.values():
        assert blueprint_from(json.loads(json.dumps(package.as_dict()))) == package


def test_a_module_that_is_left_out_hands_on_what_it_waited_for():
    package = PACKAGES["pkg_community_18k"]
    short = package.without({"mod_campaign"})

    assert len(short.tasks) < len(package.tasks)
    keys = {task.key for task in short.tasks}
    assert all(set(task.depends_on) <= keys for task in short.tasks)
    lay_out(short.pieces(), day_zero=D0)


def test_a_finding_speaks_for_the_modules_that_work_through_its_checklists():
    community = PACKAGES["pkg_community_18k"]

    assert community.modules_for(["cl_parcel_card", "cl_lottery"]) == ["mod_c2p"]
    assert PACKAGES["pkg_c2p_9800"].modules_for(["cl_layer"]) == []
