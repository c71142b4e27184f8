"""What has to be signed off before a stage is left, for plans of every origin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from siyu_saas.plan.packages import of_pack
from siyu_saas.plan.rules.passage import still_to_reach
from siyu_saas.plan.rules.states import Gate
from siyu_saas.tenants.rules import Stage


@dataclass
class Point:
    title: str
    stage: Stage = Stage.GUIDE
    required: bool = False
    gate: Gate = Gate.WARN
    reached_on: date | None = None


def left(points: list[Point], stage: Stage = Stage.GUIDE) -> list[str]:
    return [one.title for one in still_to_reach(points, stage)]


@pytest.mark.parametrize("key", ["pkg_community_18k", "pkg_c2p_9800", "pkg_userops_48k", "addon_campaign"])
def test_guidance_is_left_without_the_closing_milestone_and_closing_only_with_it(key):
    points = [
        Point(one.title, one.stage, required=one.required, gate=one.gate) for one in of_pack("base")[key].milestones
    ]
    assert left(points)
    for one in points:
        if one.stage is not Stage.CLOSE:
            one.reached_on = date(2026, 5, 20)

    assert left(points) == []
    assert left(points, Stage.CLOSE) == [points[-1].title]


def test_a_plan_that_names_none_has_to_reach_its_last_one():
    assert left([Point("甲"), Point("乙"), Point("收官", Stage.CLOSE)]) == ["乙"]
    assert left([]) == []


def test_a_gate_that_blocks_has_to_be_reached():
    assert left([Point("甲", gate=Gate.BLOCK), Point("乙")]) == ["甲"]


def test_nine_in_ten_are_enough():
    points = [Point(str(n), required=True, reached_on=date(2026, 5, 1)) for n in range(9)] + [Point("9", required=True)]
    assert left(points) == []
    assert left(points[1:]) == ["9"]
