"""Workbooks that are no tables any more: told, never a traceback, and never long."""

from __future__ import annotations

import dataclasses
import random

import pytest

from gongkai.intake.export.importing import import_tables
from gongkai.source.workbook.cells import Cell, Kind, Merge, Workbook
from support.exports import EXAMPLES, SHARE_EXPORTS, as_exported

pytestmark = SHARE_EXPORTS

TEXTS = (
    "类",
    "款",
    "合计",
    "…",
    "※",
    "表1",
    "单位：千元",
    "2011301",
    "注：x。",
    "一级指标",
    "全年执行数",
    "三公",
    "　",
)
KNOWN = (
    None,
    {"支出": "x", "金额单位": "元"},
    {"支出": [{"科目": "2011301", "基本支出": "x"}], "项目": "y", "单位": "z", "基本支出经济分类": []},
    {"年度": "abc", "文种": "决算", "科目收支": [{"科目": ["a"]}], "整体绩效目标": "x", "项目绩效自评": [1, "a"]},
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_whatever_is_in_the_cells_nothing_breaks(example):
    book = as_exported(example)
    chance = random.Random(example)
    for _ in range(12):
        sheets = [spoilt(sheet, chance) for sheet in book.sheets]
        chance.shuffle(sheets)
        kept = sheets[: chance.randint(1, len(sheets))]

        result = import_tables([Workbook("导出.xlsx", kept)], known=chance.choice(KNOWN))

        assert all(finding.message for finding in result.findings)


def spoilt(sheet, chance):
    """A sheet with some cells gone, some of another kind, and a merge that lies over others."""
    cells = dict(sheet.cells)
    for place in chance.sample(list(cells), min(6, len(cells))):
        kind = chance.choice((None, Kind.TEXT, Kind.TEXT, Kind.NUMBER, Kind.ERROR, Kind.UNKNOWN, Kind.FLAG))
        text = {Kind.TEXT: chance.choice(TEXTS), Kind.NUMBER: chance.choice(("0", "-5", "99999999999", "0.1234567"))}
        if kind is None:
            del cells[place]
        else:
            said = text.get(kind, "")
            cells[place] = Cell(kind, said, said)
    top, left = chance.randint(1, 12), chance.randint(1, 6)
    merges = [*sheet.merges, Merge(top, left, top + chance.randint(0, 2), left + chance.randint(0, 2))]
    return dataclasses.replace(sheet, cells=cells, merges=merges)
