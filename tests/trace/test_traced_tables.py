"""Tables that a pack makes of the facts are followed as the official ones are: comparisons, differences, wide rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from gongkai.intake.read import read
from gongkai.packs.open import open_pack
from gongkai.produce.tracing import trace_document
from gongkai.trace.asked import find
from gongkai.trace.printed import Printed
from gongkai.trace.sources import RECKONED
from gongkai.trace.tracing import Tracing
from support.fixtures import EXAMPLE, write_pack

HEAD = "名称: 自己\n上级: base\n选项:\n  预算:\n    表格: [收支总体, 自己的]\n    章节: []\n    部分: [公开表]\n"
TABLE = """\
自己的:
  编号: 表 {序号}
  标题: 一般公共预算支出比较表
  条件: {资金: 一般公共预算, 来路: 当年}
  行集: [{科目: [支出, 支出@上年]}]
  列数:
    本年: 支出
    上年: 支出@上年
    增减: "增减(支出, 支出@上年)"
    一半: 支出 ÷ 2
  栏目:
    - {标目: 编码, 类型: 编码, 宽: 20}
    - {标目: 科目名称, 类型: 文字, 宽: 30}
    - {标目: 本年, 宽: 10}
    - {标目: 上年, 宽: 10}
    - {标目: 增减, 宽: 10}
    - {标目: 一半, 宽: 20}
  合计行: {列: 科目名称}
"""


def followed(folder: Path) -> Tracing:
    write_pack(folder, "own", {"pack.yaml": HEAD, "预算/表格.yaml": TABLE})
    return trace_document(read(EXAMPLE), open_pack("own", "预算", 2024, (folder,)))


def cell(tracing: Tracing, column: str) -> Printed:
    [printed] = find(f"表2:2011301:{column}", tracing.amounts).found
    return printed


def test_a_comparison_is_followed_to_the_amount_of_last_year(tmp_path):
    tracing = followed(tmp_path)
    this, last = (tracing.sources.origin(cell(tracing, column).figure) for column in ("本年", "上年"))
    assert {source.path[2] for source in this.sources} == {"基本支出"}
    assert [source.path[-2:] for source in last.sources] == [("一般公共预算", "上年")]


def test_a_difference_is_followed_to_both(tmp_path):
    tracing = followed(tmp_path)
    change = tracing.sources.origin(cell(tracing, "增减").figure)
    assert {source.count for source in change.sources} == {1, -1}
    assert sum((s.amount * s.count for s in change.sources), Decimal(0)) == change.figure


def test_what_is_divided_is_told_as_such(tmp_path):
    tracing = followed(tmp_path)
    [source] = tracing.sources.origin(cell(tracing, "一半").figure).sources
    assert (source.words, source.place, source.path) == (RECKONED, None, ())
