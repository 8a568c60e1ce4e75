"""Texts in one plain form."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts.plain import _COMBINING, INVISIBLE, folded, with_plain_numbers

_ODD = "，；：（）？！％Ⅹ㎡①⑳﹫＠ﾠﬁ１٣۳\u0338\u0301\u200b\ufeff\u3164\u00ad\uffa0<=>,?!"
"""Compatible characters, marks that are composed with what stands before them, and what nobody sees."""


@given(st.text(st.one_of(st.sampled_from(_ODD), st.characters(exclude_categories=["Cs"]))))
def test_the_plain_form_is_the_compatible_one_without_what_nobody_sees(text):
    plain = _COMBINING.sub("", INVISIBLE.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", text))))
    expected = re.sub(r"[^\D0-9]", lambda digit: str(unicodedata.digit(digit[0])), plain)

    assert folded(text) == (text if text.isascii() else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（电话：１３８－００００）", "(电话:138-0000)"),
        ("共２０人；有吗？有！占５％", "共20人;有吗?有!占5%"),
        ("一，二", "一,二"),
        ("13800\u200b138000", "13800138000"),
    ],
)
def test_full_width_characters_are_usual_ones(text, expected):
    assert folded(text) == expected


def test_letters_that_look_like_the_check_digit_are_one():
    assert with_plain_numbers("号 1Х 1х 1Χ 1χ ＸX") == "号 1X 1X 1X 1X XX"
