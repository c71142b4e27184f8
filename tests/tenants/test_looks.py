"""A firm's colour stays readable, whatever somebody chooses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.tenants.rules.looks import (
    CARD,
    NIGHT,
    NIGHT_CARD,
    PAPER,
    READABLE,
    at_night,
    contrast,
    on_day,
    parsed,
    style_sheet,
    written,
)

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#1d6a57", "#ffffff", 6.45),
    ],
)
def test_contrast_is_counted_as_wcag_does(one, other, ratio):
    assert contrast(parsed(one), parsed(other)) == pytest.approx(ratio, abs=0.05)


@given(COLOURS)
def test_any_colour_reads_by_day_and_by_night(accent):
    for tokens, grounds in ((on_day(accent), (PAPER, CARD)), (at_night(accent), (NIGHT, NIGHT_CARD))):
        brand = parsed(tokens["brand"])
        for ground in (*grounds, parsed(tokens["brand-weak"]), parsed(tokens["on-brand"])):
            assert contrast(brand, ground) >= READABLE
        assert contrast(parsed(tokens["brand-2"]), parsed(tokens["on-brand"])) >= READABLE
        assert contrast(parsed(tokens["brand-2"]), parsed(tokens["brand-weak"])) >= READABLE


@given(COLOURS)
def test_a_colour_is_written_as_it_is_read(colour):
    assert parsed(written(colour)) == colour


def test_a_colour_that_reads_already_stays_as_it_is():
    assert on_day(parsed("#1d6a57"))["brand"] == "#1d6a57"
    assert on_day(parsed("#ffe600"))["brand"] != "#ffe600"


def test_the_sheet_serves_every_look():
    sheet = style_sheet("#28568f")
    assert sheet.startswith(":root{--brand:#28568f")
    assert sheet.count("--on-brand") == 3
    assert 'data-theme="auto"' in sheet
