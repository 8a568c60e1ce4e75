"""The commands of books, as a clerk runs them: new, convert, and every command that takes a data file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from gongkai.cli.main import cli
from gongkai.intake.data_file import read_tree
from gongkai.intake.read import read, read_alone
from gongkai.kinds import KINDS
from support.books import EXAMPLES, column_of, row_of
from support.slips import ROOT

BUDGET = ROOT / "examples/kezhou-swj-2024-budget.yaml"
FINAL = ROOT / "examples/bozhou-swj-2024-final.yaml"
SAMPLE, SAMPLE_FINAL = (ROOT / f"examples/shili-ju-2024-{kind}.yaml" for kind in ("budget", "final"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


def book_of(example: Path, folder: Path, name: str = "单位.xlsx") -> Path:
    assert run("convert", example, folder / name).exit_code == 0
    return folder / name


def data_in(file: Path) -> dict[str, Any]:
    """What a file says, wrong or right."""
    return read_tree(file).data


# new


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_book_has_no_figure_that_the_clerk_did_not_write(kind: str, tmp_path: Path) -> None:
    assert run("new", tmp_path / "单位.xlsx", "--kind", kind).exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "单位.xlsx")
    typed = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        if sheet.title not in {"科目目录", "填表说明"}
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    ]
    assert typed == []


def test_a_new_book_names_its_pack(tmp_path: Path) -> None:
    run("new", tmp_path / "单位.xlsx", "--pack", "克州")
    sheet = openpyxl.load_workbook(tmp_path / "单位.xlsx")["单位"]
    assert sheet.cell(row_of(sheet, "模板"), column_of(sheet, "填写")).value == "克州"


@pytest.mark.parametrize("last", [BUDGET, FINAL, SAMPLE, SAMPLE_FINAL], ids=lambda path: path.stem)
def test_last_years_figures_are_this_years_prior_ones(last: Path, tmp_path: Path) -> None:
    """What is prefilled is what 上年文件 would supply: taking it out changes nothing."""
    assert run("new", tmp_path / "下年.xlsx", "--last-year", last).exit_code == 0
    data = data_in(tmp_path / "下年.xlsx")
    model = read(last).model
    assert data["年度"] == str(model.year + 1)
    assert (tmp_path / data["上年文件"]).resolve() == last.resolve()
    name = {"预算": "支出", "决算": "科目收支"}[model.kind]
    priors = {
        (entry["科目"], fund): told["上年"] for entry in data[name] for fund, told in entry.get("变动", {}).items()
    }
    for fact in KINDS[model.kind].facts.value(model):
        if fact.key == "上年" and fact.where[0] == name and fact.value and fact.missing:
            stated = Decimal(priors[fact.where[1].value, fact.where[3]])  # type: ignore[union-attr]
            assert stated * (Decimal("0.0001") if model.currency_unit == "元" else 1) == fact.value


def test_a_book_after_last_years_asks_for_reasons_and_leaves_values_of_indicators_blank(tmp_path: Path) -> None:
    run("new", tmp_path / "下年.xlsx", "--last-year", BUDGET)
    data = data_in(tmp_path / "下年.xlsx")
    indicators = [each for project in data["项目"] for each in project["绩效目标"]["指标"]]
    assert indicators
    assert all("指标值" not in each and each["三级"] for each in indicators)
    lines = [line for project in data["项目"] for line in project["资金"]]
    assert all(line["科目"] and line["来源"] and "金额" not in line for line in lines)
    told = run("check", tmp_path / "下年.xlsx").output
    assert "支出!J" in told
    assert "上年文件是" not in told


def test_new_does_not_write_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "单位.xlsx").write_bytes(b"mine")
    assert run("new", tmp_path / "单位.xlsx").exit_code == 2
    assert run("convert", BUDGET, tmp_path / "单位.xlsx").exit_code == 2
    assert (tmp_path / "单位.xlsx").read_bytes() == b"mine"


def test_xls_is_not_written(tmp_path: Path) -> None:
    told = run("convert", BUDGET, tmp_path / "单位.xls")
    assert told.exit_code == 1
    assert "GK165" in told.output
    assert not (tmp_path / "单位.xls").exists()


# convert


def test_convert_says_what_it_cannot_keep(tmp_path: Path) -> None:
    told = run("convert", BUDGET, tmp_path / "单位.xlsx").output
    assert "GK166" in told
    assert "注释" in told
    assert "批注" in run("convert", tmp_path / "单位.xlsx", tmp_path / "单位.yaml").output


def test_convert_writes_nothing_from_a_file_with_mistakes(tmp_path: Path) -> None:
    (tmp_path / "错.yaml").write_text("文种: 预算\n年度: 今年\n", encoding="utf-8")
    told = run("convert", tmp_path / "错.yaml", tmp_path / "错.xlsx")
    assert told.exit_code == 1
    assert "年度" in told.output
    assert not (tmp_path / "错.xlsx").exists()


def test_named_files_are_named_from_the_new_folder(tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    (tmp_path / "2024").mkdir()
    source = tmp_path / "2024/单位.yaml"
    source.write_text("上年文件: ../2023/单位.yaml\n" + BUDGET.read_text(encoding="utf-8"), encoding="utf-8")
    run("convert", source, tmp_path / "单位.xlsx")
    assert data_in(tmp_path / "单位.xlsx")["上年文件"] == "2023/单位.yaml"


# Every command takes either


def test_a_book_prints_what_its_yaml_prints(tmp_path: Path) -> None:
    book = book_of(BUDGET, tmp_path, f"{BUDGET.stem}.xlsx")
    formats = ["--format", "html,xlsx,data"]
    assert run("render", BUDGET, "-o", tmp_path / "一", *formats).exit_code == 0
    assert run("render", book, "-o", tmp_path / "二", *formats).exit_code == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "一").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "二").iterdir()} == written
    assert len(written) == 3


def test_a_book_names_books(tmp_path: Path) -> None:
    """预算文件 may be a book: a final account takes from it what it takes from the YAML."""
    book_of(SAMPLE, tmp_path, "预算.xlsx")
    text = SAMPLE_FINAL.read_text(encoding="utf-8")
    (tmp_path / "决算.yaml").write_text(f"预算文件: 预算.xlsx\n{text}", encoding="utf-8")
    final = book_of(tmp_path / "决算.yaml", tmp_path, "决算.xlsx")
    told = read(final)
    assert [named.link.key for named in told.named] == ["预算文件"]
    assert told.named[0].model == read_alone(SAMPLE)[1]


def test_a_difference_to_a_named_book_names_its_row(tmp_path: Path) -> None:
    book_of(SAMPLE, tmp_path, "预算.xlsx")
    text = SAMPLE_FINAL.read_text(encoding="utf-8")
    (tmp_path / "决算.yaml").write_text(f"预算文件: 预算.xlsx\n{text}", encoding="utf-8")
    book = openpyxl.load_workbook(tmp_path / "预算.xlsx")
    sheet = book["项目指标"]
    cell = sheet.cell(row_of(sheet, "指标值") + 1, column_of(sheet, "指标值"))
    cell.value, cell.data_type = f"{cell.value}又一", "s"
    book.save(tmp_path / "预算.xlsx")
    told = run("check", tmp_path / "决算.yaml").output
    assert f"（预算文件“项目指标”表第 {cell.row} 行" in told


def test_a_batch_takes_books_and_passes_over_what_is_none(tmp_path: Path) -> None:
    units = tmp_path / "各单位"
    units.mkdir()
    for example in EXAMPLES[:1]:
        book_of(example, units, "甲局.xlsx")
    (units / "乙局.yaml").write_bytes(BUDGET.read_bytes())
    (units / "~$甲局.xlsx").write_bytes(b"")
    (units / ".~lock.甲局.xlsx#").write_bytes(b"")
    openpyxl.Workbook().save(units / "名单.xlsx")
    (units / "甲局-核对.xlsx").write_bytes((units / "甲局.xlsx").read_bytes())
    told = run("batch", units, "-o", tmp_path / "公开", "--format", "html", "--workers", "1")
    assert told.exit_code == 0, told.output
    assert sorted(path.name for path in (tmp_path / "公开").glob("*局*")) == ["乙局.html", "甲局.html"]


def test_a_report_is_not_written_over_a_book(tmp_path: Path) -> None:
    book, other = book_of(BUDGET, tmp_path), book_of(BUDGET, tmp_path, "别的.xlsx")
    before = other.read_bytes()
    assert run("check", book, "-o", other).exit_code == 2
    assert other.read_bytes() == before
    assert run("check", book, "-o", tmp_path / "报告.xlsx").exit_code == 0
    assert run("check", book, "-o", tmp_path / "报告.xlsx").exit_code == 0  # a report is written over a report


@pytest.mark.parametrize("format_", ["json", "sarif", "xlsx", "html", "text"])
def test_every_report_names_the_cell(format_: str, tmp_path: Path) -> None:
    book = book_of(BUDGET, tmp_path)
    edited = openpyxl.load_workbook(book)
    sheet = edited["三公经费"]
    row = row_of(sheet, "公务接待费")
    sheet.cell(row, column_of(sheet, "原因")).value = None
    edited.save(book)
    run("check", book, "--format", format_, "-o", tmp_path / f"报告.{format_}")
    report = tmp_path / f"报告.{format_}"
    said = (
        str([cell.value for page in openpyxl.load_workbook(report) for line in page.iter_rows() for cell in line])
        if format_ == "xlsx"
        else report.read_text(encoding="utf-8")
    )
    assert f"G{row}" in said
    assert "三公经费" in said


# mark


def edit(book: Path, sheet: str, row: str, column: str, value: object) -> None:
    """What a clerk changes in a book."""
    workbook = openpyxl.load_workbook(book)
    page = workbook[sheet]
    page.cell(row_of(page, row), column_of(page, column)).value = value
    workbook.save(book)


def test_a_copy_is_marked_again_when_the_book_was_corrected(tmp_path: Path) -> None:
    book = book_of(BUDGET, tmp_path)
    edit(book, "三公经费", "公务接待费", "原因", None)
    assert run("mark", book).exit_code == 1
    edit(book, "三公经费", "公务接待费", "原因", "两年均未安排")
    told = run("mark", book)
    assert told.exit_code == 0, told.output
    copy = openpyxl.load_workbook(tmp_path / "单位-核对.xlsx")
    sheet = copy["三公经费"]
    assert sheet.cell(row_of(sheet, "公务接待费"), column_of(sheet, "原因")).value == "两年均未安排"


def test_a_copy_in_which_the_clerk_has_worked_is_not_written_over(tmp_path: Path) -> None:
    book = book_of(BUDGET, tmp_path)
    run("mark", book)
    copy = tmp_path / "单位-核对.xlsx"
    edit(copy, "三公经费", "公务接待费", "原因", "我改的")
    before = copy.read_bytes()
    told = run("mark", book)
    assert told.exit_code == 2
    assert "后来又填了" in told.output
    assert copy.read_bytes() == before
    assert run("mark", copy).exit_code == 0  # it is marked itself, and what was filled in stays
    sheet = openpyxl.load_workbook(copy)["三公经费"]
    assert sheet.cell(row_of(sheet, "公务接待费"), column_of(sheet, "原因")).value == "我改的"


def test_a_batch_names_the_cell(tmp_path: Path) -> None:
    units = tmp_path / "各单位"
    units.mkdir()
    book = book_of(BUDGET, units)
    edit(book, "三公经费", "公务接待费", "原因", None)
    told = run("batch", units, "-o", tmp_path / "公开", "--format", "html", "--workers", "1").output
    assert "单位.xlsx 三公经费!G" in told
    assert "单位.xlsx 三公经费!G" in (tmp_path / "公开/批量报告.txt").read_text(encoding="utf-8")


def test_next_year_has_every_line_of_this_years_money_without_its_figure(tmp_path: Path) -> None:
    run("new", tmp_path / "下年.xlsx", "--last-year", SAMPLE)
    data, last = data_in(tmp_path / "下年.xlsx"), data_in(SAMPLE)
    assert {line["科目"] for line in data["支出"]} == {line["科目"] for line in last["支出"]}
    sheet = openpyxl.load_workbook(tmp_path / "下年.xlsx")["支出"]
    lines = {(row[0].value, row[2].value) for row in sheet.iter_rows(min_row=5) if row[0].value}
    for entry in last["支出"]:
        assert {(entry["科目"], source) for source in entry.get("项目支出", {})} <= lines


@pytest.mark.parametrize("name", ["数据.yaml", "文稿.docx", "旧的.xls"])
def test_mark_writes_over_nothing_but_its_own_copy(name: str, tmp_path: Path) -> None:
    book = book_of(BUDGET, tmp_path)
    (tmp_path / name).write_bytes("文种: 预算\n".encode())
    assert run("mark", book, "-o", tmp_path / name).exit_code == 2
    assert (tmp_path / name).read_bytes() == "文种: 预算\n".encode()


def test_a_book_with_a_sheet_of_that_name_of_the_clerks_own_is_not_changed(tmp_path: Path) -> None:
    book = book_of(BUDGET, tmp_path)
    workbook = openpyxl.load_workbook(book)
    workbook.create_sheet("核对结果").append(["我自己记的"])
    workbook.save(book)
    before = book.read_bytes()
    run("mark", book)
    assert book.read_bytes() == before
    assert (tmp_path / "单位-核对.xlsx").exists()


def test_a_formula_typed_into_the_copy_is_work(tmp_path: Path) -> None:
    book = book_of(BUDGET, tmp_path)
    run("mark", book)
    copy = tmp_path / "单位-核对.xlsx"
    edit(copy, "三公经费", "公务接待费", "一般公共预算", "=100+20")
    before = copy.read_bytes()
    assert run("mark", book).exit_code == 2
    assert copy.read_bytes() == before
