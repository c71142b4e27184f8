"""Who is asked what, how far somebody is, and where they go on."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.diagnosis.rules.asking import Depth, Share, respondent_of, sections_for, standing_of, steps_of
from siyu_saas.packs.library import pack
from siyu_saas.tenants.rules import Role
from tests.diagnosis.small import (
    SMALL,
)

BOSS, OPS = UUID(int=1), UUID(int=2)


def test_sections_go_to_whom_they_were_given():
    shares = [Share("more", Role.CS, None), Share("base", None, OPS)]
    assert sections_for(SMALL, [], role=Role.BOSS, user_id=BOSS) == ["base", "more"]
    assert sections_for(SMALL, [], role=Role.CS, user_id=OPS) == []
    assert sections_for(SMALL, shares, role=Role.BOSS, user_id=BOSS) == []
    assert sections_for(SMALL, shares, role=Role.CS, user_id=BOSS) == ["more"]
    assert sections_for(SMALL, shares, role=Role.MALL_OPS, user_id=OPS) == ["base"]


def test_progress_counts_what_is_asked_and_goes_on_at_the_first_open_question():
    begun = standing_of(SMALL, ["base", "more"], {"GROUPS": "b", "FRIENDS": "u"}, Depth.STANDARD)
    assert (begun.done, begun.first_open) == (2, "base")
    assert "SOURCES" in begun.left
    assert "REASON" not in begun.left

    branch = standing_of(SMALL, ["base", "more"], {"GROUPS": "a"}, Depth.STANDARD)
    assert branch.total < begun.total
    light = standing_of(SMALL, ["base", "more"], {"GROUPS": "b"}, Depth.LIGHT)
    assert "SOURCES" not in light.left
    assert [one.key for one in steps_of(SMALL, ["base", "more"], {"GROUPS": "a"})] == ["base"]


def test_light_asks_less_of_the_whole_diagnosis():
    questionnaires = pack("base").questionnaires

    def required(key: str, depth: Depth) -> int:
        one = questionnaires[key]
        return len(standing_of(one, [section.key for section in one.sections], {}, depth).left)

    assert required("qn_rhczz", Depth.LIGHT) < required("qn_rhczz", Depth.STANDARD)
    assert required("qn_team", Depth.LIGHT) == required("qn_team", Depth.STANDARD)
    assert required("qn_model", Depth.LIGHT) == 0


def test_everybody_answers_as_somebody():
    assert {respondent_of(role) for role in Role} == {"boss", "lead", "ops", "cs", "consultant"}
