"""Icons are drawn inline from the vendored files."""

import re

import pytest

from siyu_saas.web.icons import FOLDER, UnknownIcon, icon


def test_an_icon_beside_words_is_hidden_from_screen_readers():
    drawing = icon("inbox")

    assert drawing.startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="')
    assert drawing.endswith("</svg>")


def test_an_icon_alone_is_read_out():
    assert 'role="img" aria-label="关闭"' in icon("x", label="关闭")


def test_a_label_cannot_break_out_of_its_attribute():
    assert 'aria-label="&#34;&gt;&lt;script&gt;"' in icon("x", label='"><script>')


@pytest.mark.parametrize("name", ["unicorn", "", "../LICENSE", "tabler/x", "X"])
def test_an_unknown_icon_says_how_to_add_it(name):
    with pytest.raises(UnknownIcon, match=r"vendor\.lock\.json"):
        icon(name)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.svg")))
def test_every_vendored_icon_can_be_drawn(name):
    drawing = icon(name)

    assert re.search(r"<(path|circle|rect|line)", drawing)
    assert "style=" not in drawing
    assert "M0 0h24v24H0z" not in drawing
