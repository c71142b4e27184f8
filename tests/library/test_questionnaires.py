"""The firm's own questionnaires: copied, edited question by question or as YAML, released, and sent from then on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.tenancy import tenant
from siyu_saas.diagnosis.queries.packs import pack_of
from siyu_saas.library.models import FirmQuestionnaire
from siyu_saas.library.queries.questionnaires import questionnaires_for
from siyu_saas.library.rules import drafts
from siyu_saas.library.rules.lines import BadLine, bands_of, options_of, typed
from siyu_saas.library.rules.preview import preview
from siyu_saas.library.rules.proofreading import flaws_of, in_chinese, proofread
from siyu_saas.packs.library import pack
from siyu_saas.tenants.rules import Role

SHEETS = pack("base").questionnaires
METRICS = pack("base").metrics
KEYS = [question.key for question in SHEETS["qn_model"].questions]


@pytest.mark.parametrize("key", SHEETS)
def test_a_questionnaire_survives_being_written_and_read(key):
    definition = drafts.plain(SHEETS[key])

    back, flaws = proofread(drafts.as_yaml(definition), METRICS)

    assert flaws == []
    assert drafts.read(back) == SHEETS[key]


def test_moving_a_question_before_what_it_asks_for_is_told():
    draft = drafts.moved(drafts.plain(SHEETS["qn_model"]), "MOD03", -1)

    (flaw,) = flaws_of(draft, METRICS)

    assert (flaw.where, flaw.question) == ("sections.model.questions.MOD03.show_if", "MOD03")
    assert flaw.says == "条件只能引用前面的题，MOD02 在后面"
    assert "show_if" in drafts.as_yaml(draft).splitlines()[flaw.line - 1]


def test_a_question_moves_into_the_next_section_at_its_edge():
    draft = drafts.moved(drafts.plain(SHEETS["qn_rhczz"]), "REN10", 1)

    assert [one["key"] for one in draft["sections"][1]["questions"]][:2] == ["REN10", "HUO01"]


def test_a_twin_gets_a_key_of_its_own_and_no_metric():
    draft, key = drafts.copied(drafts.plain(SHEETS["qn_rhczz"]), "REN01")

    assert key == "REN11"
    assert "maps_to" not in drafts.question(draft, key)
    assert flaws_of(draft, METRICS) == []


def test_the_last_question_stays():
    draft = drafts.blank("own_1", "新问卷")

    with pytest.raises(NotReady):
        drafts.removed(draft, "OWN_1_1")


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(("move", "copy", "add", "remove")), st.integers(0, 40), st.sampled_from((-1, 1))),
        max_size=12,
    )
)
def test_whatever_is_done_keys_stay_unique_and_the_draft_readable(steps):
    draft = drafts.plain(SHEETS["qn_model"])
    for what, at, step in steps:
        keys = [one["key"] for section in draft["sections"] for one in section["questions"]]
        key = keys[at % len(keys)]
        if what == "move":
            draft = drafts.moved(draft, key, step)
        elif what == "copy":
            draft, _key = drafts.copied(draft, key)
        elif what == "add":
            draft, _key = drafts.added(draft, draft["sections"][0]["key"], "single")
        elif len(keys) > 1:
            draft = drafts.removed(draft, key)
        after = [one.key for one in drafts.read(draft).questions]
        assert len(set(after)) == len(after)
        assert preview(draft, after[0])


def test_lines_are_read_and_written_back():
    text = "a | 没有 | 0\nb | 有"

    assert options_of(text) == [{"key": "a", "label": "没有", "score": 0}, {"key": "b", "label": "有"}]
    assert typed(options_of(text)) == text
    assert bands_of("0 | 5 | 20\n5 || 100")[1] == {"gte": 5, "lt": None, "score": 100}
    with pytest.raises(BadLine, match="第 2 行看不懂：缺一部分"):
        options_of("a | 没有\nb")
    with pytest.raises(BadLine, match="「多」应是整数"):
        options_of("a | 没有 | 多")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("key: a\ntitle: [", 3, "不是合法的 YAML"),
        ("key: a\ntitle: 题\nsections: []\nnonsense: 1", 4, "这里没有这个字段"),
        (
            "key: a\ntitle: 题\nsections:\n- key: s\n  title: 节\n  questions:\n  - {key: Q1, type: single, text: 问}",
            7,
            "至少要有两个选项",
        ),
        ("key: a\ntitle: 1\nsections: []", 2, "请给 1 加引号"),
        ("a: &x [1]\nb: *x", None, "不支持锚点和引用"),
        ("- 1", 1, "这里应是「字段: 内容」"),
        ("[" * 5000, None, "不是合法的 YAML"),
    ],
)
def test_a_broken_yaml_is_told_at_its_line(text, line, says):
    definition, flaws = proofread(text, METRICS)

    assert definition is None
    assert says in flaws[0].says
    assert flaws[0].line == line or line is None


def test_everything_that_the_checker_says_is_said_in_chinese():
    source = (pack("base").folder.parents[1] / "siyu_saas/packs/checks_of_questions.py").read_text(encoding="utf-8")
    for reason in re.findall(r'yield .*, "([^"]+)"$', source, re.MULTILINE):
        assert in_chinese(reason) != reason, reason


def start(consultant, source: str = "base/qn_model") -> str:
    answer = consultant.post("questionnaires.keep", form={"source": source})
    return answer.location.rsplit("/", 1)[1]


def test_a_consultant_copies_edits_and_releases_a_questionnaire(app, visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    mine = start(consultant)

    page = consultant.get("questionnaires.edit", questionnaire_id=mine, q="MOD01")
    form = fields_of(page.text)
    consultant.post(
        "questionnaires.change", questionnaire_id=mine, name="MOD01", form={**form, "text": "线上卖掉的占几成"}
    )
    consultant.post("questionnaires.publish", questionnaire_id=mine)

    assert "线上卖掉的占几成" in consultant.get("questionnaires.edit", questionnaire_id=mine).text
    with app.app_context():
        sent = questionnaires_for(dress_shop.firm_id, "base")
        assert sent["qn_model"].questions[0].text == "线上卖掉的占几成"
        assert len(sent) == 6
        assert questionnaires_for(dress_shop.id, "base")["qn_model"] == SHEETS["qn_model"]
        with tenant(dress_shop.id):
            assert pack_of(dress_shop.id).questionnaires == sent


def test_a_draft_with_a_flaw_is_shown_and_cannot_be_released(visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    mine = start(consultant)
    consultant.post("questionnaires.move", questionnaire_id=mine, name="MOD03", form={"to": "up"})

    page = consultant.get("questionnaires.edit", questionnaire_id=mine)
    refused = consultant.post("questionnaires.publish", questionnaire_id=mine, expect=422)

    assert "条件只能引用前面的题，MOD02 在后面" in page.text
    assert "不能发布" in refused.text


def test_a_bad_line_is_told_at_its_field_and_nothing_typed_is_lost(visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    mine = start(consultant)
    form = fields_of(consultant.get("questionnaires.edit", questionnaire_id=mine, q="MOD04").text)

    page = consultant.post(
        "questionnaires.change",
        questionnaire_id=mine,
        name="MOD04",
        form={**form, "options": "a | 甲 | 很多"},
        expect=422,
    )

    assert "第 1 行看不懂：「很多」应是整数" in page.text
    assert "a | 甲 | 很多" in page.text


def test_who_saves_second_sees_both_versions(visit, dress_shop):
    first, second = visit(dress_shop, Role.CONSULTANT), visit(dress_shop, Role.FIRM_OWNER)
    mine = start(first)
    form = fields_of(first.get("questionnaires.edit", questionnaire_id=mine, q="MOD01").text)
    second.post("questionnaires.change", questionnaire_id=mine, name="MOD01", form={**form, "text": "先到"})

    page = first.post(
        "questionnaires.change", questionnaire_id=mine, name="MOD01", form={**form, "text": "后到"}, expect=409
    )

    assert "先到" in page.text
    assert "后到" in page.text


def test_yaml_goes_out_and_comes_in_and_errors_stand_at_their_line(visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    mine = start(consultant, "blank")
    text = consultant.get("questionnaires.export", questionnaire_id=mine).data.decode()
    form = {"text": text.replace("own_1", "shop_check").replace("新问卷", "巡店")}

    consultant.post("questionnaires.import_yaml", form=form)
    page = consultant.post(
        "questionnaires.import_yaml", form={"text": text.replace("type: single", "type: choice")}, expect=422
    )

    assert "巡店" in consultant.get("questionnaires.shelf").text
    assert "type: choice" in page.text
    assert re.search(r"第 \d+ 行", page.text)


def test_the_yaml_tab_saves_a_draft_but_keeps_the_key(visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    mine = start(consultant, "blank")
    form = fields_of(consultant.get("questionnaires.show_yaml", questionnaire_id=mine).text)
    text = drafts.as_yaml(drafts.blank("own_1", "改过的"))

    consultant.post("questionnaires.change_yaml", questionnaire_id=mine, form={**form, "text": text})
    form = fields_of(consultant.get("questionnaires.show_yaml", questionnaire_id=mine).text)
    other = consultant.post(
        "questionnaires.change_yaml",
        questionnaire_id=mine,
        form={**form, "text": text.replace("key: own_1\n", "key: own_2\n")},
        expect=422,
    )

    assert "改过的" in consultant.get("questionnaires.shelf").text
    assert "编号不能改" in other.text


def test_questions_are_added_doubled_and_removed(app, visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    mine = start(consultant, "blank")
    for kind in ("matrix", "scale", "money", "ranking", "note", "long_text"):
        consultant.post("questionnaires.add", questionnaire_id=mine, form={"section": "one", "type": kind})
    consultant.post("questionnaires.duplicate", questionnaire_id=mine, name="OWN_1_2")
    consultant.post("questionnaires.remove_question", questionnaire_id=mine, name="OWN_1_1")

    page = consultant.get("questionnaires.edit", questionnaire_id=mine)
    consultant.post("questionnaires.add", questionnaire_id=mine, form={"section": "one", "type": "x"}, expect=404)

    assert "逐行打分" in page.text
    with app.app_context():
        (row,) = db.session.scalars(db.select(FirmQuestionnaire))
        assert len(row.draft["sections"][0]["questions"]) == 7


def test_the_firm_keeps_one_copy_of_a_key_and_may_drop_it(visit, dress_shop):
    consultant = visit(dress_shop, Role.CONSULTANT)
    mine = start(consultant)

    consultant.post("questionnaires.keep", form={"source": "base/qn_model"}, expect=422)
    consultant.post("questionnaires.remove", questionnaire_id=mine)

    consultant.get("questionnaires.edit", questionnaire_id=mine, expect=404)
    assert "复制来改" in consultant.get("questionnaires.shelf").text


def test_another_firm_and_the_merchant_see_nothing_of_it(visit, dress_shop, tea_shop):
    mine = start(visit(dress_shop, Role.CONSULTANT))

    visit(tea_shop, Role.CONSULTANT).get("questionnaires.edit", questionnaire_id=mine, expect=404)
    visit(dress_shop, Role.BOSS).get("questionnaires.shelf", expect=404)


def fields_of(html: str) -> dict[str, str]:
    """What the page's own form would send as it stands."""
    from html import unescape

    start = html.rindex('<form class="card stack')
    form = html[start : html.index("</form>", start)]
    found = {
        name: unescape(value) for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
    }
    found |= {
        name: unescape(text).lstrip("\r\n")
        for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S)
    }
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option (?:selected value="([^"]*)"|value="([^"]*)" selected)', options)
        found[name] = (chosen[1] or chosen[2] or "") if chosen else re.search(r'value="([^"]*)"', options)[1]
    return {name: value for name, value in found.items() if name not in ("csrf_token", "required", "na")}
