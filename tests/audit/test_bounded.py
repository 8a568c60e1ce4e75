"""Texts that nobody writes: looking over their words takes a time that grows with them and no faster."""

from __future__ import annotations

import time

import pytest

from gongkai.audit.fitting import _stands
from support.small_documents import COVER, SPENDING, TABLES, wrong

_IN_PARAGRAPH, _IN_CELL = 20_000, 5_000
_SECONDS = 10

PIECES = (
    "人员增加办公费用",
    "其他原因是。",
    "主要原因是；",
    "其他原因是。。",
    "（",
    "《人",
    "占的",
    "增加（减少）",
    "的的",
    "人（项）",
    "2010101用于养老",
    "本部门",
    "县商务局",
    "0991-",
    "a@b.",
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_paragraph_of_one_thing_again_and_again(piece):
    text = piece * (_IN_PARAGRAPH // len(piece))
    start = time.perf_counter()
    wrong(*COVER, TABLES, SPENDING, text, text[::-1])
    assert time.perf_counter() - start < _SECONDS


@pytest.mark.parametrize("piece", PIECES)
def test_a_cell_of_one_thing_again_and_again(piece):
    rows = [*SPENDING[:3], ["201", piece * (_IN_CELL // len(piece)), "10.00", "10.00", ""], SPENDING[-1]]
    start = time.perf_counter()
    wrong(*COVER, TABLES, rows)
    assert time.perf_counter() - start < _SECONDS


def test_contents_that_end_in_dots():
    start = time.perf_counter()
    wrong(*COVER, TABLES, outline=[(f"第{number}部分{'.' * _IN_PARAGRAPH}某", 0) for number in range(5)])
    assert time.perf_counter() - start < _SECONDS


def test_a_pack_whose_text_has_a_word_to_fill_in_after_every_character():
    title = "年{甲}" * 30 + "度的情况"
    start = time.perf_counter()
    assert not _stands(title, "度的情况" + "年" * _IN_PARAGRAPH)
    assert time.perf_counter() - start < _SECONDS
