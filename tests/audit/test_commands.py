"""``gongkai audit``: one document, many, folders, reports; and the same from a program."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from gongkai import audit_document
from gongkai.cli.main import cli
from gongkai.produce.unit import Settings, render_unit
from support.claimed import kept
from support.fixtures import CLEAN, ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A clean document, and in a sub-folder one that was not filled in."""
    folder = tmp_path_factory.mktemp("documents")
    render_unit(CLEAN, Settings(folder, ("xlsx",)))
    good = folder / f"{CLEAN.stem}.xlsx"
    bad = folder / "下属" / "没有填完.xlsx"
    bad.parent.mkdir()
    book = openpyxl.load_workbook(good)
    sheet = book.create_sheet("情况说明")
    sheet["A1"] = "XX局比上年决算数下降（增长）3.20万元，主要原因是。"
    book.save(bad)
    shutil.copy(CLEAN, folder / "数据.yaml")
    return folder


def run(*arguments: object):
    return CliRunner().invoke(cli, ["audit", *map(str, arguments)], catch_exceptions=False)


def test_a_clean_document_passes(folder):
    done = run(folder / f"{CLEAN.stem}.xlsx")

    assert done.exit_code == 0
    assert "通过（0 个错误，0 个警告" in done.output


def test_what_is_wrong_is_told_with_its_cell_and_ends_with_1(folder):
    done = run(folder / "下属" / "没有填完.xlsx")

    assert done.exit_code == 1
    assert "错误 GK871 有 2 处没有填完：“XX”、“下降（增长）”" in done.output
    assert "错误 GK872 “主要原因是”后面没有内容" in done.output
    assert "情况说明" in done.output


def test_a_folder_is_gone_through_and_told_together(folder):
    done = run(folder)

    assert done.exit_code == 1
    assert "共 2 份：通过 1，不通过 1；2 个错误" in done.output
    assert "  GK871 1 处，1 份：" in done.output


def test_json_is_whole_and_alone(folder):
    done = run(folder, "--format", "json")

    files = json.loads(done.stdout)["files"]
    assert [file["passed"] for file in files] == [True, False]
    assert (files[0]["unit"], files[0]["kind"], files[0]["year"]) == ("示例县地方志编纂室", "预算", 2024)
    first = files[1]["findings"][0]
    assert (first["code"], first["consequences"]) == ("GK871", [])


def test_the_sheet_of_a_reviewer_has_a_summary_of_all(folder, tmp_path):
    done = run(folder, "-o", tmp_path / "检查.xlsx")

    book = openpyxl.load_workbook(tmp_path / "检查.xlsx")
    assert book.sheetnames == ["汇总", CLEAN.stem, "没有填完"]
    heads = [cell.value for cell in book["汇总"][2]]
    assert heads == ["序号", "单位", "文种", "年度", "公开文件", "检查结果"]
    said = [cell.value for row in book["汇总"].iter_rows() for cell in row if cell.value]
    assert "1 处，1 份" in said
    assert done.exit_code == 1


def test_many_are_audited_by_several_processes_in_their_order(folder, tmp_path):
    names = [f"{number:02}.xlsx" for number in range(10)]
    for number, name in enumerate(names):
        source = folder / ("下属/没有填完.xlsx" if number % 5 == 3 else f"{CLEAN.stem}.xlsx")
        shutil.copy(source, tmp_path / name)

    done = run(tmp_path, "--workers", 2, "--format", "json")
    files = json.loads(done.stdout)["files"]
    assert [file["file"].rpartition("/")[2] for file in files] == names
    assert [number for number, file in enumerate(files) if not file["passed"]] == [3, 8]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["没有.xlsx"], "GK101"),
        (["数据.yaml"], "GK870"),
        (["空", "--format", "json"], "里没有公开文件"),
        (["*.pdf"], "没有合于 *.pdf 的公开文件"),
        (["甲.xlsx", "乙.xlsx", "--last-year", "甲.xlsx"], "一次只能审核一份"),
        (["甲.xlsx", "-o", "甲.xlsx"], "不能写在上面"),
        (["甲.xlsx", "--pack", "没有这个包"], "没有名为“没有这个包”的模板包"),
    ],
)
def test_wrong_use_is_told(arguments, said, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空").mkdir()
    shutil.copy(CLEAN, tmp_path / "数据.yaml")
    for name in ("甲.xlsx", "乙.xlsx"):
        shutil.copy(folder / f"{CLEAN.stem}.xlsx", tmp_path / name)

    done = run(*arguments)
    assert done.exit_code in {1, 2}
    assert said in done.output


def test_a_program_gets_a_result_and_no_exception(folder, tmp_path):
    good, absent = audit_document(folder / f"{CLEAN.stem}.xlsx"), audit_document(tmp_path / "没有.xlsx")

    assert (good.passed, good.kind, good.year, good.role) == (True, "预算", 2024, "公开文件")
    assert [finding.code for finding in absent.findings] == ["GK101"]


def test_levels_of_a_pack_are_its_own(folder, tmp_path):
    pack = tmp_path / "packs" / "own"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("名称: 自己\n上级: base\n校验级别: {GK872: 警告}\n", encoding="utf-8")

    result = audit_document(folder / "下属" / "没有填完.xlsx", pack="自己", pack_folders=tmp_path / "packs")
    assert {finding.code: finding.level.value for finding in result.findings} == {"GK871": "错误", "GK872": "警告"}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_the_documents_of_the_examples_are_clean(example, tmp_path):
    made = render_unit(example, Settings(tmp_path, ("xlsx",)))

    for path in made.written:
        result = audit_document(path)
        told = [finding for finding in result.findings if not kept(example.stem, finding.code)]
        assert [finding for finding in told if finding.level.value != "提示"] == []
