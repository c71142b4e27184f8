"""The outline editor without script: sections, ranges, conditions in groups, and flaws at their very line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.library.models import FirmQuestionnaire
from siyu_saas.library.rules import drafts
from siyu_saas.library.rules.proofreading import flaws_of
from siyu_saas.library.rules.trees import (
    Group,
    Line,
    acted,
    condition_of,
    lines_of,
    operators_for,
    place_in,
    read_tree,
    tree_of,
)
from siyu_saas.packs.conditions import leaf_flaw, leaves
from siyu_saas.packs.library import pack
from siyu_saas.tenants.rules import Role
from tests.library.test_questionnaires import fields_of, start

METRICS = pack("base").metrics
QUESTIONS = {"Q1": {"key": "Q1", "type": "single"}, "Q2": {"key": "Q2", "type": "number"}, "Q3": {"type": "multi"}}
NESTED = {"all": [{"q": "Q1", "in": ["a", "b"]}, {"any": [{"q": "Q2", "gte": 3}, {"q": "Q3", "contains": "x"}]}]}


def sent(tree: Group, prefix: str = "show_if") -> dict[str, list[str]]:
    """As the page's own fields would send it."""
    found = {f"{prefix}.joint": [tree.joint]}
    for number, part in enumerate(tree.parts):
        here = f"{prefix}.{number}"
        if isinstance(part, Group):
            found |= sent(part, here)
        else:
            found |= {f"{here}.q": [part.q], f"{here}.op": [part.op], f"{here}.value": list(part.values)}
    return found


def test_a_nested_condition_goes_through_the_form_and_back():
    tree = read_tree(lambda name: sent(tree_of(NESTED)).get(name, []), "show_if")

    assert condition_of(tree, QUESTIONS) == NESTED


leaf = st.one_of(
    st.just({"q": "Q1", "eq": "a"}),
    st.just({"q": "Q1", "in": ["a", "u"]}),
    st.just({"q": "Q2", "lt": 4.5}),
    st.just({"q": "Q2", "ne": 0}),
    st.just({"q": "Q3", "contains_any": ["x", "y"]}),
    st.just({"q": "Q3", "count_gte": 2}),
    st.just({"q": "Q2", "missing": True}),
)
nested = st.recursive(
    leaf,
    lambda part: st.builds(
        lambda joint, parts: {joint: parts}, st.sampled_from(("all", "any")), st.lists(part, min_size=2, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(nested.filter(lambda one: depth(one) <= 4))
def test_any_condition_goes_through_the_form_and_back(condition):
    tree = read_tree(lambda name: sent(tree_of(condition)).get(name, []), "show_if")

    assert condition_of(tree, QUESTIONS) == condition


def depth(condition) -> int:
    inner = next((condition[joint] for joint in ("all", "any") if joint in condition), None)
    return 0 if inner is None else 1 + max(map(depth, inner))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(("line", "group", "drop", "look", "?")), st.lists(st.integers(0, 3), max_size=5)),
        max_size=15,
    )
)
def test_whatever_is_pressed_the_condition_keeps_its_grammar(presses):
    tree = Group()
    for verb, path in presses:
        tree = acted(tree, f"{verb}:{'.'.join(map(str, path))}")
    filled = read_tree(
        lambda name: ["Q1"] if name.endswith(".q") and sent(tree).get(name) else sent(tree).get(name, []), "show_if"
    )

    condition = condition_of(filled, QUESTIONS)

    assert (condition is None) == (not list(lines_of(tree)))
    assert [leaf_flaw(one) for _place, one in leaves(condition or {"q": "Q1", "eq": "a"}) if leaf_flaw(one)] == []


def test_what_is_not_said_yet_asks_nothing():
    assert condition_of(Group("any", (Line(), Group("all", ()))), QUESTIONS) is None
    assert condition_of(Group("any", (Line("Q1", "eq", ("a",)), Group())), QUESTIONS) == {"q": "Q1", "eq": "a"}


def test_several_choices_make_one_of_them():
    assert condition_of(Group("all", (Line("Q1", "eq", ("a", "b")),)), QUESTIONS) == {"q": "Q1", "in": ["a", "b"]}
    assert condition_of(Group("all", (Line("Q2", "in", ("1、2",)),)), QUESTIONS) == {"q": "Q2", "in": [1, 2]}


@pytest.mark.parametrize(
    ("kind", "least"), [("single", "eq"), ("multi", "contains"), ("number", "gte"), ("text", "missing")]
)
def test_operators_fit_the_question(kind, least):
    assert least in operators_for(kind)
    assert set(operators_for(kind)) < set(operators_for(None))


def test_a_flaw_leads_to_its_line():
    assert place_in(tree_of(NESTED), ("all", 1, "any", 0)) == (1, 0)
    assert place_in(tree_of({"q": "Q1", "eq": "z"}), ()) == (0,)


def test_sections_are_added_changed_moved_and_removed():
    draft, key = drafts.section_added(drafts.blank("own_1", "新问卷"), "门店")
    draft = drafts.section_changed(
        draft, key, {"title": "线下门店", "about": "", "show_if": {"q": "OWN_1_1", "eq": "a"}}
    )

    assert drafts.section(draft, key)["title"] == "线下门店"
    assert flaws_of(draft, METRICS) == []
    assert list(drafts.section(draft, key)) == ["key", "title", "show_if", "questions"]
    (flaw,) = flaws_of(drafts.section_moved(draft, key, -1), METRICS)
    assert (flaw.section, flaw.place) == (key, ("show_if",))
    with pytest.raises(NotReady):
        drafts.section_removed(drafts.section_removed(draft, key), "one")


@pytest.fixture
def consultant(visit, dress_shop):
    return visit(dress_shop, Role.CONSULTANT)


def draft_of(app) -> dict:
    with app.app_context():
        return db.session.scalar(db.select(FirmQuestionnaire)).draft


def test_a_section_gets_a_condition_by_dropdowns(app, consultant):
    mine = start(consultant, "blank")
    key = consultant.post("questionnaires.add_section", questionnaire_id=mine, form={"title": "门店"}).location
    key = re.search(r"s=(\w+)", key)[1]
    here = {"questionnaire_id": mine, "name": key}
    form = fields_of(consultant.get("questionnaires.edit", questionnaire_id=mine, s=key).text)

    more = consultant.post(
        "questionnaires.change_section", form={**form, "title": "线下", "act": "line:"}, expect=200, **here
    )

    assert 'value="线下"' in more.text, "what was typed stays while a line is added"
    asked = {**fields_of(more.text), "show_if.0.q": "OWN_1_1"}
    chosen = consultant.post("questionnaires.change_section", form={**asked, "act": "look"}, expect=200, **here)
    assert 'name="show_if.0.value" value="b"' in chosen.text
    consultant.post(
        "questionnaires.change_section", form={**fields_of(chosen.text), "show_if.0.value": ["a", "b"]}, **here
    )
    assert drafts.section(draft_of(app), key)["show_if"] == {"q": "OWN_1_1", "in": ["a", "b"]}
    consultant.post("questionnaires.change_section", form={**form, "title": "别人改的"}, expect=409, **here)
    consultant.post("questionnaires.move_section", form={"to": "up"}, **here)
    page = consultant.get("questionnaires.edit", questionnaire_id=mine, s=key).text
    assert re.search(r'class="cond-line bad".*?条件只能引用前面的题，OWN_1_1 在后面', page, re.S)
    consultant.post("questionnaires.remove_section", **here)
    assert [one["key"] for one in draft_of(app)["sections"]] == ["one"]
    consultant.post("questionnaires.add_section", questionnaire_id=mine, form={"title": ""}, expect=422)


def test_a_question_gets_a_range_and_groups_of_conditions(app, consultant):
    mine = start(consultant)
    here = {"questionnaire_id": mine, "name": "MOD03"}
    form = fields_of(consultant.get("questionnaires.edit", questionnaire_id=mine, q="MOD03").text)
    assert form["show_if.0.q"] == "MOD02"

    more = consultant.post("questionnaires.change", form={**form, "act": "group:"}, expect=200, **here)
    group = {**fields_of(more.text), "show_if.1.0.q": "MOD01", "show_if.1.0.op": "lt", "show_if.1.0.value": "50"}
    consultant.post("questionnaires.change", form={**group, "least": "1", "most": "3000", "unit": "人"}, **here)

    question = drafts.question(draft_of(app), "MOD03")
    assert (question["min"], question["max"]) == (1, 3000)
    assert question["show_if"] == {"all": [{"q": "MOD02", "gte": 1}, {"q": "MOD01", "lt": 50}]}
    form = fields_of(consultant.get("questionnaires.edit", questionnaire_id=mine, q="MOD03").text)
    bad = consultant.post("questionnaires.change", form={**form, "least": "很多"}, expect=422, **here)
    assert "「很多」应是数字" in bad.text
    consultant.post("questionnaires.change", form={**form, "least": "9000"}, **here)
    assert re.search(
        r'id="least-error">.*?最小值大于最大值',
        consultant.get("questionnaires.edit", questionnaire_id=mine, q="MOD03").text,
    )


def test_the_scale_of_a_question_is_typed(app, consultant):
    mine = start(consultant, "blank")
    consultant.post("questionnaires.add", questionnaire_id=mine, form={"section": "one", "type": "scale"})
    here = {"questionnaire_id": mine, "name": "OWN_1_2"}
    form = fields_of(consultant.get("questionnaires.edit", questionnaire_id=mine, q="OWN_1_2").text)

    consultant.post(
        "questionnaires.change", form={**form, "scale_from": "0", "scale_to": "10", "high_end": "推荐"}, **here
    )

    question = drafts.question(draft_of(app), "OWN_1_2")
    assert (question["scale"], question["ends"]) == ([0, 10], ["很差", "推荐"])


def test_the_questionnaire_is_renamed(app, consultant):
    mine = start(consultant, "blank")
    form = fields_of(consultant.get("questionnaires.edit", questionnaire_id=mine, head="1").text)

    consultant.post("questionnaires.change_head", questionnaire_id=mine, form={**form, "title": "巡店", "minutes": "8"})
    consultant.post("questionnaires.change_head", questionnaire_id=mine, form={**form, "title": ""}, expect=422)

    assert (draft_of(app)["title"], draft_of(app)["minutes"]) == ("巡店", 8)
    assert "巡店" in consultant.get("questionnaires.shelf").text
