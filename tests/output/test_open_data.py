"""Workbook, open data and the PDF's attachments: the same figures, the same bytes, and nothing but ours."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import jsonschema
import pydyf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import parse_document
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.output.data.jsontext import to_json
from gongkai.output.data.opendata import open_data, open_data_zip
from gongkai.output.pdf.extract import extract
from gongkai.output.pdf.weasyprint.attach import attach
from gongkai.output.xlsx.columns import sheet_columns
from gongkai.output.xlsx.writer import render_xlsx, sheet_names
from gongkai.packs.open import open_pack
from gongkai.produce.preview import example_files
from gongkai.produce.unit import Settings, render_unit
from gongkai.prose.numbers import round_half_up
from gongkai.statements.tables.grid import full_rows, header_paths
from gongkai.statements.tables.table import Cell, Column, HeaderCell, Row, Table
from support.composed import document_of
from support.fixtures import EXAMPLE, SMALL_PACK, example_input, gongkai, write_input, write_pack
from support.workbook import S, Sheet, sheets_of

FINAL = "shili-ju-2024-final"
EXAMPLES = [path.stem for path in example_files()]

# What https://specs.frictionlessdata.io/ (v1) demands of the parts that we write.
DATA_PACKAGE = {
    "type": "object",
    "required": ["resources"],
    "properties": {
        "name": {"type": "string", "pattern": r"^[-a-z0-9._/]+$"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "contributors": {"type": "array", "items": {"type": "object", "required": ["title"]}},
        "keywords": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "profile"],
                "properties": {
                    "name": {"type": "string", "pattern": r"^[-a-z0-9._/]+$"},
                    "path": {"type": "string", "pattern": r"^[^./~\\][^\\:]*$"},
                    "profile": {"enum": ["data-resource", "tabular-data-resource"]},
                    "bytes": {"type": "integer", "minimum": 1},
                    "hash": {"type": "string", "pattern": r"^sha256:[0-9a-f]{64}$"},
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name", "type"],
                                    "properties": {"name": {"type": "string"}, "type": {"enum": ["string", "number"]}},
                                },
                            },
                            "missingValues": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                },
                "if": {"properties": {"profile": {"const": "tabular-data-resource"}}},
                "then": {"required": ["schema"]},
            },
        },
    },
}


@cache
def data_of(example: str) -> dict[str, bytes]:
    return open_data(document_of(example))


def workbook_of(example: str) -> bytes:
    rendered = document_of(example)
    return render_xlsx(parse_document(rendered), rendered)


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def descriptor_of(example: str) -> dict:
    return json.loads(data_of(example)["datapackage.json"])


# --- the same figures ---


def printed_amounts(rendered: Rendered) -> list[Counter[str]]:
    """The amounts that each table of the document prints, table by table, forms and grids together."""
    root = html.document_fromstring(rendered.html)
    return [
        Counter(text for cell in sheet.iter("td") if cell.get("class") == "num" and (text := cell.text_content()))
        for sheet in root.iterfind(".//section[@class='sheet']")
    ]


def numbers_of(sheet: Sheet) -> Counter[str]:
    return Counter(f"{value:,.2f}" for value in sheet.cells.values() if isinstance(value, Decimal))


@pytest.mark.parametrize("example", EXAMPLES)
def test_workbook_and_document_carry_the_same_figures(example):
    rendered = document_of(example)
    sheets = {sheet.name: sheet for sheet in sheets_of(workbook_of(example))[1:]}
    by_title = dict(zip(sheet_names(rendered.tables), rendered.tables, strict=True))
    amounts = Counter(map(repr, printed_amounts(rendered)))

    found = Counter()
    for name, table in by_title.items():
        if table.form:  # amounts of a form are centred among its words
            continue
        found[repr(numbers_of(sheets[name]))] += 1

    assert sum(found.values()) >= 9
    assert {text: n for text, n in found.items() if amounts[text] < n} == {}


def joined_codes(table: Table) -> list[list[object]]:
    """The rows with the parts of a code, 类, 款 and 项, in one."""
    parts = sum(column.key in {"类", "款", "项"} for column in table.columns)
    rows = full_rows(table)
    return [["".join(str(v or "") for v in row[:parts]) or None, *row[parts:]] for row in rows] if parts else rows


@pytest.mark.parametrize("example", EXAMPLES)
def test_csv_and_workbook_carry_the_same_rows(example):
    tables = document_of(example).tables
    grids = [r for r in descriptor_of(example)["resources"] if r["name"].startswith("table-")]
    sheets = sheets_of(workbook_of(example))[1:]

    for table, resource, sheet in zip(tables, grids, sheets, strict=True):
        _, *rows = rows_of_csv(data_of(example)[resource["path"]])
        rows = [[cell.removeprefix(" ") for cell in row] for row in rows]
        assert [row[1:] for row in rows] == [
            ["" if v is None else f"{round_half_up(v):f}" if isinstance(v, Decimal) else v for v in values]
            for values in joined_codes(table)
        ]
        said = set(map(str, sheet.cells.values())) | {values[0] for values in joined_codes(table)}
        for cell in {cell for row in rows for cell in row[1:] if cell and cell not in {"0.00", "-0.00"}}:
            digits = cell.removesuffix("分")  # which the workbook's number format says
            assert cell in said or str(Decimal(digits).normalize()) in {
                str(v.normalize()) for v in sheet.cells.values() if isinstance(v, Decimal)
            }, (table.title, cell)


@pytest.mark.parametrize("example", EXAMPLES)
def test_json_carries_the_same_tables(example):
    figures = json.loads(data_of(example)["数据.json"], parse_float=Decimal)

    assert [t["标题"] for t in figures["公开表"]] == [t.title for t in document_of(example).tables]
    for table, described in zip(document_of(example).tables, figures["公开表"], strict=True):
        expected = [[round_half_up(v) if isinstance(v, Decimal) else v for v in row] for row in joined_codes(table)]
        assert [row[1:] for row in described["行"]] == expected
        assert described["注"] == list(table.notes)
    assert figures["金额单位"] == "万元"
    assert "核定数" not in figures["事实"]


def test_rows_of_one_level_add_up_to_the_total():
    """层级 says what may be added: all 项 of 表 2 are the grand total."""
    rows = [dict(zip(head, row, strict=True)) for head, *body in [rows_of_csv(csv_with("收入总体"))] for row in body]

    for level in ("类", "款", "项"):
        added = sum(Decimal(row["总计"]) for row in rows if row["层级"] == level)
        assert added == Decimal("1046.82"), level
    assert [row["总计"] for row in rows if row["层级"] == "合计"] == ["1046.82"]


def test_codes_in_one_column_tell_their_level_too():
    head, *body = rows_of_csv(csv_with("02-收入决算表", FINAL))
    rows = [dict(zip(head, row, strict=True)) for row in body]
    sums = {
        level: sum(Decimal(row[head[3]]) for row in rows if row["层级"] == level)
        for level in ("类", "款", "项", "合计")
    }

    assert len(set(sums.values())) == 1
    assert sums["项"] > 0


@pytest.mark.parametrize("words", ["01-收入支出决算总表", "06-一般公共预算财政拨款基本支出决算表"])
def test_rows_with_several_codes_or_none_have_no_level(words):
    """行次 is a number, no code; 06表 sets three lists side by side."""
    _, *rows = rows_of_csv(csv_with(words, FINAL))

    assert {row[0] for row in rows} <= {"", "合计"}


def csv_with(words: str, example: str = EXAMPLE.stem) -> bytes:
    [name] = [name for name in data_of(example) if words in name]
    return data_of(example)[name]


def test_last_digit_is_rounded_half_up():
    table = dataclasses.replace(
        document_of(EXAMPLE.stem).tables[2],
        rows=[
            Row(
                [*(Cell(v, "编码") for v in ("201", "", "")), Cell("名", "文字"), *[Cell(Decimal("0.125"), "数字")] * 3]
            )
        ],
    )
    rendered = document_of(EXAMPLE.stem)
    book = sheets_of(render_xlsx(parse_document(rendered), with_tables(rendered, table)))[1]

    assert [v for v in book.cells.values() if isinstance(v, Decimal)] == [Decimal("0.13")] * 3


def test_what_a_file_says_to_the_program_is_not_published(tmp_path):
    """Waivers, numbers that were looked at, the approval and last year's file are no part of the disclosure."""
    own = {"校验": {"允许公开": ["13812345678"], "豁免": [{"代码": "GK712", "理由": "内部意见"}]}}
    data = example_input() | own | {"批复日期": "2024-02-20", "补充说明": {"别的包要的": "没有印出的话"}}
    rendered = render_disclosure(read(write_input(tmp_path, data)).model, open_pack("克州", "预算", 2024))
    published = b"".join([*open_data(rendered).values(), render_xlsx(parse_document(rendered), rendered)]).decode(
        errors="replace"
    )

    assert "545.7" in published
    assert [w for w in ("13812345678", "内部意见", "2024-02-20", "没有印出的话") if w in published] == []


# --- the workbook ---


def with_tables(rendered: Rendered, *tables: Table) -> Rendered:
    """A document that has these tables and no others."""
    return dataclasses.replace(rendered, tables=tables)


@pytest.mark.parametrize(
    ("places", "expected", "form"), [("两位", "10468200.00", "#,##0.00"), ("不印", "10468200", "#,##0")]
)
def test_workbook_is_in_the_unit_that_the_pack_prints_tables_in(places, expected, form, tmp_path):
    options = f'选项: {{表格金额单位: 元, 表格小数: {places}, 表格零值: "0.00"}}\n'
    write_pack(tmp_path, "yuan", {"pack.yaml": f"名称: 元\n上级: kezhou\n{options}"})
    rendered = render_disclosure(read(EXAMPLE).model, open_pack("yuan", "预算", 2024, (tmp_path,)))
    data = render_xlsx(parse_document(rendered), rendered)
    sheets = {sheet.name: sheet for sheet in sheets_of(data)}

    total = sheets["表1单位收支总体情况表"]
    assert Decimal(expected) in total.cells.values()
    assert Decimal(0) in total.cells.values()
    assert Decimal("545.70") in sheets["单位整体绩效目标表"].cells.values()  # a form says 万元 itself
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert f'"{form}"' in package.read("xl/styles.xml").decode()


def test_workbook_has_a_sheet_for_every_table_and_a_contents_that_leads_there():
    contents, *sheets = sheets_of(workbook_of(EXAMPLE.stem))

    assert contents.name == "目录"
    assert [sheet.name for sheet in sheets[:2]] == ["表1单位收支总体情况表", "表2单位收入总体情况表"]
    assert [sheet.name for sheet in sheets[-2:]] == ["项目支出绩效目标表(2)", "项目支出绩效目标表(3)"]
    links = [str(link.get("location")) for link in contents.xml.iter(S + "hyperlink")]
    assert links == [f"'{sheet.name}'!A1" for sheet in sheets]


def test_header_tree_is_merged_and_printed_on_every_page():
    """表 2: 功能分类科目编码 over three columns, 总计 over two rows."""
    sheet = next(s for s in sheets_of(workbook_of(EXAMPLE.stem)) if s.name.startswith("表2"))

    assert {"A4:C4", "D4:D5", "E4:E5", "F4:L4"} <= set(sheet.merges)
    assert sheet.cells[3, 0] == "功能分类科目编码"
    assert sheet.cells[4, 2] == "项"
    assert sheet.xml.find(S + "pageSetup").get("orientation") == "landscape"
    with zipfile.ZipFile(io.BytesIO(workbook_of(EXAMPLE.stem))) as package:
        assert re.search(r"表2单位收入总体情况表'?!\$4:\$5<", package.read("xl/workbook.xml").decode())


def test_zero_is_blank_in_a_grid_and_shown_in_a_form():
    sheets = {s.name: s for s in sheets_of(workbook_of(EXAMPLE.stem))}

    assert Decimal(0) not in sheets["表2单位收入总体情况表"].cells.values()
    assert Decimal(0) in sheets["单位整体绩效目标表"].cells.values()


def test_text_that_looks_like_a_formula_stays_text():
    table = document_of(EXAMPLE.stem).tables[0]
    row = Row([Cell("=1+1", "文字"), Cell(Decimal(1), "数字"), Cell("https://甲", "文字"), Cell(None, "数字")])
    rendered = document_of(EXAMPLE.stem)
    data = render_xlsx(parse_document(rendered), with_tables(rendered, dataclasses.replace(table, rows=[row])))

    sheet = sheets_of(data)[1]
    assert {"=1+1", "https://甲"} <= set(sheet.cells.values())
    assert list(sheet.xml.iter(S + "f")) == list(sheet.xml.iter(S + "hyperlink")) == []


@given(st.lists(st.text(alphabet="表甲乙AaBb[]:*?/\\' （）0123456789", max_size=60), max_size=12))
def test_sheet_names_are_allowed_and_never_twice(titles):
    base = document_of(EXAMPLE.stem).tables[0]
    names = sheet_names([dataclasses.replace(base, title=title) for title in titles])

    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


WIDTHS = st.lists(st.decimals(min_value=0, max_value=100, places=2).map(str), min_size=1, max_size=12)


@given(WIDTHS, st.just([]) | WIDTHS)
def test_form_and_grid_keep_all_their_columns_on_one_sheet(grid, form):
    columns = sheet_columns([Column("甲", "文字", w) for w in grid], [Column("乙", "文字", w) for w in form])

    assert all(left < right for spots in (columns.grid, columns.form) for left, right in pairwise(spots))
    assert (columns.grid[0], columns.grid[-1]) == (0, len(columns.widths))
    assert (columns.form[0], columns.form[-1]) == (0, len(columns.widths)) if form else columns.form == []


def test_near_edges_of_form_and_grid_are_one():
    def of(*widths: str) -> list[Column]:
        return [Column("甲", "文字", w) for w in widths]

    assert sheet_columns(of("30", "70"), of("30.4", "69.6")).edges == [0, 30, 100]
    assert sheet_columns(of("30", "70"), of("33", "67")).edges == [0, 30, 33, 100]


# --- the data package ---


@pytest.mark.parametrize("example", EXAMPLES)
def test_descriptor_is_a_data_package(example):
    descriptor = descriptor_of(example)
    jsonschema.validate(descriptor, DATA_PACKAGE)

    names = [resource["name"] for resource in descriptor["resources"]]
    assert len(set(names)) == len(names)
    assert {r["path"] for r in descriptor["resources"]} | {"datapackage.json"} == set(data_of(example))


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_file_is_as_the_descriptor_says(example):
    for resource in descriptor_of(example)["resources"]:
        data = data_of(example)[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        if resource["format"] != "csv":
            continue
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\r\n") == len(rows_of_csv(data))
        head, *rows = rows_of_csv(data)
        fields = resource["schema"]["fields"]
        assert head == [field["name"] for field in fields]
        assert len(set(head)) == len(head)
        for row in rows:
            assert len(row) == len(fields)
            for field, value in zip(fields, row, strict=True):
                if field["type"] == "number" and value:
                    assert Decimal(value).as_tuple().exponent == -2, (resource["path"], field, value)


def test_columns_tell_where_they_stand_in_the_header():
    [resource] = [r for r in descriptor_of(EXAMPLE.stem)["resources"] if "收入总体" in r["path"]]
    titles = {field["name"]: field["title"] for field in resource["schema"]["fields"]}

    assert titles["一般公共预算"] == "财 政 拨 款 ( 补 助 )／一般公共预算"


def test_json_writes_exact_numbers_and_legible_words():
    text = to_json(
        {"数": Decimal("0.10"), "日": datetime.date(2024, 2, 25), "空": [], "无": {}, "表": [[1, None], ["甲"]]}
    )

    assert '"数": 0.10' in text
    assert json.loads(text) == {"数": 0.1, "日": "2024-02-25", "空": [], "无": {}, "表": [[1, None], ["甲"]]}


def table_of(*rows: Row, columns: tuple[Column, ...], header: list[list[HeaderCell]]) -> Table:
    return Table("甲", "", "甲表", "", False, False, "", "", columns, header, list(rows))


def test_merged_cells_stand_in_every_row_that_they_cover():
    columns = (Column("一", "文字", "50"), Column("二", "文字", "50"))
    header = [[HeaderCell("甲", 2)], [HeaderCell("乙"), HeaderCell("丙")], [HeaderCell("1"), HeaderCell("2")]]
    rows = (Row([Cell("上", "文字", rowspan=2), Cell("左", "文字")]), Row([Cell("右", "文字")]))
    table = table_of(*rows, Row([Cell("宽", "文字", colspan=2)]), columns=columns, header=header)

    assert full_rows(table) == [["上", "左"], ["上", "右"], ["宽", "宽"]]
    assert header_paths(table) == [["甲", "乙"], ["甲", "丙"]]


def test_the_label_of_a_total_is_no_value_of_the_columns_that_it_covers():
    columns = (Column("甲", "文字", "50"), Column("乙", "文字", "50"))
    label = Cell("总分", "居中", colspan=2)
    table = table_of(Row([label], total=True), columns=columns, header=[[HeaderCell("甲"), HeaderCell("乙")]])

    assert full_rows(table) == [["总分", None]]


# --- the same bytes ---


@pytest.mark.parametrize("example", EXAMPLES)
def test_workbook_and_data_are_the_same_bytes_again(example):
    again = open_data(document_of.__wrapped__(example))

    assert workbook_of(example) == workbook_of(example)
    assert open_data_zip(again) == open_data_zip(data_of(example))


def test_another_machine_gives_the_same_bytes(tmp_path):
    elsewhere = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    run = gongkai("render", EXAMPLE, "-o", "out", "--format", "xlsx,data", cwd=tmp_path, env=elsewhere)

    assert run.returncode == 0, run.stderr
    files = [(tmp_path / "out" / f"{EXAMPLE.stem}{ending}").read_bytes() for ending in (".xlsx", "-数据.zip")]
    assert files == [workbook_of(EXAMPLE.stem), open_data_zip(data_of(EXAMPLE.stem))]


# --- attachments ---


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short PDF of the example with all its data."""
    folder = tmp_path_factory.mktemp("published")
    write_pack(folder, "small", {"pack.yaml": SMALL_PACK, "预算/名词解释.html": "<p>名词。</p>\n"})
    result = render_unit(EXAMPLE, Settings(folder, ("pdf", "data"), "small", [folder]))
    assert not result.failed, result.findings
    return result.written[0]


def test_extract_gives_back_what_the_data_format_writes(published, tmp_path):
    run = gongkai("extract", published, "-o", "数据", cwd=tmp_path)

    assert run.returncode == 0, run.stderr
    found = {path.name: path.read_bytes() for path in (tmp_path / "数据").iterdir()}
    with zipfile.ZipFile(published.with_name(f"{published.stem}-数据.zip")) as archive:
        assert found == {name: archive.read(name) for name in archive.namelist()}
    assert run.stdout.count("\n") == len(found)


def test_extract_writes_beside_the_pdf_unless_told_otherwise(published, tmp_path):
    copy = tmp_path / "公开.pdf"
    copy.write_bytes(published.read_bytes())

    assert gongkai("extract", "公开.pdf", cwd=tmp_path).returncode == 0
    assert (tmp_path / "公开-数据" / "datapackage.json").is_file()


def test_attached_files_are_associated_data(published):
    """PDF/A-3 and ISO 32000-2: the catalog names them, each says how it belongs to the document."""
    catalog = pypdf.PdfReader(published).trailer["/Root"]
    specifications = [reference.get_object() for reference in catalog["/AF"]]

    assert {s["/AFRelationship"] for s in specifications} == {"/Data"}
    assert specifications[0]["/UF"] == "datapackage.json"
    assert {s["/EF"]["/F"].get_object()["/Subtype"] for s in specifications} == {"/text/csv", "/application/json"}
    assert {s["/EF"]["/F"].get_object()["/Params"]["/ModDate"] for s in specifications} == {"D:20240225000000Z"}
    assert all(s["/F"] == s["/UF"] and s["/Desc"] for s in specifications)


def pdf_with(folder: Path, files: dict[str, bytes]) -> Path:
    pdf = pydyf.PDF()
    pdf.add_page(
        pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 9, 9])})
    )
    attach(pdf, files, datetime.date(2024, 2, 25))
    path = folder / "别的.pdf"
    with path.open("wb") as stream:
        pdf.write(stream)
    return path


def package(**hashes: str) -> bytes:
    resources = [{"path": name.replace("_", "."), "hash": digest} for name, digest in hashes.items()]
    return json.dumps({"resources": resources}).encode()


SHA = f"sha256:{hashlib.sha256(b'1').hexdigest()}"


@pytest.mark.parametrize(
    ("files", "code", "words"),
    [
        ({}, "GK632", "没有附带公开数据"),
        ({"a.csv": b"1"}, "GK632", "没有附带公开数据"),
        ({"datapackage.json": b"{"}, "GK633", "写法不对"),
        ({"datapackage.json": b"[" * 100_000}, "GK633", "写法不对"),
        ({"datapackage.json": b'{"resources": [{}]}'}, "GK633", "写法不对"),
        (
            {"datapackage.json": b'{"resources": [{"path": "../a.csv", "hash": ""}]}', "../a.csv": b"1"},
            "GK633",
            "写法不对",
        ),
        ({"datapackage.json": b'{"resources": [{"path": "C:a.csv", "hash": ""}]}'}, "GK633", "写法不对"),
        ({"datapackage.json": b'{"resources": [{"path": ".a.csv", "hash": ""}]}'}, "GK633", "写法不对"),
        ({"datapackage.json": package(datapackage_json=SHA)}, "GK633", "写法不对"),
        ({"datapackage.json": package(a_csv=SHA)}, "GK633", "缺了：a.csv"),
        ({"datapackage.json": package(a_csv=SHA), "a.csv": b"2"}, "GK633", "改动过：a.csv"),
    ],
)
def test_foreign_or_altered_data_is_refused(files, code, words, tmp_path):
    with pytest.raises(FindingsError) as caught:
        extract(pdf_with(tmp_path, files))

    [finding] = caught.value.findings
    assert finding.code == code
    assert words in finding.message


def test_only_what_the_descriptor_names_is_extracted(tmp_path):
    path = pdf_with(tmp_path, {"datapackage.json": package(a_csv=SHA), "a.csv": b"1", "b.csv": b"2"})

    assert set(extract(path)) == {"datapackage.json", "a.csv"}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"\x00" * 5000])
def test_what_is_no_pdf_is_told_in_chinese(content, tmp_path):
    (tmp_path / "坏.pdf").write_bytes(content)
    run = gongkai("extract", "坏.pdf", cwd=tmp_path)

    assert run.returncode == 1
    assert "GK631" in run.stderr
    assert "Traceback" not in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["坏.pdf"]


def test_missing_pdf_is_told():
    with pytest.raises(FindingsError, match="文件读不出来"):
        extract(Path("没有.pdf"))


def test_more_than_any_disclosure_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.output.pdf.extract._LARGEST", 3)
    path = pdf_with(tmp_path, {"datapackage.json": b"{}  "})

    with pytest.raises(FindingsError, match="不是 PDF，或者已经损坏"):
        extract(path)


def test_codes_stand_whole_in_one_column():
    """A spreadsheet that opens the file makes 5 of 05, but leaves 2080505 as it is."""
    head, *body = rows_of_csv(csv_with("支出总体"))

    assert head[:3] == ["层级", "编码", "科目名称"]
    assert {(row[0], len(row[1])) for row in body} == {("类", 3), ("款", 5), ("项", 7), ("合计", 0)}
    assert [row[2] for row in body if row[1] == "2080505"] == ["机关事业单位基本养老保险缴费支出"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_cell_loses_a_zero_or_is_reckoned_when_a_spreadsheet_opens_the_file(example):
    tables = {name: data for name, data in data_of(example).items() if name.endswith(".csv")}
    assert tables
    for name, data in tables.items():
        for cell in (cell for row in rows_of_csv(data) for cell in row):
            assert not re.fullmatch(r"0\d+", cell), (name, cell)
            assert cell[:1] not in {"=", "+", "@"}, (name, cell)
            assert not cell.startswith("-") or re.fullmatch(r"-[\d,]*\.?\d*%?", cell), (name, cell)


def test_a_target_that_looks_like_a_formula_stays_a_text():
    texts = [data.decode("utf-8-sig") for name, data in data_of("bozhou-swj-2024-final").items() if "项目" in name]

    assert any(", =100%," in text for text in texts)
    assert not any(",=" in text for text in texts)


def test_names_in_the_zip_are_utf_8_for_the_usual_tools_too():
    """Those that ask which system made a file take the names of one from DOS for its old characters."""
    with zipfile.ZipFile(io.BytesIO(open_data_zip(data_of(EXAMPLE.stem)))) as archive:
        for info in archive.infolist():
            assert info.create_system == 3
            assert info.external_attr >> 16 == 0o100644
            assert info.filename.isascii() or info.flag_bits & 0x800
