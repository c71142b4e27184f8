"""A small questionnaire with every type of question, and random ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from siyu_saas.packs.shapes.questions import Band, Option, Question, Questionnaire, Row, Section

STEPS = ((0, 1000, 20), (1000, 5000, 40), (5000, None, 60))

GROUPS = Question(
    "GROUPS",
    "single",
    "社群定位",
    options=(Option("a", "没有群", 0), Option("b", "有群没定位", 25), Option("c", "有定位", 100)),
    weight=2,
    dim="chang",
    respondent="ops",
    na=True,
)
FRIENDS = Question(
    "FRIENDS",
    "number",
    "好友数",
    unit="人",
    bands=tuple(Band(Decimal(low), None if high is None else Decimal(high), points) for low, high, points in STEPS),
    weight=1,
    dim="chang",
    show_if={"q": "GROUPS", "ne": "a"},
)
SOURCES = Question(
    "SOURCES",
    "multi",
    "来源",
    options=(Option("taobao", "淘宝/天猫", 40), Option("douyin", "抖音", 40), Option("store", "门店", 40)),
    weight=1,
    dim="huo",
)
REASON = Question("REASON", "long_text", "为什么", show_if={"q": "FRIENDS", "gte": 100})
MONEY = Question("MONEY", "money", "月销售额")
SHARE = Question("SHARE", "percent", "线上占比")
STARTED = Question("STARTED", "date", "从什么时候开始")
FILE = Question("FILE", "file", "后台截图")
SCALE = Question("SCALE", "scale", "给现状打分", scale=(1, 5), ends=("没有", "成体系"), weight=1, dim="zhi")
MATRIX = Question(
    "MATRIX",
    "matrix",
    "逐项打分",
    scale=(1, 5),
    rows=(Row("welcome", "欢迎语", 2), Row("tiers", "分层", 1)),
    weight=1,
    dim="zhi",
    na=True,
)
RANK = Question(
    "RANK", "ranking", "先做哪个", options=(Option("price", "价格"), Option("service", "服务"), Option("brand", "品牌"))
)
NOTE = Question("NOTE", "note", "下面几题请运营回答。")

SMALL = Questionnaire(
    "small",
    "小问卷",
    (
        Section("base", "基础", (GROUPS, FRIENDS, SOURCES, REASON, MONEY, SHARE)),
        Section(
            "more", "更多", (NOTE, SCALE, MATRIX, RANK, STARTED, FILE), show_if={"q": "GROUPS", "in": ["b", "c", "u"]}
        ),
    ),
)


def value_of(question: Question) -> st.SearchStrategy[Any]:
    """Any saved answer, or none."""
    keys = [option.key for option in question.options]
    special = st.sampled_from([None, "u", *(["n/a"] if question.na else [])])
    marks = st.sampled_from([str(mark) for mark in range(1, 6)])
    kinds = {
        "single": lambda: st.sampled_from(keys) | special,
        "multi": lambda: st.lists(st.sampled_from(keys), unique=True) | st.none(),
        "ranking": lambda: st.permutations(keys) | st.none(),
        "scale": lambda: marks | special,
        "matrix": lambda: st.dictionaries(st.sampled_from([row.key for row in question.rows]), marks) | st.none(),
        "number": lambda: st.integers(0, 20_000).map(str) | special,
    }
    return kinds.get(question.type, st.none)()


def filled(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Any]]:
    questions = [question for section in questionnaire.sections for question in section.questions]
    whole = st.fixed_dictionaries({question.key: value_of(question) for question in questions})
    return whole.map(lambda answers: {key: value for key, value in answers.items() if value is not None})


@st.composite
def definitions(draw) -> Questionnaire:
    """Questions with conditions on earlier ones only."""
    questions: list[Question] = []
    for place in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(["single", "multi", "number", "scale"]))
        condition = condition_on(draw, questions) if questions and draw(st.booleans()) else None
        questions.append(
            Question(
                f"Q{place}",
                kind,
                "?",
                options=(Option("a", "甲", 0), Option("b", "乙", 50), Option("c", "丙", 100)),
                scale=(1, 5),
                show_if=condition,
                na=True,
            )
        )
    return Questionnaire("random", "随机", (Section("only", "一节", tuple(questions)),))


def condition_on(draw, questions: list[Question], *, nested: int = 2) -> dict:
    """Drawn step by step: strategies that are put together anew for each question take most of a test's time."""
    if nested and draw(st.booleans()):
        parts = [condition_on(draw, questions, nested=nested - 1) for _ in range(draw(st.integers(1, 3)))]
        return {draw(st.sampled_from(["all", "any"])): parts}
    question = draw(st.sampled_from(questions))
    name, value = draw(OPERATIONS.get(question.type, COMPARED))
    return {"q": question.key, name: value}


KEYS = st.sampled_from(["a", "b", "c", "u"])
SEVERAL = st.lists(KEYS, min_size=1, max_size=3)
ALWAYS = st.sampled_from([("missing", True), ("missing", False), ("answered", True), ("gt", 1), ("eq", "a")])
COMPARED = ALWAYS | st.tuples(
    st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]), st.sampled_from([0, 1, 3, 4.5, 5, 100, 1000.25, 20000])
)
OPERATIONS = {
    "single": ALWAYS | st.tuples(st.sampled_from(["eq", "ne"]), KEYS) | st.tuples(st.just("in"), SEVERAL),
    "multi": ALWAYS
    | st.tuples(st.just("contains"), KEYS)
    | st.tuples(st.just("contains_any"), SEVERAL)
    | st.tuples(st.sampled_from(["count_lt", "count_gte"]), st.integers(0, 3)),
}
