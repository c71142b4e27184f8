"""A merchant is found as people type: characters, pinyin in every reading, initials, from the middle on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.tenants.rules.search import LONGEST_SPELLING, search_key, spellings


def finds(name: str, typed: str) -> bool:
    return any(way.startswith(search_key(typed)) for way in spellings(name))


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


@given(st.text("朝阳茶业重庆 AbＣ3（）", min_size=1, max_size=80).filter(str.strip), st.data())
def test_any_part_of_a_name_finds_it(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    assert finds(name, name[start:])


@pytest.mark.parametrize("typed", ["anshan", "bcd", "nsx2"])
def test_the_middle_of_a_syllable_finds_nothing(typed):
    assert not finds("南山小院", typed)


@given(st.text(max_size=80))
def test_any_name_fits_its_column(name):
    ways = spellings(name)
    assert all(0 < len(way) <= LONGEST_SPELLING for way in ways)
    assert len(ways) == len(set(ways))
