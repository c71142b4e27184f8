"""A merchant is found as people type: characters, pinyin in every reading, initials, from the middle on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.tenants.rules.search import LONGEST, is_spelled, search_key, search_text


def finds(name: str, typed: str) -> bool:
    return f"|{search_key(typed)}" in search_text(name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("南山小院（演示）", "nsxy"),
        ("南山小院（演示）", "nanshan"),
        ("南山小院（演示）", "xiaoyuan"),
        ("南山小院（演示）", "Nan Shan"),
        ("朝阳茶业", "zhaoyang"),
        ("朝阳茶业", "chaoyang"),
        ("朝阳茶业", "cycy"),
        ("重庆长乐行", "chongqing"),
        ("重庆长乐行", "chongqingchanglehang"),
        ("吕记", "lvji"),
        ("ABC 女装", "abc"),
        ("ＡＢＣ女装", "abc"),
        ("3号仓", "3hao"),
    ],
)
def test_a_name_is_found_in_every_way_it_is_typed(name, typed):
    assert finds(name, typed)


@pytest.mark.parametrize("typed", ["anshan", "bcd", "nsx2"])
def test_the_middle_of_a_syllable_finds_nothing(typed):
    assert not finds("南山小院", typed)


@given(st.text(max_size=80))
def test_any_name_fits_its_column(name):
    assert len(search_text(name)) <= LONGEST
    assert all(is_spelled(way) for way in search_text(name).split("|") if way)
