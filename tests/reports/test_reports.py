"""The reports of a check: text, JSON, SARIF, the sheet to sign and the page tell the same findings, and no secret."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from click.testing import CliRunner
from click.testing import Result as Invocation
from lxml import etree

from gongkai.cli.main import REPORTS, cli
from gongkai.findings import Finding, Level, Place, describe
from gongkai.intake.excerpt import quote
from gongkai.produce.unit import Settings, check_unit
from gongkai.reports.findings.formats import FORMATS
from gongkai.reports.findings.report import as_text
from gongkai.reports.findings.sarif import sarif_report
from gongkai.reports.findings.xlsx import xlsx_report
from gongkai.result import Result
from support.fixtures import CLEAN, EXAMPLE, ROOT, example_input, write_input
from support.secrets import MISHAPS, SECRETS, budget, with_secret

GALLERY = ROOT / "tests" / "errors"
FILES = [GALLERY / f"{name}.yaml" for name in ("several-sums", "waived", "valid", "full-width-colon")]
SHEET = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def report(*files: Path) -> list[Result]:
    return [as_text(check_unit(file, Settings(Path()))) for file in files]


def cells(data: bytes, number: int = 1) -> dict[str, str]:
    """The cells of a workbook's sheet: texts and numbers as the file holds them."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(item.itertext()) for item in strings.findall("m:si", SHEET)]
        sheet = etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    found = {}
    for cell in sheet.iterfind(".//m:c", SHEET):
        value = cell.findtext("m:v", namespaces=SHEET)
        if value is not None:
            found[str(cell.get("r"))] = texts[int(value)] if cell.get("t") == "s" else value
    return found


def invoke(*arguments: object) -> Invocation:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)], catch_exceptions=False)


# --- every format tells everything ---


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_is_in_the_report(name):
    files = report(*FILES)
    data = FORMATS[name](files)
    if name == "xlsx":
        said = "\n".join(text for number in range(2, 6) for text in cells(data, number).values())
    elif name == "html":
        said = lxml.html.document_fromstring(data).text_content()
    elif name == "text":
        said = data.decode()
    else:
        said = json.dumps(json.loads(data), ensure_ascii=False).replace('\\"', '"')
    findings = [finding for file in files for finding in file.findings]
    assert len(findings) > 8
    for finding in findings:
        assert finding.code in said
        assert finding.message in said
        assert finding.excerpt in said
        assert (finding.waived or finding.advice) in said


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_input_gives_the_same_bytes(name):
    assert FORMATS[name](report(*FILES)) == FORMATS[name](report(*FILES))


def test_the_command_offers_every_format():
    assert tuple(FORMATS) == REPORTS


# --- JSON ---


def test_json_is_as_the_manual_describes_it():
    data = json.loads(FORMATS["json"](report(*FILES)))
    assert data["version"] == 1
    first = data["files"][0]
    assert {key: first[key] for key in ("file", "unit", "kind", "year", "passed", "errors", "warnings", "waived")} == {
        "file": str(FILES[0]), "unit": "某县商务局", "kind": "预算", "year": 2024, "passed": False,
        "errors": 5, "warnings": 1, "waived": 0,
    }  # fmt: skip
    finding = next(f for f in first["findings"] if f["code"] == "GK401")
    assert finding["level"] == "错误"
    assert (finding["stated"], finding["expected"], finding["difference"]) == ("81.50", "80.00", "1.50")
    assert finding["position"] == finding["excerpt"].rstrip(":") == "基本支出经济分类"
    assert finding["place"] == {"file": str(FILES[0]), "line": 33, "column": 1, "sheet": None, "cell": None}
    assert finding["waived"] is None


def test_json_of_a_file_that_cannot_be_read_says_so():
    [file] = json.loads(FORMATS["json"](report(Path("没有.yaml"))))["files"]
    assert (file["unit"], file["kind"], file["year"], file["passed"]) == (None, None, None, False)
    [finding] = file["findings"]
    assert finding["place"] == {"file": "没有.yaml", "line": None, "column": None, "sheet": None, "cell": None}
    assert finding["stated"] is finding["expected"] is finding["difference"] is None


# --- SARIF ---


def sarif(*files: Path) -> dict[str, Any]:
    data = json.loads(sarif_report(report(*files)))
    [run] = data["runs"]
    assert data["version"] == "2.1.0"
    return dict(run)


def test_sarif_results_point_to_rules_with_help():
    """SARIF 2.1.0, 3.27.6: ruleIndex is the index into the driver's rules."""
    run = sarif(*FILES)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in rules}
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert "怎样改：" in rule["help"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]


def test_sarif_places_count_from_one_in_code_points():
    run = sarif(*FILES)
    assert run["columnKind"] == "unicodeCodePoints"
    [result] = [r for r in run["results"] if r["ruleId"] == "GK422"]
    [location] = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 38, "startColumn": 5}
    assert location["physicalLocation"]["contextRegion"]["snippet"]["text"] == "- 名称: 展会经费"
    assert location["logicalLocations"] == [{"fullyQualifiedName": "项目 › 第1条 › 政策依据"}]


@pytest.mark.parametrize(
    ("file", "uri"),
    [("数据 一/a.yaml", "%E6%95%B0%E6%8D%AE%20%E4%B8%80/a.yaml"), ("/tmp/局.yaml", "file:///tmp/%E5%B1%80.yaml")],
)
def test_sarif_names_files_by_uri(file, uri):
    report = Result(Path(file), [Finding("GK101", Level.ERROR, "找不到文件", place=Place(file))], failed=True)
    [result] = json.loads(sarif_report([report]))["runs"][0]["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]


def test_sarif_marks_what_is_waived_as_suppressed():
    suppressed = {r["ruleId"]: r["suppressions"] for r in sarif(*FILES)["results"] if "suppressions" in r}
    assert suppressed == {"GK425": [{"kind": "inSource", "justification": "补公开以前年度的文件"}]}


# --- the sheet ---


def test_the_sheet_can_be_filled_in_and_signed():
    found = cells(xlsx_report(report(GALLERY / "waived.yaml")))
    assert found["A1"] == "公开情况检查表"
    assert found["A2"] == "单位：某县商务局　　文种：预算　　年度：2024"
    assert "检查结果：通过（0 个错误，1 个警告，1 个提示，豁免 1 个）" in found["A3"]
    assert re.fullmatch("检查日期：　+年　+月　+日", found["A4"])
    headings = [found[f"{column}5"] for column in "ABCDEFGHIJ"]
    assert headings == ["序号", "代码", "级别", "位置", "问题", "本处数", "应为数", "差额", "处理意见", "整改情况"]
    assert found["B6"] == "GK393"
    assert found["J6"] == ""
    assert "豁免（1 个，核实过、不必改）" in found.values()
    assert "理由：补公开以前年度的文件" in found.values()
    last = list(found.values())[-1]
    assert all(word in last for word in ("核查人", "复核人", "日期"))


def test_figures_of_the_sheet_are_numbers():
    found = cells(xlsx_report(report(GALLERY / "several-sums.yaml")))
    row = next(cell[1:] for cell, text in found.items() if text == "GK401")
    assert [Decimal(found[f"{column}{row}"]) for column in "FGH"] == [Decimal("81.5"), Decimal(80), Decimal("1.5")]
    assert found[f"D{row}"] == "第 33 行第 1 列\n基本支出经济分类\n基本支出经济分类:"


def test_a_figure_of_more_digits_than_a_spreadsheet_holds_is_text():
    long = Decimal("1234567890123456.78")
    finding = Finding("GK401", Level.ERROR, "……", stated=long, expected=Decimal(1))
    found = cells(xlsx_report([Result(Path("a.yaml"), [finding], failed=True)]))
    assert (found["F6"], found["G6"], found["H6"]) == ("1234567890123456.78", "1", "1234567890123455.78")


def test_what_looks_like_a_formula_or_a_link_stays_text():
    finding = Finding("GK401", Level.ERROR, "=1+1", advice="https://example.org", waived=None)
    data = xlsx_report([Result(Path("=a.yaml"), [finding], failed=True, unit="=SUM(A1)")])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert cells(data)["E6"] == "=1+1"


def test_the_sheet_is_printed_on_a4_landscape_with_its_heading_on_every_page():
    data = xlsx_report(report(GALLERY / "several-sums.yaml"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        workbook = book.read("xl/workbook.xml").decode()
    setup = sheet.find("m:pageSetup", SHEET)
    assert setup is not None
    assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight")) == ("9", "landscape", "0")
    assert "'several-sums'!$5:$5" in workbook


def test_several_files_have_a_summary_and_a_sheet_each_whatever_their_names(tmp_path):
    files = [
        tmp_path / "甲" / "很长的名称[1]" / "单位.yaml",
        tmp_path / "乙" / "单位.yaml",
        tmp_path / ("局" * 40 + ".yaml"),
    ]
    data = xlsx_report([Result(file, [], unit="某局") for file in files])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        workbook = etree.fromstring(book.read("xl/workbook.xml"))
    names = [sheet.get("name") for sheet in workbook.iterfind(".//m:sheet", SHEET)]
    assert names == ["汇总", "单位", "单位(2)", "局" * 31]
    assert [cells(data)[f"B{row}"] for row in (3, 4, 5)] == ["某局"] * 3
    assert "没有发现问题。" in cells(data, 2).values()


# --- the page ---


def page(files: Sequence[Result]) -> Any:
    return lxml.html.document_fromstring(FORMATS["html"](files))


def test_the_page_needs_nothing_else_and_can_be_read_aloud():
    root = page(report(*FILES))
    assert root.get("lang") == "zh-CN"
    assert root.xpath("//script | //link | //img | //@src | //@onclick") == []
    assert root.xpath("count(//h1)") == 1
    assert root.xpath("//table[not(caption)] | //thead//th[not(@scope)]") == []
    assert root.xpath("//*[@class='wide'][not(@tabindex='0' and @role='region' and @aria-label)]") == []
    targets = {href.removeprefix("#") for href in root.xpath("//a/@href")}
    assert targets <= set(root.xpath("//@id"))
    assert root.xpath("//a/@href")[0] == "#content"


def test_markup_in_a_clerks_text_is_shown_as_text():
    finding = Finding("GK201", Level.ERROR, "<script>alert(1)</script>", excerpt="<b>", waived='"><i>')
    root = page([Result(Path("<i>.yaml"), [finding], unit="<b>局</b>")])
    assert root.xpath("//script | //i | //b") == []
    assert "<script>alert(1)</script>" in root.text_content()


# --- the command ---


def test_reports_for_programs_go_to_the_screen_and_nothing_else_does():
    for name in ("json", "sarif"):
        run = invoke(*FILES, "--format", name)
        assert run.exit_code == 1
        assert json.loads(run.stdout)
        assert run.stderr == ""


def test_sheet_and_page_are_named_after_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert invoke(EXAMPLE, "--format", "xlsx").exit_code == 0
    assert invoke(EXAMPLE, "--format", "html").exit_code == 0
    run = invoke(*FILES, "--format", "xlsx")
    assert run.exit_code == 1
    assert run.output.splitlines()[-1] == "写好了 公开情况检查表.xlsx"
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{EXAMPLE.stem}-公开情况检查表.xlsx", f"{EXAMPLE.stem}-公开情况检查.html", "公开情况检查表.xlsx",
    }  # fmt: skip


def test_the_format_follows_from_the_files_name(tmp_path):
    for name, begins in (("a.json", b"{"), ("a.XLSX", b"PK"), ("a.html", b"<!DOCTYPE"), ("a.txt", b"")):
        run = invoke(CLEAN, "-o", tmp_path / name)
        assert run.exit_code == 0
        assert run.output == f"{CLEAN}：通过（0 个错误，0 个警告）\n写好了 {tmp_path / name}\n"
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == f"{CLEAN}：通过（0 个错误，0 个警告）\n"


def test_the_report_is_not_written_over_the_data(tmp_path):
    file = write_input(tmp_path, example_input())
    before = file.read_bytes()
    run = CliRunner().invoke(cli, ["check", str(file), "-o", str(tmp_path / "." / file.name)])
    assert run.exit_code == 2
    assert "换一个文件名" in run.output
    assert file.read_bytes() == before


def test_where_nothing_can_be_written_that_is_wrong_use(tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    run = CliRunner().invoke(cli, ["check", str(EXAMPLE), "-o", str(tmp_path / "taken" / "a.json")])
    assert run.exit_code == 2
    assert "写不了" in run.output


# --- excerpts ---


def excerpts(file: Path) -> dict[int, str]:
    """What would be quoted of each line of a file."""
    lines = file.read_text(encoding="utf-8").split("\n")
    found = quote(Finding("GK401", Level.ERROR, "……", place=Place(str(file), n, 1)) for n in range(1, len(lines) + 2))
    return {finding.place.line: finding.excerpt for finding in found if finding.place}


def test_a_line_is_quoted_as_it_stands(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(f"  甲: 1\n\n乙: {'长' * 100}尾\n", encoding="utf-8")
    assert excerpts(file) == {1: "甲: 1", 2: "", 3: f"乙: {'长' * 57}…", 4: "", 5: ""}
    [end] = quote([Finding("GK401", Level.ERROR, "……", place=Place(str(file), 3, 100))])
    assert end.excerpt == f"…{'长' * 59}尾"


def test_what_has_no_line_or_no_file_is_not_quoted(tmp_path):
    whole = Finding("GK101", Level.ERROR, "……", place=Place(str(tmp_path / "没有.yaml")))
    gone = Finding("GK401", Level.ERROR, "……", place=Place(str(tmp_path / "没有.yaml"), 3, 1))
    nowhere = Finding("GK602", Level.WARNING, "……")
    assert quote([whole, gone, nowhere]) == [whole, gone, nowhere]


SECRET_PROJECT = """支出:
  - 科目: "2011301"
    项目支出: {一般公共预算: 7.77}
    变动: {一般公共预算: {上年: 0, 原因: 夜莺}}
项目:
  - 名称: 夜莺一号
    涉密: 是
    资金:
      - {科目: "2011301", 金额: 7.77}

  # 夜莺二号
  - 名称: 展会
    资金: [{科目: "2011301", 金额: 20.00}]
"""


def test_of_a_file_with_a_secret_project_only_names_and_figures_are_quoted(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(SECRET_PROJECT, encoding="utf-8")
    quoted = {line: text for line, text in excerpts(file).items() if text}
    assert quoted == {
        1: "支出:",
        2: '- 科目: "2011301"',
        3: "项目支出: {一般公共预算: 7.77}",
        5: "项目:",
        13: '资金: [{科目: "2011301", 金额: 20.00}]',
    }


@pytest.mark.parametrize("flag", ["涉密: 是", "涉密: 保密", '"\\u6d89密": true', "涉秘: 是", "涉密:", "涉密: [是]"])
def test_however_it_is_marked_a_secret_project_is_not_quoted(flag, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(SECRET_PROJECT.replace("涉密: 是", flag), encoding="utf-8")
    assert "夜莺" not in "".join(excerpts(file).values())


@pytest.mark.parametrize("flag", ["涉密: 否", "涉密: false"])
def test_a_project_that_is_not_secret_is_quoted(flag, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(SECRET_PROJECT.replace("涉密: 是", flag), encoding="utf-8")
    assert excerpts(file)[6] == "- 名称: 夜莺一号"


def test_a_file_that_cannot_be_parsed_is_quoted_only_when_nothing_in_it_may_be_secret(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(f"{SECRET_PROJECT}坏: [\n", encoding="utf-8")
    assert set(excerpts(file).values()) == {""}
    file.write_text("名称: 夜莺\n坏: [\n", encoding="utf-8")
    assert excerpts(file)[2] == "坏: ["
    file.write_text(f"涉密: {'[' * 40}{']' * 40}\n", encoding="utf-8")
    assert set(excerpts(file).values()) == {""}


@pytest.mark.parametrize("code", ["GK751", "GK771"])
def test_the_line_of_a_finding_of_privacy_or_secrecy_is_not_quoted_by_any_finding(code, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("电话: 13800000000\n", encoding="utf-8")
    place = Place(str(file), 1, 1)
    found = quote([Finding(code, Level.ERROR, "……", place=place), Finding("GK706", Level.ERROR, "……", place=place)])
    assert [finding.excerpt for finding in found] == ["", ""]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("mishap", MISHAPS)
def test_no_report_tells_a_secret(mishap, name, tmp_path):
    file = write_input(tmp_path, with_secret(MISHAPS[mishap]))
    files = report(file)
    assert files[0].findings
    data = FORMATS[name](files)
    if name == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(part) for part in book.namelist())
    assert [word for word in SECRETS.values() if word.encode() in data] == []


def test_a_finding_at_a_secret_reason_does_not_quote_it(tmp_path):
    """The reason of a 科目 that pays for nothing but a secret project stands outside the project."""
    data = budget()
    data["支出"][-1]["变动"]["一般公共预算"]["上年"] = "1.00"
    data["支出"][-1]["科目"] = "2019998"
    [file] = report(write_input(tmp_path, data))
    assert file.findings
    assert [f.excerpt for f in file.findings for word in SECRETS.values() if word in f.excerpt] == []


@pytest.mark.parametrize(
    "line",
    [
        "联系人: 张三", "  负责人: 李四", "说明: 请打13812345678", "说明: 0908-4222111", "说明: 11010519491231002X",
        "说明: 138 1234 5678",
    ],
)  # fmt: skip
def test_a_line_that_may_name_a_person_is_not_quoted(line, tmp_path):
    """Where reading stops, no rule of privacy has looked."""
    file = tmp_path / "a.yaml"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert excerpts(file)[1] == ""


def test_amounts_and_dates_are_no_persons(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("公开日期: 2024-02-25\n主要负责人用车: 1\n金额: 13812345.67\n", encoding="utf-8")
    assert list(excerpts(file).values())[:3] == ["公开日期: 2024-02-25", "主要负责人用车: 1", "金额: 13812345.67"]


def test_positions_are_told_in_words():
    assert describe(("项目", 2, "绩效目标")) == "项目 › 第3条 › 绩效目标"
