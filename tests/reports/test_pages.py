"""How the paper is put together: what is empty takes no page, and the seals stand under their heading."""

from __future__ import annotations

import re
from types import SimpleNamespace

from siyu_saas.papers.pdf import HERE
from siyu_saas.reports.gather.goals import degrees, outcomes
from siyu_saas.reports.models import Report
from siyu_saas.reports.paper import shown_data
from siyu_saas.reports.rules.shape import BODY
from siyu_saas.targets.rules.states import State


def report(*full: str) -> Report:
    sections = [
        {"key": key, "blocks": [{"kind": "words"}] if key in full else [], "missing": "未采集", "sources": []}
        for key in BODY
    ]
    appendix = [{"title": "日数据", "head": ["日"], "rows": [["1"]]}] if "appendix" in full else []
    return Report(number=1, data={"sections": sections, "appendix": appendix}, narrative={}, order=[], hidden=[])


def test_only_the_first_section_begins_a_page_when_all_are_empty():
    assert shown_data(report())["flowing"] == list(BODY[1:])


def test_what_has_something_to_show_begins_its_page():
    flowing = shown_data(report("profile", "appendix"))["flowing"]
    assert {"onepage", "profile", "appendix"}.isdisjoint(flowing)
    assert "compare" in flowing


def test_no_section_is_laid_out_by_the_rule_of_a_list_in_it():
    rules = (HERE / "style.css").read_text()
    grids = set(re.findall(r"^\.([\w-]+) \{ display: grid", rules, re.MULTILINE))
    assert grids
    assert grids.isdisjoint({*BODY, "signatures", "changes"})


def target(state: State, degree: int | None = None) -> SimpleNamespace:
    return SimpleNamespace(title="社群 GMV", state=state, result_degree=degree)


def test_a_target_without_an_outcome_is_not_counted_as_missed():
    assert outcomes([target(State.AGREED)]) == "1 个目标还没有结论"
    assert outcomes([target(State.ACHIEVED, 10_000), target(State.AGREED)]) == "1/2 个目标达成或接近，1 个还没有结论"
    assert outcomes([target(State.ACHIEVED, 10_000), target(State.MISSED, 100)]) == "1/2 个目标达成或接近"
    assert degrees([target(State.AGREED)]).data["rows"][0]["told"] == "还没有结论"
