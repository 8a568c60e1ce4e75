"""A year may end with less than nothing left: in the file, the tables, the prose and every output."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import docx
import lxml.html
import openpyxl
import pytest

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.findings import FindingsError, Level
from gongkai.intake.read import read
from gongkai.packs.open import open_pack
from gongkai.produce.unit import Settings, check_unit, make_unit
from support.examples import rows_of
from support.fixtures import ROOT, write_input
from support.strategies_final import file_data

Data = dict[str, Any]
MINIMAL = ROOT / "examples" / "minimal-final.yaml"
BALANCE = "-848.41"


def overdrawn() -> Data:
    """其他资金 with 1,000.00 万元 of income and 1,848.41 万元 of spending."""
    data = file_data(MINIMAL)
    data["金额单位"] = "万元"
    data["科目收支"][0] |= {
        "项目支出": {"其他资金": "1848.41"},
        "收入": {"事业收入": "1000"},
        "年末结转和结余": {"其他资金": BALANCE},
    }
    data["金额上限"] = "2000000"
    return data


def rendered(folder, data: Data) -> Rendered:
    model = read(write_input(folder, data)).model
    return render_disclosure(model, open_pack("base", model.kind, model.year))


def text_of(document: Rendered) -> str:
    return "".join(lxml.html.document_fromstring(document.html).text_content().split())


def test_it_is_asked_about_once_and_is_no_error(tmp_path):
    found = check_unit(write_input(tmp_path, overdrawn()), Settings(tmp_path)).findings
    [asked] = [finding for finding in found if finding.code == "GK485"]
    assert asked.level is Level.WARNING
    assert asked.message == "科目 2010301 的年末结转和结余（其他资金）是负数 -848.41 万元"
    assert not {finding.code for finding in found} & {"GK206", "GK451", "GK478"}


def test_prose_and_tables_print_it_and_both_totals_are_equal(tmp_path):
    document = rendered(tmp_path, overdrawn())
    assert "年末结转和结余-848.41万元" in text_of(document)
    rows = rows_of(document.tables[0])
    left = {row["收入项目"]: row["收入数"] for row in rows}
    right = {row["支出项目"]: row["支出数"] for row in rows}
    assert f"{right['年末结转和结余']:f}" == BALANCE
    assert left["总计"] == right["总计"]


def test_every_output_has_the_same_figure(tmp_path):
    settings = Settings(tmp_path, formats=("html", "docx", "xlsx", "data"))
    _, contents = make_unit(write_input(tmp_path, overdrawn(), "单位决算.yaml"), settings)
    assert '<data value="-848.41">-848.41</data>' in contents["单位决算.html"].decode()
    word = docx.Document(io.BytesIO(contents["单位决算.docx"]))
    assert any("年末结转和结余-848.41万元" in paragraph.text for paragraph in word.paragraphs)
    sheet = openpyxl.load_workbook(io.BytesIO(contents["单位决算.xlsx"])).worksheets[1]
    assert -848.41 in [cell.value for row in sheet.iter_rows() for cell in row]
    with zipfile.ZipFile(io.BytesIO(contents["单位决算-数据.zip"])) as archive:
        facts = json.loads(archive.read("数据.json"))["事实"]
        assert facts["科目收支"][0]["年末结转和结余"] == {"其他资金": -848.41}
        first = next(name for name in archive.namelist() if name.startswith("01-"))
        assert ",-848.41" in archive.read(first).decode()


def test_last_years_total_may_have_been_less_than_nothing(tmp_path):
    data = file_data(MINIMAL)
    data["总体变动"]["收支总计"]["上年"] = "-1000.00"
    text = text_of(rendered(tmp_path, data))
    assert "收入支出总体与上年相比，增加31.10万元，主要原因是" in text


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (("结余分配",), "金额“-1”是负数"),
        (("使用非财政拨款结余",), "金额“-1”是负数"),
        (("科目收支", 0, "收入", "其他收入"), "金额“-1”是负数"),
        (("科目收支", 0, "基本支出", "其他资金"), "金额“-1”是负数"),
        (("总体变动", "一般公共预算", "上年"), "金额“-1”是负数"),
        (("总体变动", "财政拨款", "年初预算"), "金额“-1”是负数"),
    ],
)
def test_nothing_else_is_ever_negative(tmp_path, way, words):
    data = file_data(MINIMAL)
    node: Any = data
    for key in way[:-1]:
        node = node[key] if isinstance(node, list) else node.setdefault(key, {})
    node[way[-1]] = "-1"
    with pytest.raises(FindingsError) as refused:
        read(write_input(tmp_path, data))
    assert words in refused.value.findings[0].message


@pytest.mark.parametrize(
    ("written", "advice"), [("−848.41", "请改为半角“-848.41”"), ("(848.41)", "负数请在前面写半角的“-”，如 -848.41")]
)
def test_other_ways_to_write_less_than_nothing_are_put_right(tmp_path, written, advice):
    data = overdrawn()
    data["科目收支"][0]["年末结转和结余"]["其他资金"] = written
    with pytest.raises(FindingsError) as refused:
        read(write_input(tmp_path, data))
    assert advice in refused.value.findings[0].advice
