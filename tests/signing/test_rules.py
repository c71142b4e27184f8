"""What exactly is signed: a canonical form, a chain of digests, codes that survive being typed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.signing.rules import (
    CODE_LENGTH,
    CODE_LETTERS,
    DocumentState,
    canonical,
    code_typed,
    difference,
    digest,
    grouped,
    new_code,
    state_of,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)
CONTENT = {"sections": [{"heading": "一", "text": "我们做什么"}]}


@given(VALUES)
def test_the_canonical_form_is_stable_and_reads_back(value):
    once = canonical(value)
    assert canonical(json.loads(once)) == once


def test_the_same_words_written_differently_are_the_same_text():
    assert canonical({"b": "e\u0301", "a": 1}) == canonical({"a": 1, "b": "\u00e9"}) == '{"a":1,"b":"é"}'.encode()


@pytest.mark.parametrize("value", [1.0, {"a": 0.1}, {1: "a"}, {"a": object()}, b"x"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_the_digest_covers_text_title_number_kind_and_the_version_before():
    base = {"kind": "charter", "title": "合作说明", "number": 1, "content": CONTENT, "previous": None}
    other = {"sections": [{"heading": "一", "text": "我们做什么。"}]}
    changed = [
        {"kind": "target"},
        {"title": "合作"},
        {"number": 2},
        {"content": other},
        {"previous": "0" * 64},
    ]
    digests = {digest(**base), *(digest(**{**base, **change}) for change in changed)}
    assert len(digests) == len(changed) + 1
    assert digest(**base) == "07ca8ed7d99af1fb73ee4196b0a1dc40f51cf22e7f8e6939fe4f439410c9381a"


def test_codes_are_long_readable_and_typed_any_way():
    codes = {new_code() for _ in range(300)}
    assert len(codes) == 300
    for code in codes:
        assert len(code) == CODE_LENGTH
        assert set(code) <= set(CODE_LETTERS)
        assert not set(code) & set("01OI")
        assert code_typed(f" {grouped(code).lower()} ") == code


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_none(text):
    typed = code_typed(text)
    assert typed is None or (len(typed) == CODE_LENGTH and set(typed) <= set(CODE_LETTERS))


@pytest.mark.parametrize(
    ("proposed", "superseded", "sides", "state"),
    [
        (False, False, 0, DocumentState.DRAFT),
        (True, False, 0, DocumentState.PROPOSED),
        (True, False, 1, DocumentState.HALF_SIGNED),
        (True, False, 2, DocumentState.IN_FORCE),
        (True, True, 2, DocumentState.SUPERSEDED),
    ],
)
def test_states(proposed, superseded, sides, state):
    assert state_of(proposed=proposed, superseded=superseded, sides=sides) is state


def test_a_difference_marks_what_came_and_went():
    changes = difference(["甲", "乙"], ["甲", "丙"])
    assert [(change.sign, change.text) for change in changes] == [(" ", "甲"), ("-", "乙"), ("+", "丙")]


@given(st.lists(st.text("ab甲乙", max_size=3), max_size=6), st.lists(st.text("ab甲乙", max_size=3), max_size=6))
def test_a_difference_loses_no_line_of_either_side(before, after):
    changes = difference(before, after)
    assert [change.text for change in changes if change.sign != "+"] == before
    assert [change.text for change in changes if change.sign != "-"] == after
