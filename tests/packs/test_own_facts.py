"""Facts that a pack declares: read with places, refused where wrong, printed in tables, sentences and data alike."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from gongkai.document.compose import render_disclosure
from gongkai.document.parse import parse_document
from gongkai.findings import Finding, FindingsError
from gongkai.intake.read import read
from gongkai.kinds import KINDS
from gongkai.model.own.extend import refused_own
from gongkai.output.data.opendata import open_data
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.packs.open import model_of_pack, open_pack
from gongkai.produce.models import models_of_packs
from gongkai.produce.unit import Settings, check_unit, make_unit
from support.fixtures import CLEAN, ROOT, line_with, write_input, write_pack

PACK = """\
名称: 自己
上级: base
事实:
  会议预算:
    类型: 金额
    文种: [预算]
    必填: 是
    比较: {上年: {原因: 原因}, 上年执行数: {必填: 否}}
  接待人次: {类型: 数量, 属于: 三公项, 单位: 人次}
  绩效等级: {类型: 文字, 属于: 项目}
  购买服务:
    类型: 清单
    文种: [预算]
    各项: {服务项目: {必填: 是}, 金额: {类型: 金额, 必填: 是}, 完成日期: {类型: 日期}}
比较:
  上年执行数: {用于: [三公项, 科目变动, 机关运行经费], 文种: [预算], 必填: 否}
"""
STATED = {
    "会议预算": {"本年": "30000", "上年": "20000", "原因": "会议增加"},
    "购买服务": [
        {"服务项目": "物业", "金额": "10000.50"},
        {"服务项目": "审计", "金额": "2000", "完成日期": "2024-06-30"},
    ],
}


def written(folder: Path, changes: object = None, pack: str = PACK, **stated: object) -> Path:
    """A file of the pack with its facts, otherwise as the small example."""
    write_pack(folder, "own", {"pack.yaml": pack})
    data = yaml.load(CLEAN.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    data |= {"模板": "自己", **STATED, **stated}
    return write_input(folder, data, "单位.yaml")


def told(file: Path) -> list[Finding]:
    with pytest.raises(FindingsError) as caught:
        read(file, models_of_packs([file.parent]))
    return list(caught.value.findings)


def test_a_file_is_read_with_the_facts_of_its_pack(tmp_path):
    file = written(tmp_path)
    model = read(file, models_of_packs([tmp_path])).model
    dumped = model.model_dump(by_alias=True)

    assert isinstance(model, KINDS["预算"].model.value)
    assert dumped["会议预算"]["本年"] == 3  # 元 in the file, 万元 in the model
    assert [one["金额"] for one in dumped["购买服务"]] == [yaml_amount("1.00005"), yaml_amount("0.2")]


def yaml_amount(text: str):
    from decimal import Decimal

    return Decimal(text)


def test_a_fact_may_be_written_in_a_unit_of_its_own(tmp_path):
    """分节金额单位 names it as it names the sections of every file."""
    file = written(tmp_path, 分节金额单位={"会议预算": "万元"}, 会议预算={"本年": "3", "上年": "2", "原因": "会议增加"})
    dumped = read(file, models_of_packs([tmp_path])).model.model_dump(by_alias=True)

    assert dumped["会议预算"]["本年"] == 3
    assert dumped["购买服务"][1]["金额"] == yaml_amount("0.2")  # 元, as the rest of the file


def test_a_pack_that_is_not_found_is_told_beside_what_it_alone_would_know(tmp_path):
    file = written(tmp_path, 模板="自已")
    result, _ = make_unit(file, Settings(Path(), ("html",), pack_folders=[tmp_path]))

    assert {"GK503", "GK201"} <= {finding.code for finding in result.findings}


LISTED = """\
服务表:
  标题: 服务表
  行集: [{清单: 购买服务}]
  栏目:
    - {标目: 服务项目, 类型: 文字, 宽: 9}
    - {标目: 人数, 宽: 9}
    - {标目: 金额, 宽: 9}
  合计行: {列: 服务项目}
"""


def test_the_columns_of_a_list_are_its_fields_and_its_total_adds_them_up(tmp_path):
    """Nothing but their names is written; a count is a count, and no money."""
    pack = PACK.replace("完成日期: {类型: 日期}", "人数: {类型: 数量}")
    pack += "选项: {表格金额单位: 元, 预算: {部分: [公开表], 章节: [], 表格: [服务表]}}\n"
    stated = [{"服务项目": "物业", "金额": "100.5", "人数": "12"}, {"服务项目": "保安", "金额": "200", "人数": "3"}]
    file = written(tmp_path, pack=pack, 购买服务=stated)
    (tmp_path / "own" / "预算").mkdir()
    (tmp_path / "own" / "预算" / "表格.yaml").write_text(LISTED, encoding="utf-8")
    table = render_disclosure(
        read(file, models_of_packs([tmp_path])).model, open_pack("own", "预算", 2024, [tmp_path])
    ).tables[0]

    cells = [[str(cell.value) for cell in row.cells] for row in table.rows]
    assert cells == [["物业", "12", "0.010050"], ["保安", "3", "0.020000"], ["合 计", "15", "0.030050"]]


def test_a_misspelt_list_is_one_mistake(tmp_path):
    tables = LISTED.replace("清单: 购买服务", "清单: 购卖服务")
    pack = PACK.replace("完成日期: {类型: 日期}", "人数: {类型: 数量}") + "选项: {预算: {表格: [服务表]}}\n"
    write_pack(tmp_path, "own", {"pack.yaml": pack, "预算/表格.yaml": tables})
    with pytest.raises(FindingsError) as caught:
        open_pack("own", "预算", 2024, [tmp_path])
    [finding] = caught.value.findings

    assert "没有清单“购卖服务”" in finding.message
    assert "“购买服务”" in finding.advice


def test_a_day_stands_in_a_table_as_it_is_said(tmp_path):
    tables = (
        "服务表:\n  标题: 服务表\n  行集: [{清单: 购买服务}]\n  列数: {日期: 完成日期}\n"
        "  栏目: [{标目: 日期, 类型: 文字, 宽: 9}]\n  合计行: {位置: 无}\n"
    )
    pack = PACK + "选项: {预算: {部分: [公开表], 章节: [], 表格: [服务表]}}\n"
    file = written(tmp_path, pack=pack)
    (tmp_path / "own" / "预算").mkdir()
    (tmp_path / "own" / "预算" / "表格.yaml").write_text(tables, encoding="utf-8")
    rendered = render_disclosure(
        read(file, models_of_packs([tmp_path])).model, open_pack("own", "预算", 2024, [tmp_path])
    )

    assert [row.cells[0].value for row in rendered.tables[0].rows] == [None, "2024年6月30日"]


@pytest.mark.parametrize(
    ("stated", "says", "at"),
    [
        ({"会议预算": None}, "“会议预算”", None),
        ({"会议予算": {"本年": "1"}}, "不认识“会议予算”", "会议予算"),
        ({"会议预算": {"本年": "1", "上年": "2"}}, "“会议预算”缺少“原因”", "会议预算:"),
        ({"会议预算": {"本年": "一万", "上年": "2", "原因": "多"}}, "金额“一万”不是数字", "本年: 一万"),
        ({"购买服务": [{"金额": "3"}]}, "“购买服务 › 第1条”缺少“服务项目”", "- 金额"),
        ({"购买服务": [{"服务项目": "甲", "金额": "3", "完成日期": "六月"}]}, "日期“六月”写法不对", "六月"),
        ({"购买服务": [{"服务项目": "甲", "金额": "-3"}]}, "金额“-3”是负数", "金额: '-3'"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path, stated, says, at):
    file = written(tmp_path, **{name: value for name, value in stated.items() if value is not None})
    if stated == {"会议预算": None}:
        text = file.read_text(encoding="utf-8")
        start, end = text.index("会议预算:"), text.index("购买服务:")
        file.write_text(text[:start] + text[end:], encoding="utf-8")
    found = told(file)

    assert any(says in finding.message for finding in found), [finding.message for finding in found]
    if at is not None:
        finding = next(finding for finding in found if says in finding.message)
        assert finding.place is not None
        assert finding.place.line == line_with(file.read_text(encoding="utf-8"), at)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (("类型: 数量", "类型: 数字"), "只能是金额、数量、比率、文字、日期、清单"),
        (("属于: 项目", "属于: 项木"), "只能是文件、科目、项目、三公项"),
        (("必填: 是\n    比较", "必须: 是\n    比较"), "不认识的名称"),
        (("会议预算:\n    类型: 金额", "会议 预算:\n    类型: 金额"), "里不能有空格和符号"),
        (("会议预算:\n", "三公经费:\n"), "文件里已经有这个名称"),
        (("绩效等级: {类型: 文字", "名称: {类型: 文字"), "项目里已经有这个名称"),
        (("用于: [三公项, 科目变动, 机关运行经费]", "用于: [三公]"), "没有“三公”"),
        (("上年执行数: {用于", "原因: {用于"), "里已经有名称“原因”"),
        (
            ("    各项: {服务项目: {必填: 是}, 金额: {类型: 金额, 必填: 是}, 完成日期: {类型: 日期}}\n", ""),
            "“各项”写在",
        ),
        (("完成日期: {类型: 日期}", "完成日期: {类型: 清单}"), "清单里不能再有清单"),
        (("{类型: 文字, 属于: 项目}", "{类型: 文字, 属于: 项目, 比较: {上年: {}}}"), "只有金额、数量、比率有“比较”"),
        (("比较: {上年: {原因: 原因}", "比较: {本年: {原因: 原因}"), "不能用"),
        (("接待人次: {类型", "上年执行数: {类型"), "在同一处已经是"),
        (
            ("机关运行经费], 文种: [预算], 必填: 否}", "机关运行经费], 文种: [预算], 原因: 上年执行数}"),
            "在同一处已经是",
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_mistake_in_a_declaration_is_told_with_its_line(tmp_path, changed, says):
    assert changed[0] in PACK
    write_pack(tmp_path, "own", {"pack.yaml": PACK.replace(*changed, 1)})
    with pytest.raises(FindingsError) as caught:
        open_pack("own", "预算", 2024, [tmp_path])
    finding = caught.value.findings[0]

    assert says in finding.message
    assert finding.place is not None
    assert finding.place.file.endswith("pack.yaml")
    assert finding.place.line


def test_a_name_with_nothing_behind_it_is_no_fact_that_gets_lost(tmp_path):
    write_pack(tmp_path, "own", {"pack.yaml": "名称: own\n上级: base\n事实:\n  走访次数:\n比较:\n  年初预算:\n"})
    with pytest.raises(FindingsError) as caught:
        open_pack("own", "预算", 2024, [tmp_path])

    told = [(finding.place.line, finding.message) for finding in caught.value.findings if finding.place]
    assert told == [(4, "“事实”的“走访次数”后面什么都没有写"), (6, "“比较”的“年初预算”后面什么都没有写")]


def test_a_child_drops_a_fact_and_changes_another(tmp_path):
    write_pack(tmp_path, "own", {"pack.yaml": PACK})
    child = "名称: 下级\n上级: own\n事实: {购买服务: 无, 会议预算: {必填: 否}}\n"
    write_pack(tmp_path, "child", {"pack.yaml": child})
    fields = {field.alias: field for field in model_of_pack("child", "预算", 2024, [tmp_path]).model_fields.values()}

    assert "购买服务" not in fields
    assert not fields["会议预算"].is_required()


def test_a_comparison_that_is_stated_in_part_does_not_stand_for_the_whole(tmp_path):
    tables = (
        "三公表:\n  标题: 三公表\n  行集: [{一行: 是}]\n  合计行: {位置: 无}\n  列数:\n    全部: 三公经费@上年执行数\n"
        "    接待: 三公经费@上年执行数[三公项=公务接待费]\n    比: 增减率(三公经费, 三公经费@上年执行数)\n"
        "  栏目: [{标目: 全部, 宽: 9}, {标目: 接待, 宽: 9}, {标目: 比, 宽: 9}]\n"
    )
    pack = PACK + "选项: {预算: {部分: [公开表], 章节: [], 表格: [三公表]}}\n"
    items = yaml.load(CLEAN.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)["三公经费"]
    items["公务接待费"]["上年执行数"] = "100"
    file = written(tmp_path, pack=pack, 三公经费=items)
    (tmp_path / "own" / "预算").mkdir()
    (tmp_path / "own" / "预算" / "表格.yaml").write_text(tables, encoding="utf-8")
    [table] = render_disclosure(
        read(file, models_of_packs([tmp_path])).model, open_pack("own", "预算", 2024, [tmp_path])
    ).tables[:1]

    assert [cell.value for cell in table.rows[0].cells] == [None, yaml_amount("0.01"), None]


def test_the_reasons_of_a_fact_are_refused_where_all_the_money_is_secret(tmp_path):
    """They stand in a record of their own, and would tell what the money is for."""
    file = written(tmp_path)
    model = read(file, models_of_packs([tmp_path])).model
    refused = model.model_copy(update=refused_own(model, "不公开")).model_dump(by_alias=True)

    assert refused["会议预算"]["原因"] == "不公开"
    assert refused["会议预算"]["本年"] == 3


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        (
            {"会议预算": {"本年": "30000", "上年": "20000", "原因": "会议减少"}},
            "会议预算本年 30,000.00 元，上年 20,000.00 元，增加 10,000.00 元；原因里却只说减少",
        ),
        (
            {"会议预算": {"本年": "30000", "上年": "20000", "原因": "与上年持平"}},
            "会议预算本年 30,000.00 元，上年 20,000.00 元，增加 10,000.00 元；原因里却说没有变化",
        ),
        (
            {"机关运行经费": {"上年": "0", "原因": "人员增加", "上年执行数": "99900000", "执行数原因": "人员增加"}},
            "机关运行经费本年 23,000.00 元，上年执行数 99,900,000.00 元，减少 99,877,000.00 元；原因里却只说增加",
        ),
    ],
)
def test_the_reasons_of_a_pack_are_held_against_its_figures(stated, says, tmp_path):
    pack = PACK.replace("文种: [预算], 必填: 否}", "文种: [预算], 必填: 否, 原因: 执行数原因}")
    file = written(tmp_path, pack=pack, **stated)
    result = check_unit(file, Settings(tmp_path, pack_folders=[tmp_path]))

    assert [f.message for f in result.findings if f.code in {"GK701", "GK702"}] == [says]


def test_a_pack_without_facts_has_the_plain_model():
    assert model_of_pack("base", "预算", 2024) is KINDS["预算"].model.value


def test_a_document_of_another_pack_is_printed_without_what_it_does_not_state(tmp_path):
    """The facts are there and empty: a template asks whether they are stated."""
    template = (
        "<p>{% if 数据.会议预算 %}有{% else %}没有{% endif %}会议预算，{{ 整数(数据.购买服务 | length) }}项。</p>\n"
    )
    manifest = PACK + "选项: {部分: [名词解释]}\n"
    write_pack(tmp_path, "own", {"pack.yaml": manifest, "预算/名词解释.html": template})
    pack = open_pack("own", "预算", 2024, [tmp_path])

    assert "没有会议预算，0项。" in render_disclosure(read(CLEAN).model, pack).html


@pytest.fixture(scope="module")
def shifan() -> Path:
    return ROOT / "templates" / "shifan" / "例子"


@pytest.mark.parametrize("name", ["单位预算", "单位决算"])
def test_the_demonstration_is_right(shifan, name):
    result, contents = make_unit(shifan / f"{name}.yaml", Settings(Path(), ("html",)))

    assert not result.failed, [finding.message for finding in result.findings]
    assert contents


def test_what_the_demonstration_declares_is_in_every_output(shifan):
    pack = open_pack("shifan", "预算", 2025, scope="单位")
    rendered = render_disclosure(read(shifan / "单位预算.yaml", models_of_packs()).model, pack)
    document = parse_document(rendered)
    text = document.root.text_content()
    files = open_data(rendered)
    [services] = [name for name in files if name.endswith(".csv") and "政府购买服务" in name]
    table = list(csv.DictReader(io.StringIO(files[services].decode("utf-8-sig"))))
    facts = json.loads(files["数据.json"])["事实"]
    book = load_workbook(io.BytesIO(render_xlsx(document, rendered)))
    [sheet] = [book[name] for name in book.sheetnames if "新增资产" in name]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]

    assert (
        "公务接待费0.60万元，较上年预算减少0.20万元，下降25.00%，主要原因是压减接待批次；较上年执行数增加0.06万元"
        in text
    )
    assert "2025年政府购买服务预算0.30万元，见表 11；计划新增资产0.50万元，见表 12。" in text
    assert [row["金额"] for row in table] == ["0.30", "0.20", "0.10"]
    assert [one["服务项目"] for one in facts["政府购买服务"]] == ["年鉴印刷校对", "档案数字化"]
    assert facts["三公经费"]["公务接待费"]["上年执行数"] == 0.54
    assert "台式计算机" in cells
    assert 5000 in cells  # 元, a number


def test_the_item_of_a_final_account_is_compared_with_the_original_budget(shifan):
    pack = open_pack("shifan", "决算", 2024, scope="单位")
    text = parse_document(
        render_disclosure(read(shifan / "单位决算.yaml", models_of_packs()).model, pack)
    ).root.text_content()

    assert (
        "年初预算为31.23万元，支出决算为31.00万元，完成年初预算的99.25%。决算数与年初预算数的差异原因是：厉行节约"
        in text
    )


@pytest.mark.parametrize(("scope", "title"), [("单位", "2025年单位预算"), ("部门", "2025年部门预算")])
def test_units_and_departments_have_titles_of_their_own(shifan, scope, title):
    result, _ = make_unit(shifan / "单位预算.yaml", Settings(Path(), ("html",), scope=scope))

    assert result.title.endswith(title)
