"""Nothing to divide by: every rate, share and growth on a base of nothing says what the pack wants said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import lxml.html
import pytest

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.intake.read import read
from gongkai.packs.open import open_pack
from gongkai.packs.wording import Wording
from support.fixtures import ROOT, write_input, write_pack
from support.strategies_final import file_data

Data = dict[str, Any]
BUDGET, FINAL = (ROOT / "examples" / f"minimal-{kind}.yaml" for kind in ("budget", "final"))

INCOMPARABLE = """\
  增减句式: {两年为零: "{与}均为零", 上年为零: "{比}增加{差额}万元，上年没有，不可比"}
  占比句式: {合计为零: ""}
  图表占比: {合计为零: "—"}
  差异率句式: {没有预算: 预决算差异率不可比, 两数为零: ""}
  执行率写法: {没有预算: 不可比, 两数为零: "—"}
"""


def made(folder, options: str, data: Data) -> Rendered:
    write_pack(folder, "own", {"pack.yaml": f"名称: 自己\n上级: base\n选项:\n{options or '  自称: 本单位'}\n"})
    model = read(write_input(folder, data)).model
    return render_disclosure(model, open_pack("own", model.kind, model.year, (folder,)))


def said(document: Rendered) -> str:
    return "".join(lxml.html.document_fromstring(document.html).text_content().split())


def final() -> Data:
    """A final account without an original budget of 一般公共预算; in 三公经费 one item is spent without one."""
    data = file_data(FINAL)
    data["总体变动"]["一般公共预算"] |= {"年初预算": "0", "差异原因": "年中追加"}
    data["三公经费"]["公务接待费"] |= {"支出": "5000", "差异原因": "年中追加", "开支内容": "用餐费", "批次": "1"}
    data["整体绩效自评"]["资金"] = {}
    return data


def test_without_an_option_it_is_printed_as_ever(tmp_path):
    text = said(made(tmp_path, "", final()))
    assert "年初预算数0.00万元，决算数31.00万元，预决算差异率100.00%，主要原因是：年中追加。" in text
    assert "公务接待费全年预算数0.00万元，决算数0.50万元，预决算差异率100.00%，主要原因是" in text
    assert "因公出国（境）费全年预算数0.00万元，决算数0.00万元，预决算差异率0.00%，主要原因是" in text
    assert "授予中小企业合同金额0.00万元，占政府采购支出总额的0.00%，其中" in text
    assert "因公出国（境）费支出0.00万元，占0.00%，比上年增加0.00万元，增长0.00%，主要原因是" in text


def test_a_pack_says_otherwise_or_nothing_and_the_sentence_reads_on(tmp_path):
    text = said(made(tmp_path, INCOMPARABLE, final()))
    assert "年初预算数0.00万元，决算数31.00万元，预决算差异率不可比，主要原因是：年中追加。" in text
    assert "因公出国（境）费全年预算数0.00万元，决算数0.00万元，主要原因是：没有安排预算，没有支出。" in text
    assert "公务接待费支出0.50万元，占100.00%，比上年增加0.50万元，上年没有，不可比，主要原因是" in text
    assert "授予中小企业合同金额0.00万元，其中：授予小微企业合同金额0.00万元。" in text
    assert "因公出国（境）费支出0.00万元，占0.00%，与上年均为零，主要原因是" in text
    assert "，，" not in text
    assert "，。" not in text


def test_what_has_a_base_is_said_as_ever(tmp_path):
    text = said(made(tmp_path, INCOMPARABLE, final()))
    assert "财政拨款收入支出总体与上年相比，减少8.88万元，下降22.26%，" in text
    assert "年初预算数31.23万元，决算数31.00万元，预决算差异率-0.75%，" in text


def test_no_share_of_a_budget_of_nothing(tmp_path):
    data = file_data(BUDGET)
    data["支出"][0]["基本支出"] = {}
    data["基本支出经济分类"] = {"30101": "0"}
    text = said(made(tmp_path, INCOMPARABLE, data))
    assert "基本支出0.00万元，比上年预算减少39.88万元，下降100.00%，主要原因是" in text
    assert "基本支出0.00万元，占0.00%，比上年预算减少" in said(made(tmp_path, "", data))


@pytest.mark.parametrize(
    ("funding", "plain", "chosen"),
    [
        ({}, "0.00%", "—"),
        ({"执行": "100"}, "0.00%", "不可比"),
        ({"全年预算": "200", "执行": "100"}, "50.00%", "50.00%"),
    ],
)
def test_the_rate_of_execution_without_a_budget(tmp_path, funding, plain, chosen):
    data = file_data(FINAL)
    data["整体绩效自评"]["资金"] = {"本级资金": funding}
    for options, rate in (("", plain), (INCOMPARABLE, chosen)):
        table = next(t for t in made(tmp_path, options, data).tables if t.key == "整体绩效自评")
        assert rate in [str(cell.value) for row in table.form for cell in row.cells]


def test_shares_in_a_chart_of_nothing():
    whole = {"有合计": "{率}%", "合计为零": "—"}
    wording = Wording({"图表占比": whole})
    assert wording.chart_share(Decimal(1), Decimal(0)) == "—"
    assert wording.chart_share(Decimal(1), Decimal(4)) == "25.00%"


def test_a_pack_that_has_one_word_for_no_change_keeps_it_for_two_years_of_nothing(tmp_path):
    text = said(made(tmp_path, '  增减句式: {没有变化: "{与}持平"}', file_data(FINAL)))
    assert "因公出国（境）费支出0.00万元，占0.00%，与上年持平，主要原因是" in text
