"""Texts that nobody writes: reading them takes a time that grows with them, and ends with no crash."""

from __future__ import annotations

import time

import pytest

from support.claimed import document, findings

LONG = 8_000


@pytest.mark.parametrize(
    "piece",
    [
        "增加1万元",
        "比上年预算增加1万元，增长1%，",
        "一（类）二（款）三（项）",
        "一（类）二（款）",
        "主要原因是；人员经费1万元",
        "其中：基本支出1万元，",
        "1,",
        "9",
        "（",
        "与上年",
        "占占占",
        "比比比增加",
        "\u3000“”",
        "人员经费1万元，包括：、",
        "2024年1月-",
        "完成的",
        "万元",
    ],
)
def test_a_paragraph_of_one_thing_again_and_again(piece):
    text = piece * (LONG // len(piece))
    start = time.perf_counter()
    findings(document(text, text[::-1], f"一、{piece}", pack="外省式样"))
    assert time.perf_counter() - start < 10


def test_figures_beyond_all_measure():
    text = f"单位资金{'9' * 300}万元，比上年预算增加{'9' * 19}.{'9' * 6}万元，增长{'9' * 20}%，占{'1' * 30}%。"
    findings(document(text))


def test_no_text_and_no_table():
    assert findings(document(tables=())) == []
    assert findings(document("", "\n", tables=())) == []
