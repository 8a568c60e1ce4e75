"""The facts that a pack declares, in books, samples, and from one kind of file to the other."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from gongkai.book.convert import file_bytes
from gongkai.cli.main import cli
from gongkai.findings import Finding, FindingsError, Level
from gongkai.intake.book.read import read_book
from gongkai.intake.read import read, read_alone
from gongkai.kinds import KINDS
from gongkai.produce.models import models_of_packs
from support.books import column_of, data_of, row_of, without_blanks
from support.hostile_texts import HOSTILE
from support.own_facts import NAME, PACK, guide_with, pack_in, with_facts

EXAMPLES = ("shili-ju-2024-budget", "shili-ju-2024-final")
OWN_SHEET, COMPARED = "模板事实", "有比较的事实"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_in(tmp_path_factory.mktemp("packs"))


def written(file: Path, data: dict[str, Any], packs: Path) -> Path:
    file.write_bytes(file_bytes(file, data, models=models_of_packs([packs], needed=True)))
    return file


def told(file: Path, packs: Path) -> list[Finding]:
    """What reading a file tells."""
    try:
        return list(read(file, models_of_packs([packs])).findings)
    except FindingsError as error:
        return list(error.findings)


# From one kind of file to the other


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_fact_goes_into_a_book_and_back(example: str, packs: Path, tmp_path: Path) -> None:
    data = with_facts(data_of(example), packs)
    first = written(tmp_path / "甲.yaml", data, packs)
    steps = [first, *(tmp_path / name for name in ("乙.xlsx", "丙.yaml", "丁.xlsx", "戊.yaml"))]
    for source, target in pairwise(steps):
        done = run("convert", source, target, "--pack-dir", packs)
        assert done.exit_code == 0, done.output
    models = models_of_packs([packs])
    model = read_alone(first, models)[1]
    for file in steps:
        said, same, findings = read_alone(file, models)
        assert without_blanks(said) == without_blanks(data)
        assert same == model
        assert [finding.message for finding in findings if finding.code != "GK221"] == []
    assert (tmp_path / "丙.yaml").read_bytes() == (tmp_path / "戊.yaml").read_bytes()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("example", EXAMPLES)
def test_any_text_of_a_fact_is_kept(example: str, seed: int, packs: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    # A row with nothing but such a text is a total or a remark.
    texts = [text for text in HOSTILE if text not in {"合计", "注：说明"}]

    def said(kind: str) -> str:
        numbers = ("0", "0.00", "1,234.56", "-1", "1e5", "100%", "12345678901234567890.12")
        return chance.choice(texts if kind in {"文字", "日期"} else numbers)

    data = with_facts(data_of(example), packs, said)
    models = models_of_packs([packs], needed=True)
    tree = read_book(written(tmp_path / "单位.xlsx", data, packs), models)
    assert [finding.message for finding in tree.findings if finding.code != "GK221"] == []
    assert without_blanks(tree.data) == without_blanks(data)


def test_no_file_is_converted_without_the_pack_that_it_names(packs: Path, tmp_path: Path) -> None:
    book = written(tmp_path / "单位.xlsx", with_facts(data_of(EXAMPLES[0]), packs), packs)
    done = run("convert", book, tmp_path / "单位.yaml")
    assert done.exit_code == 1
    assert "GK503" in done.stderr
    assert not (tmp_path / "单位.yaml").exists()


# New books


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_book_has_a_place_for_every_fact(kind: str, packs: Path, tmp_path: Path) -> None:
    file = tmp_path / "单位.xlsx"
    assert run("new", file, "--kind", kind, "--pack", NAME, "--pack-dir", packs).exit_code == 0
    book = openpyxl.load_workbook(file)
    subjects, projects = ("支出", "项目") if kind == "预算" else ("科目收支", "项目")
    whole = book[OWN_SHEET]
    assert all(
        row_of(whole, name) for name in ("满意率", "批次", "成文日", "余款", "简介", "会议开支", "接待", "到课率")
    )
    assert all(column_of(whole, title) for title in ("本年", "上年预算", "原因", "上年执行数", "执行差异原因"))
    for title in ("新增资产·本年", "新增资产·上年", "新增资产·原因", "件数", "核定日", "比例", "年中数", "年中原因"):
        assert column_of(book[subjects], title)
    for title in ("绩效等级", "受益·本年", "受益·上年", "受益·原因", "立项日", "配套", "进度"):
        assert column_of(book[projects], title)
    for title in ("部分（填写）", "场次·本年", "场次·上年", "备注", "到岗率", "签字日", "年中数"):
        assert column_of(book["三公经费"], title)
    changes = book["收支变动" if kind == "预算" else "总体变动"]
    assert column_of(changes, "年中原因")
    assert column_of(book["项目指标（2）"], "名目")
    assert column_of(book["人员（2）"], "姓名")


def test_what_is_required_is_told_at_its_cell(packs: Path, tmp_path: Path) -> None:
    data = with_facts(data_of(EXAMPLES[0]), packs)
    for name in ("会议开支", "简介", "项目指标"):
        del data[name]
    del data["项目"][0]["绩效等级"], data["三公经费"]["公务接待费"]["部分"], data["支出"][0]["科目名称_"]
    file = written(tmp_path / "单位.xlsx", data, packs)
    cells = {(f.place.sheet, f.place.cell): f for f in told(file, packs) if f.place and f.level is Level.ERROR}
    book = openpyxl.load_workbook(file)

    def cell(sheet: str, row: int, title: str) -> tuple[str, str]:
        return sheet, book[sheet].cell(row, column_of(book[sheet], title)).coordinate

    whole = book[OWN_SHEET]
    reception = row_of(book["三公经费"], "公务接待费")
    due = [
        cell(OWN_SHEET, row_of(whole, "简介"), "填写"),
        *(cell(OWN_SHEET, row_of(whole, "会议开支"), title) for title in ("本年", "上年预算", "原因")),
        cell("项目", row_of(book["项目"], data["项目"][0]["名称"]), "绩效等级"),
        cell("三公经费", reception, "部分（填写）"),
        cell("支出", row_of(book["支出"], data["支出"][0]["科目"]), "科目名称_"),
        cell("项目指标（2）", row_of(book["项目指标（2）"], "名目"), "名目"),
    ]
    assert {*cells} == {*due}
    assert {finding.code for finding in cells.values()} == {"GK202"}


# Books and packs that have grown apart


def test_a_fact_that_is_no_longer_declared_is_told_and_not_lost(packs: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "单位.xlsx", with_facts(data_of(EXAMPLES[0]), packs), packs)
    kept = [line for line in PACK.splitlines() if not re.match(r"  (件数|人员|备注):", line)]
    later = pack_in(tmp_path / "后来", "\n".join(kept))
    findings = [finding for finding in told(file, later) if finding.code == "GK162"]
    assert {finding.level for finding in findings} == {Level.WARNING}
    said = "\n".join(finding.message for finding in findings)
    assert all(f"“{name}”" in said for name in ("件数", "备注", "人员（2）"))
    assert len(findings) == 3


def test_a_row_that_is_no_longer_declared_is_told(packs: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "单位.xlsx", with_facts(data_of(EXAMPLES[0]), packs), packs)
    later = pack_in(tmp_path / "后来", PACK.replace("  余款: {类型: 金额}\n", ""))
    [finding] = [finding for finding in told(file, later) if finding.level is Level.ERROR]
    assert (finding.code, "余款" in finding.message) == ("GK161", True)


def test_an_older_book_is_told_what_its_pack_asks_for_now(packs: Path, tmp_path: Path) -> None:
    data = data_of(EXAMPLES[0]) | {"模板": NAME}
    plain = tmp_path / "单位.xlsx"
    plain.write_bytes(file_bytes(plain, data))
    findings = told(plain, packs)
    assert {finding.place.sheet for finding in findings if finding.code == "GK167" and finding.place} == {
        "支出", "收支变动", "三公经费", "项目"
    }  # fmt: skip
    missing = [finding.message for finding in findings if finding.code == "GK202"]
    assert "文件缺少“会议开支”" in missing
    assert any("绩效等级" in message for message in missing)
    assert {finding.code for finding in findings} <= {"GK160", "GK167", "GK202", "GK221"}


def test_a_renamed_column_of_a_fact_is_called_so(packs: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "单位.xlsx", with_facts(data_of(EXAMPLES[0]), packs), packs)
    book = openpyxl.load_workbook(file)
    sheet = book["项目"]
    sheet.cell(row_of(sheet, "绩效等级"), column_of(sheet, "绩效等级")).value = "绩效等次"
    book.save(file)
    assert any(f.code == "GK161" and "“绩效等次”不认识" in f.message for f in told(file, packs))


def test_what_a_secret_project_says_under_a_pack_is_told_nowhere(packs: Path, tmp_path: Path) -> None:
    data = with_facts(data_of(EXAMPLES[0]), packs)
    data["项目"][0] |= {"涉密": "是", "绩效等级": "雷霆七号的等级"}
    data["三公经费"]["公务接待费"] |= {"一般公共预算": "雷霆七号的等级"}
    file = written(tmp_path / "单位.xlsx", data, packs)
    done = run("check", file, "--pack-dir", packs)
    assert "GK205" in done.output  # no model is read: what is secret is known by the cells alone
    assert "雷霆" not in done.output


@pytest.mark.parametrize("command", ["check", "mark", "render", "batch"])
def test_commands_read_a_book_by_its_pack(command: str, packs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    folder.mkdir()
    file = written(folder / "单位.xlsx", with_facts(data_of(EXAMPLES[0]), packs), packs)
    formats = {"render": ("--format", "html"), "batch": ("--format", "html"), "mark": (), "check": ()}[command]
    out = () if command == "check" else ("-o", tmp_path / ("核对.xlsx" if command == "mark" else "公开"))
    done = run(command, folder if command == "batch" else file, "--pack-dir", packs, *formats, *out)
    assert done.exit_code == 0, done.output
    assert "没有读" not in done.output


# Samples


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_asks_for_what_its_pack_requires(kind: str, packs: Path, tmp_path: Path) -> None:
    file = tmp_path / "单位.yaml"
    assert run("new", file, "--kind", kind, "--pack", NAME, "--pack-dir", packs).exit_code == 0
    findings = told(file, packs)
    assert {finding.code for finding in findings} <= {"GK202", "GK221"}
    missing = "\n".join(finding.message for finding in findings)
    for name in (
        "会议开支 › 本年",
        "会议开支 › 原因",
        "简介",
        "项目指标 › 第1条 › 名目",
        "绩效等级",
        "公务接待费 › 部分",
        "科目名称_",
    ):
        assert f"{name}”没有填写" in missing
    text = file.read_text(encoding="utf-8")
    assert all(
        meaning in text for meaning in ("会议开支的支出", "上年预算的数", "科目的别名", "几个部分", "年中调整以后的数")
    )
    assert f"\n模板: {NAME}" in text


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_sample_leaves_open_may_be_written(kind: str, packs: Path, tmp_path: Path) -> None:
    """Without the signs before its optional facts a sample has nothing that its pack does not know."""
    file = tmp_path / "单位.yaml"
    run("new", file, "--kind", kind, "--pack", NAME, "--pack-dir", packs)
    head, mark, own = file.read_text(encoding="utf-8").partition("另外要填的\n")
    assert mark
    names = guide_with(packs, {"文种": kind, "模板": NAME}).names(())
    file.write_text(head + mark + re.sub(r"^(\s*)# ", r"\1", own, flags=re.MULTILINE), encoding="utf-8")
    assert {finding.code for finding in told(file, packs)} <= {"GK202", "GK221"}
    assert all(f"\n{name}:" in file.read_text(encoding="utf-8") for name in names if name in _SAMPLES_AT_TOP)


_SAMPLES_AT_TOP = {"会议开支", "接待", "到课率", "满意率", "批次", "成文日", "余款", "简介", "项目指标", "人员"}


# Names


def test_lists_of_any_name_have_sheets(tmp_path: Path) -> None:
    """Names that no sheet can have, that sheets and blocks have already, and that differ by nothing that is seen."""
    names = ("甲?乙", r"甲\乙", "History", "填表说明", "待确认", "豁免", "Ａ", "A", "a", "长" * 30, "模板事实")
    lists = "".join(
        f"  {name}: {{类型: 清单, 各项: {{项目: {{}}, 部分: {{}}, Ａ: {{}}, A: {{}}}}}}\n" for name in names
    )
    compared = "  比一比: {类型: 金额, 比较: {项目: {原因: 部分}, 填写: {必填: 否}}}\n"
    packs = pack_in(tmp_path / "包", f"名称: {NAME}\n上级: base\n事实:\n{lists}{compared}")
    data = with_facts(data_of(EXAMPLES[0]), packs)
    tree = read_book(written(tmp_path / "单位.xlsx", data, packs), models_of_packs([packs]))
    assert [finding.message for finding in tree.findings if finding.code != "GK221"] == []
    assert without_blanks(tree.data) == without_blanks(data)
