"""The browser shows and hides by the same rules as the server: random questionnaires, random answers, real Chromium."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from siyu_saas.config import ROOT
from siyu_saas.diagnosis.rules.visibility import visible_questions
from tests.diagnosis.small import definitions, filled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOURCE = (ROOT / "siyu_saas" / "static" / "js" / "conditions.js").read_text(encoding="utf-8")
LOAD = "async (source) => { window.rules = await import('data:text/javascript,' + encodeURIComponent(source)); }"
ASK = "({ questions, answers }) => [...window.rules.visible(questions, (key) => answers[key] ?? null)]"
CASES, SAID = 300, ("52.7万", "1,234", "３００", " 12 ", "0.5", "1.2亿", "3千", "0.5K", "-", "abc", "")


@pytest.fixture
def rules(page: Page) -> Page:
    page.goto("about:blank")
    page.evaluate(LOAD, SOURCE)
    return page


def test_what_is_asked_is_the_same(rules):
    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(definitions().flatmap(lambda one: st.tuples(st.just(one), filled(one))))
    def same(pair):
        questionnaire, answers = pair
        questions = [{"key": one.key, "type": one.type, "showIf": one.show_if} for one in questionnaire.questions]
        shown = rules.evaluate(ASK, {"questions": questions, "answers": answers})
        assert shown == list(visible_questions(questionnaire, answers)), json.dumps([questions, answers])

    same()


def test_what_is_typed_means_the_same(rules):
    """An amount typed as people do shows what hangs on it before the server has answered."""
    from siyu_saas.web.filters.amounts import parse_amount

    ask = """(texts) => texts.map((text) => window.rules.visible(
        [{ key: 'A', type: 'money' }, { key: 'B', type: 'single', showIf: { q: 'A', gte: 1000 } }],
        (key) => (key === 'A' ? window.rules.answer('money', [text]) : null)).has('B'))"""

    def reaches(text: str) -> bool:
        try:
            return parse_amount(text) >= 1000
        except ValueError:
            return False

    assert rules.evaluate(ask, list(SAID)) == [reaches(text) for text in SAID]
