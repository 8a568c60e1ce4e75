"""What a pack can decide by an option alone: words of a change, cells, dates, numbers, brackets, order, look."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.enum.section import WD_ORIENT
from lxml import html

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import parse_document
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.model.disclosure import Disclosure
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.packs.open import open_pack
from gongkai.produce.unit import Settings, render_unit
from support.examples import EXAMPLE, ROOT
from support.fixtures import example_input, gongkai, write_input, write_pack

FINAL = ROOT / "examples" / "bozhou-swj-2024-final.yaml"


@cache
def disclosure(path: Path = EXAMPLE, year: int = 2024) -> Disclosure:
    return read(path).model.model_copy(update={"year": year})


def made_with(folder: Path, options: str, files: dict[str, str] | None = None) -> Rendered:
    """The example in a pack of these options beneath 克州."""
    write_pack(folder, "own", {"pack.yaml": f"名称: 自己\n上级: kezhou\n选项:\n{options}", **(files or {})})
    return render_disclosure(disclosure(), open_pack("own", "预算", 2024, (folder,)))


def said(text: Rendered) -> str:
    return str(html.document_fromstring(text.html).text_content())


def cells(text: Rendered, title: str) -> list[list[str]]:
    """The body rows of the table with this title."""
    for sheet in html.document_fromstring(text.html).iterfind(".//section[@class='sheet']"):
        if title in (sheet.findtext("p[@class='table-title']") or ""):
            return [[cell.text_content() for cell in row] for row in sheet.iterfind(".//tbody/tr")]
    raise AssertionError(f"no table {title}")


CHANGES = """\
  比较基数: 上年执行数
  增减句式: {没有变化: "{与}持平", 上年为零: "{比}增加{差额}万元，无可比性", 增加: "{比}增长{幅度}%，增加{差额}万元"}
"""


def test_a_change_is_said_in_the_packs_words_and_against_its_base(tmp_path):
    text = said(made_with(tmp_path, CHANGES))

    assert "一般公共预算545.70万元，占52.13%，比上年执行数增长12.19%，增加59.30万元，主要原因是" in text
    assert "2024年预算数为20.00万元，比上年执行数增加20.00万元，无可比性，主要原因是" in text
    assert "因公出国（境）费持平，主要原因是" in text
    assert "比上年执行数减少2.68万元，下降0.92%" in text  # not stated: the parent's
    assert "上年预算" not in text.partition("第四部分")[0]


def test_tables_may_be_in_yuan_while_the_prose_stays_in_wan_yuan(tmp_path):
    text = made_with(tmp_path, "  表格金额单位: 元\n")

    assert cells(text, "支出总体情况表")[-1] == ["", "", "", "合 计", "10,468,200.00", "5,257,000.00", "5,211,200.00"]
    assert "单位：元" in said(text)
    assert "单位：万元" not in said(text)
    assert "收支总预算1,046.82万元" in said(text)


def test_whole_yuan_and_zeros_when_the_pack_wants_them(tmp_path):
    text = made_with(tmp_path, '  表格金额单位: 元\n  表格小数: 不印\n  表格零值: "0.00"\n')

    assert cells(text, "三公”经费支出情况表")[0] == ["合计", "120,000", "120,000", "0", "0"]
    assert cells(text, "单位收支总体情况表")[0] == ["一、本年收入", "10,468,200", "201 一般公共服务支出", "9,688,000"]


def test_a_note_says_that_totals_may_be_off_by_a_cent_only_where_amounts_are_rounded(tmp_path):
    note = "注：本表金额由元换算为万元，合计与各项之和可能有尾数差异。"
    exact = made_with(tmp_path, "  自称: 我单位\n")
    rounded = render_disclosure(disclosure(ROOT / "examples" / "minimal-budget.yaml"), open_pack("base", "预算", 2024))
    in_yuan = open_pack("外省式样", "预算", 2024)

    assert note not in exact.html
    assert rounded.html.count(note) >= 4
    assert note not in said(render_disclosure(disclosure(ROOT / "examples" / "minimal-budget.yaml"), in_yuan))


def test_a_cell_that_means_nothing_stays_blank_where_zeros_are_printed(tmp_path):
    rows = cells(made_with(tmp_path, '  表格零值: "0.00"\n'), "单位收支总体情况表")

    assert rows[1] == ["1.一般公共预算拨款", "545.70", "202 外交支出", "0.00"]
    assert rows[-2][:2] == ["", ""]  # the form has more rows on the right


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("1.", "2.一般公共服务支出"),
        ("1、", "2、一般公共服务支出"),
        ("（一）", "（二）一般公共服务支出"),
        ("（1）", "（2）一般公共服务支出"),
    ],
)
def test_items_are_numbered_as_the_pack_says(form, printed, tmp_path):
    assert f"{printed}（类）商贸事务（款）" in said(made_with(tmp_path, f'  列项编号: "{form}"\n'))


def test_brackets_of_half_width(tmp_path):
    text = said(made_with(tmp_path, '  科目全称: "{类}(类){款}(款){项}(项)"\n  类名称: "{类}(类)"\n'))

    assert "1.一般公共服务支出(类)商贸事务(款)行政运行(项)：2024年预算数" in text
    assert "1、一般公共服务支出(类)467.68万元" in text


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("{年}年{月}月{日}日", "2024年2月25日"),
        ("{年}-{两位月}-{两位日}", "2024-02-25"),
        ("{汉字年}年{汉字月}月{汉字日}日", "二〇二四年二月二十五日"),
    ],
)
def test_the_date_is_written_as_the_pack_says(form, printed, tmp_path):
    text = made_with(tmp_path, f'  落款日期: "{form}"\n')

    assert html.document_fromstring(text.html).findall(".//p[@class='sign']")[1].text_content() == printed


def test_an_unknown_word_in_a_form_is_told_with_those_that_fit(tmp_path):
    with pytest.raises(FindingsError) as caught:
        made_with(tmp_path, '  落款日期: "{年}年{星期}"\n')

    [finding] = caught.value.findings
    assert "不认识 {星期}" in finding.message
    assert "{两位月}" in finding.message
    assert finding.place is not None
    assert finding.place.line == 4


def test_the_year_and_the_unit_are_filled_in_whatever_the_option(tmp_path):
    text = said(made_with(tmp_path, '  比较基数: "{年度}年初预算"\n  采购预算: "{口径}采购预算"\n'))

    assert "占52.13%，比2024年初预算增加59.30万元" in text
    assert "单位采购预算233.65万元" in text


def test_words_that_a_form_does_not_know_are_refused(tmp_path):
    with pytest.raises(FindingsError, match=re.escape("不认识 {年度}")):
        made_with(tmp_path, '  增减句式: {增加: "{年度}{比}增加{差额}万元"}\n')


def test_money_of_a_class_that_the_form_does_not_list_gets_a_row(tmp_path):
    tables = '收支总体: {功能类: ["201"]}\n'
    rows = cells(made_with(tmp_path, "  自称: 我单位\n", {"预算/表格.yaml": tables}), "单位收支总体情况表")

    assert [row[2:] for row in rows[:2]] == [["201 一般公共服务支出", "968.80"], ["208 社会保障和就业支出", "78.02"]]


def test_another_provinces_income_adds_up_row_by_row():
    rendered = render_disclosure(
        disclosure(ROOT / "examples" / "shili-ju-2024-budget.yaml"), open_pack("外省式样", "预算", 2024)
    )
    for row in cells(rendered, "收入总体情况表"):
        whole, *parts = (Decimal(cell.replace(",", "")) for cell in row[2:])
        assert whole == sum(parts), row


def test_spaces_around_figures_in_the_text_but_not_in_tables(tmp_path):
    document = parse_document(made_with(tmp_path, "  数字两侧空格: true\n")).root
    text = "\n".join(p.text_content() for p in document.iter("p", "h2"))

    assert "一、关于克孜勒苏柯尔克孜自治州商务局 2024 年收支预算情况的总体说明" in text
    assert "比上年预算增加 59.30 万元，增长 12.19%，主要原因" in text
    assert "2013350" not in text
    assert not [cell for cell in document.iter("td") if cell.text_content() != cell.text_content().strip()]


def test_parts_in_another_order_with_a_lead_and_a_part_of_the_packs_own(tmp_path):
    options = (
        "  部分: [情况说明, 公开表, 附件]\n  部分标题: {附件: 附件清单}\n  部分引语: {公开表: 以下各表由本单位编制。}\n"
    )
    root = html.document_fromstring(
        made_with(tmp_path, options, {"预算/附件.html": "<p>批复文件一份。</p>\n"}).html,
    )
    parts = list(root.iterfind(".//section[@class='part']"))

    assert [part.findtext("h1") for part in parts] == [
        "第一部分　2024年单位预算情况说明", "第二部分　2024年单位预算公开表", "第三部分　附件清单",
    ]  # fmt: skip
    assert parts[1].findtext("p") == "以下各表由本单位编制。"


def test_a_section_with_the_units_own_words(tmp_path):
    section = '<p>{{ budget.supplements["乡村振兴"] | default("没有。") | lines }}</p>\n'
    options = "  章节: [总体, 乡村振兴]\n  章节标题: {乡村振兴: 乡村振兴资金情况}\n"
    write_pack(tmp_path, "own", {
        "pack.yaml": f"名称: 自己\n上级: kezhou\n选项:\n{options}", "预算/说明/乡村振兴.html": section,
    })  # fmt: skip
    data = example_input()
    said_nothing = render_disclosure(disclosure(), open_pack("own", "预算", 2024, (tmp_path,)))
    data["补充说明"] = {"乡村振兴": "安排衔接资金，\n用于三个村。"}
    told = render_disclosure(read(write_input(tmp_path, data)).model, open_pack("own", "预算", 2024, (tmp_path,)))

    assert "二、乡村振兴资金情况没有。" in said(said_nothing).replace("\n", "")
    assert "<p>安排衔接资金，<br>用于三个村。</p>" in told.html


def test_a_head_of_a_column_by_its_name(tmp_path):
    tables = "支出总体: {列名称: {科目名称: 科目}}\n"
    text = made_with(tmp_path, "  自称: 我单位\n", {"预算/表格.yaml": tables})

    assert '<th scope="col" rowspan="2">科目</th>' in text.html

    with pytest.raises(FindingsError, match="“列名称”里的“科目名”这一列没有"):
        made_with(tmp_path, "  自称: 我单位\n", {"预算/表格.yaml": tables.replace("科目名称: 科目", "科目名: 科目")})


def test_the_year_and_the_unit_are_filled_in_wherever_a_table_prints_something(tmp_path):
    tables = """\
收支总体:
  栏目:
    - {标目: "{年度}年收入", 列: 收入项目, 类型: 文字, 宽: 30}
    - 标目: "{口径}预算"
      下级:
        - {标目: "{年度}年", 列: 收入数, 宽: 20}
        - {标目: 功能分类, 列: 支出项目, 类型: 文字, 宽: 30}
        - {标目: 预算数, 列: 支出数, 宽: 20}
  列名称: {支出数: "{表格金额单位}"}
  行名称: {一般公共预算: "{年度}年拨款"}
  左栏:
    - {项目: "{口径}收入", 数: 本年收入}
    - {项目: 拨款, 数: 一般公共预算}
  功能类: ["201", "208"]
  功能类名称: {"201": "{口径}公共服务"}
  栏次: ["{年度}", "1", "", "2"]
  合计行: {名称: {收入项目: "{年度}年合计", 支出项目: 合计}}
支出总体:
  合计行: {名称: "{口径}合计"}
"""
    text = made_with(tmp_path, "  自称: 我单位\n", {"预算/表格.yaml": tables})
    [sheet, *_] = html.document_fromstring(text.html).iterfind(".//section[@class='sheet']")

    assert [th.text_content() for th in sheet.iterfind(".//thead//th")] == [
        "2024年收入", "单位预算", "2024年", "功能分类", "万元", "2024", "1", "", "2",
    ]  # fmt: skip
    assert cells(text, "收支总体情况表") == [
        ["单位收入", "1,046.82", "201 单位公共服务", "968.80"],
        ["2024年拨款", "545.70", "208 社会保障和就业支出", "78.02"],
        ["2024年合计", "1,046.82", "合计", "1,046.82"],
    ]
    assert "单位合计" in cells(text, "支出总体情况表")[-1]


def test_braces_in_a_clerks_words_are_no_words_of_the_pack(tmp_path):
    data = example_input()
    data["单位"]["名称"] = "某局{年度}"
    text = render_disclosure(read(write_input(tmp_path, data)).model, open_pack("kezhou", "预算", 2024))

    assert "编制单位：某局{年度}" in said(text)


def test_a_whole_document_in_landscape(tmp_path):
    files = {"pack.yaml": "名称: 横\n上级: base\n选项: {部分: [名词解释]}\n", "style.yaml": "页面: {整本横向: true}\n"}
    write_pack(tmp_path, "wide", files)
    result = render_unit(EXAMPLE, Settings(tmp_path / "out", ("pdf", "docx"), "wide", (tmp_path,)))

    assert not result.failed
    pdf, word = (path.read_bytes() for path in result.written)
    assert all(page.mediabox.width > page.mediabox.height for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert all(s.orientation == WD_ORIENT.LANDSCAPE for s in docx.Document(io.BytesIO(word)).sections)


def test_the_edition_can_be_chosen_in_the_file_and_on_the_command_line(tmp_path):
    data = example_input() | {"模板年度": "2025"}
    by_file = render_unit(write_input(tmp_path, data, "文件.yaml"), Settings(tmp_path, ("html",)))
    write_input(tmp_path, example_input(), "命令.yaml")
    by_command = gongkai("render", "命令.yaml", "--edition", "2025", "--format", "html", "-o", ".", cwd=tmp_path)

    assert by_command.returncode == 0, by_command.stderr
    for text in (by_file.written[0].read_text(encoding="utf-8"), (tmp_path / "命令.html").read_text(encoding="utf-8")):
        assert "当年预算安排项目共3个" in text
        assert "234 抗疫特别国债" not in text


# --------------------------------------------------------------------------------------
# Packs of the product without a document among the references: their wording by the difference tables


def test_final_account_of_changji_2023_has_the_wording_of_its_form():
    rendered = render_disclosure(disclosure(FINAL, 2023), open_pack("昌吉州", "决算", 2023))
    text, headings = said(rendered), [h.text_content() for h in html.document_fromstring(rendered.html).iter("h2")]

    assert "七、财政拨款“三公”经费支出决算情况说明" in headings
    assert "八、政府性基金预算财政拨款收入支出决算情况说明" in headings
    assert "使用非财政拨款结余（含专用结余）" not in text
    assert "我单位本年度无国有资本经营预算财政拨款收入" in text
    assert "单位无下属预算单位，下设5个科室，分别是：" in text
    assert "其中：在职人员30人，离休人员0人，退休人员17人。" in text
    assert "（一）机关运行经费支出情况" in text
    assert "我单位2023年度预算绩效管理整体支出绩效自评表1个，全年预算总额" in text
    assert "具体项目自评情况附绩效自评表及自评报告。" in text
    three = next(line for line in text.splitlines() if line.startswith("2023年度财政拨款“三公”经费支出"))
    assert three.count("；公务") == 2


def test_final_account_of_changji_2023_puts_ended_items_last():
    text = said(render_disclosure(disclosure(FINAL, 2023), open_pack("昌吉州", "决算", 2023)))
    items = [line for line in text.splitlines() if "支出决算数为" in line]
    general = items[: next(i for i, line in enumerate(items) if i and line.startswith("1."))]
    ended = ["支出决算数为0.00万元" in line for line in general]

    assert any(ended)
    assert ended == sorted(ended)


def test_another_province_has_its_own_shape():
    text = render_disclosure(disclosure(), open_pack("外省式样", "预算", 2024))
    root = html.document_fromstring(text.html)

    assert [h.text_content()[5:] for h in root.iter("h1")] == [
        "单位概况", "2024年度单位预算情况说明", "2024年度单位预算表", "名词解释",
    ]  # fmt: skip
    parts = root.findall(".//section[@class='part']")
    assert [h.text_content().partition("、")[0] for h in parts[1].iterfind("h2")] == list("一二三四五六七八九十")
    assert "公务接待费持平" in said(text)
    assert "上年没有安排，不可比" in said(text)
    assert "单位：元" in said(text)
    assert cells(text, "会议费和培训费预算表")[-2:] == [["会议费", "0.00"], ["培训费", "0.00"]]
    assert cells(text, "政府采购预算表")[0] == ["合计", "2,336,500.00"]


# --------------------------------------------------------------------------------------
# Performance tables


def final_with(folder: Path, options: str, **changes: object) -> Rendered:
    """The published final account in a pack of these options beneath 博州."""
    write_pack(folder, "own", {"pack.yaml": f"名称: 自己\n上级: bozhou\n选项:\n{options}"})
    account = disclosure(FINAL).model_copy(update=changes)
    return render_disclosure(account, open_pack("own", "决算", 2024, (folder,)))


def all_cells(text: Rendered, title: str) -> list[list[str]]:
    """The rows of form and grid of every table with this title."""
    return [
        [cell.text_content() for cell in row]
        for sheet in html.document_fromstring(text.html).iterfind(".//section[@class='sheet']")
        if title in (sheet.findtext("p[@class='table-title']") or "")
        for row in sheet.iterfind(".//tbody/tr")
    ]


def test_scores_end_without_zeros_when_the_pack_wants_them_so(tmp_path):
    kept = all_cells(final_with(tmp_path / "a", "  决算自称: 我单位\n"), "项目支出绩效自评表")
    short = all_cells(final_with(tmp_path / "b", "  分数末尾零: 去掉\n"), "项目支出绩效自评表")
    totals = [row for row in kept if row[0] == "总分"]

    assert ["总分", "100", "100.00分", ""] in totals
    assert ["总分", "100", "100分", ""] in short
    assert ["总分", "100", "98.80分", ""] in totals
    assert ["总分", "100", "98.8分", ""] in short
    assert any(row[-2:] == ["100.00%", "10分"] for row in short)  # a rate is no score


def test_amounts_in_forms_without_separators(tmp_path):
    text = final_with(tmp_path, "  绩效表千分位: false\n")

    assert ["合计", "651.03", "3175.09", "3174.98", "10", "100.00%", "10.00"] in all_cells(text, "整体支出绩效自评表")
    assert "1,570.64" in said(text)  # prose and official tables keep theirs


def test_amounts_without_separators_stay_numbers_in_the_workbook(tmp_path):
    text = final_with(tmp_path, "  绩效表千分位: false\n")
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(parse_document(text), text)))
    shown = {(cell.value, cell.number_format) for row in book["单位整体支出绩效自评表"].iter_rows() for cell in row}

    assert (3174.98, "0.00") in shown


def test_the_total_score_stands_in_joined_cells(tmp_path):
    text = final_with(tmp_path, "  决算自称: 我单位\n")
    rows = html.document_fromstring(text.html).xpath("//tr[@class='total'][td='总分']")

    assert rows
    assert all([cell.get("colspan", "1") for cell in row] == ["6", "1", "1", "5"] for row in rows)


@pytest.mark.parametrize("file", [EXAMPLE, FINAL])
def test_a_cover_without_a_date(tmp_path, file):
    parent, kind = ("kezhou", "预算") if file == EXAMPLE else ("bozhou", "决算")
    write_pack(tmp_path, "own", {"pack.yaml": f'名称: 自己\n上级: {parent}\n选项: {{封面日期: ""}}\n'})
    text = render_disclosure(disclosure(file), open_pack("own", kind, 2024, (tmp_path,)))

    assert not html.document_fromstring(text.html).find_class("cover-date")


def test_a_unit_has_another_name_in_its_performance_form():
    budget, account = disclosure(EXAMPLE), disclosure(FINAL)
    named = budget.model_copy(
        update={"unit_target": budget.unit_target.model_copy(update={"unit_name": "克州驻吉代表处办公室"})}
    )
    evaluated = account.model_copy(
        update={"unit_evaluation": account.unit_evaluation.model_copy(update={"unit_name": "商务局（本级）"})}
    )

    target = render_disclosure(named, open_pack("kezhou", "预算", 2024)).tables
    evaluation = render_disclosure(evaluated, open_pack("bozhou", "决算", 2024)).tables

    assert [t.form[0].cells[1].value for t in target if t.key == "整体绩效目标"] == ["克州驻吉代表处办公室"]
    assert [t.form[0].cells[1].value for t in evaluation if t.key == "整体绩效自评"] == ["商务局（本级）"]
