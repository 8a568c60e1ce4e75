"""The older workbooks: what the library tells of them is what a newer one would say."""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from gongkai.findings import FindingsError, Level
from gongkai.source.workbook.cells import Cell, Kind, Merge, Workbook
from gongkai.source.workbook.older.xls import read_xls, workbook_of
from gongkai.source.workbook.read import read_workbook
from support.raw_book import read_data

OFFICE = shutil.which("soffice")
BLANK, TEXT, NUMBER, DATE, FLAG, ERROR = range(6)


@dataclass
class OldSheet:
    """A sheet as the library tells of it; cells are kind, value and number of the format."""

    rows: list[list[tuple[int, object, int | None]]]
    name: str = "表"
    visibility: int = 0
    merged_cells: list[tuple[int, int, int, int]] = field(default_factory=list)
    rowinfo_map: dict[int, object] = field(default_factory=dict)
    colinfo_map: dict[int, object] = field(default_factory=dict)

    @property
    def nrows(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> list[SimpleNamespace]:
        return [SimpleNamespace(ctype=kind, value=value, xf_index=xf) for kind, value, xf in self.rows[index]]


@dataclass
class OldBook:
    """A workbook as the library tells of it; formats by number, each style has the format of its number."""

    sheets: list[OldSheet]
    formats: dict[int, str] = field(default_factory=dict)
    datemode: int = 0
    biff_version: int = 80
    _supbook_types: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.nsheets = len(self.sheets)
        self.xf_list = [SimpleNamespace(format_key=key) for key in range(200)]
        self.format_map = {key: SimpleNamespace(format_str=code) for key, code in self.formats.items()}
        self.unloaded: list[int] = []

    def sheet_by_index(self, index: int) -> OldSheet:
        return self.sheets[index]

    def unload_sheet(self, index: int) -> None:
        self.unloaded.append(index)


def test_each_kind_of_cell():
    row = [
        (TEXT, "单位\r\n名称", 0), (NUMBER, 0.1 + 0.2, 0), (DATE, 45347.5, 14), (FLAG, 1, 0), (ERROR, 0x17, 0),
        (ERROR, 99, 0), (BLANK, "", 0), (TEXT, "", 0), (NUMBER, 1.0, 164), (NUMBER, float("nan"), 0), (NUMBER, 1e22, 0),
        (6, "", 0),
    ]  # fmt: skip
    sheet = workbook_of(OldBook([OldSheet([row])], {164: "0.0%"}), "单位.xls").sheets[0]
    assert {column: (cell.kind, cell.text) for (_, column), cell in sheet.cells.items()} == {
        1: (Kind.TEXT, "单位\n名称"), 2: (Kind.NUMBER, "0.3"), 3: (Kind.DATE, "2024-02-25"), 4: (Kind.FLAG, "是"),
        5: (Kind.ERROR, "#REF!"), 6: (Kind.ERROR, "#VALUE!"), 9: (Kind.NUMBER, "1"), 10: (Kind.ERROR, "#NUM!"),
        11: (Kind.NUMBER, "1" + "0" * 22),
    }  # fmt: skip
    assert sheet.at(1, 9).shown == "100.0%"


def test_days_counted_from_1904_and_formats_that_were_not_read():
    book = OldBook([OldSheet([[(DATE, 43885.0, None), (NUMBER, 5.0, None)]])], datemode=1)
    cells = workbook_of(book, "单位.xls").sheets[0].cells
    assert [cell.text for cell in cells.values()] == ["2024-02-25", "5"]


def test_merges_and_what_is_not_seen():
    seen, unseen = SimpleNamespace(hidden=0, height=300, width=900), SimpleNamespace(hidden=1, height=300, width=900)
    flat = SimpleNamespace(hidden=0, height=0, width=0)
    sheet = OldSheet(
        [[(TEXT, "合计", 0)]],
        visibility=2,
        merged_cells=[(0, 2, 0, 2), (1, 3, 1, 3)],
        rowinfo_map={0: seen, 1: unseen, 2: flat},
        colinfo_map={0: seen, 4: unseen, 5: flat},
    )
    book = OldBook([sheet, OldSheet([])])
    read = workbook_of(book, "单位.xls").sheets[0]
    assert (read.merges, read.hidden, read.hidden_rows, read.hidden_columns) == (
        (Merge(1, 1, 2, 2),),
        True,
        {2, 3},
        {5, 6},
    )
    assert read.seen_at(2, 2).text == "合计"
    assert book.unloaded == [0, 1]


def test_macros_links_and_unseen_characters_are_told():
    book = OldBook([OldSheet([[(TEXT, "甲\x07", 0)]])], _supbook_types=[1, 2])
    findings = workbook_of(book, "单位.xls", macros=True).findings
    assert [(finding.code, finding.level) for finding in findings] == [
        ("GK153", Level.HINT), ("GK154", Level.WARNING), ("GK106", Level.ERROR),
    ]  # fmt: skip


def test_too_many_cells_are_refused():
    row = [(NUMBER, 1.0, 0)] * 200_001
    with pytest.raises(FindingsError, match="单元格超过"):
        workbook_of(OldBook([OldSheet([row]), OldSheet([row])]), "单位.xls")


def record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


OLDEST = (
    record(0x0009, struct.pack("<HH", 2, 0x10))
    + record(0x0003, struct.pack("<HH3xd", 0, 0, 12.5))
    + record(0x0004, struct.pack("<HH3xB", 0, 1, 4) + b"unit")
    + record(0x000A, b"")
)
"""A sheet of the first version: 12.5 in A1, a text in B1."""

LOCKED = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 1997, 0, 6)) + record(0x002F, b"\1\0\1\0\1\0" + bytes(48))


def test_the_oldest_have_no_package_and_are_read(tmp_path):
    (sheet,) = read_data(OLDEST, tmp_path, "单位.xls").sheets
    assert dict(sheet.cells) == {(1, 1): Cell(Kind.NUMBER, "12.5", "12.5"), (1, 2): Cell(Kind.TEXT, "unit", "unit")}


def test_a_password_is_asked_of_nobody(tmp_path):
    with pytest.raises(FindingsError, match="密码") as refused:
        read_data(LOCKED, tmp_path, "单位.xls")
    assert [finding.code for finding in refused.value.findings] == ["GK151"]


@pytest.mark.parametrize(
    "data", [OLDEST[:20], LOCKED[:10], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0" * 90]
)
def test_what_is_damaged_is_told_and_nothing_is_printed(tmp_path, capsys, data):
    with pytest.raises(FindingsError, match=r"损坏") as refused:
        read_data(data, tmp_path, "单位.xls")
    assert [finding.code for finding in refused.value.findings] == ["GK150"]
    assert capsys.readouterr() == ("", "")


@pytest.fixture(scope="module")
def converted(tmp_path_factory) -> tuple[Workbook, Path]:
    """A workbook, and the same as an office has saved it in the older form."""
    folder = tmp_path_factory.mktemp("office")
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "支出 "
    sheet.append(["科目编码", "金额", "比例", "公开", "两\n行", "日期"])
    sheet.append(["2010101", 287.46, 0.125, False, None, 45347])
    sheet["C2"].number_format, sheet["F2"].number_format = "0.0%", 'yyyy"年"m"月"d"日"'
    sheet["A3"], sheet["B3"], sheet["C3"] = "合计", "=B2*2", "=1/0"
    sheet.merge_cells("A5:B6")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["D"].hidden = True
    made.create_sheet("目录").sheet_state = "hidden"
    made.save(folder / "单位.xlsx")
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xls",
    ]
    subprocess.run([*command, "--outdir", folder, folder / "单位.xlsx"], check=True, capture_output=True, timeout=240)
    return read_workbook(folder / "单位.xlsx"), folder / "单位.xls"


office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.mark.slow
@office
def test_the_older_form_of_a_workbook_says_the_same(converted):
    new, file = converted
    old = read_workbook(file)
    assert [(sheet.name, sheet.hidden, sheet.merges) for sheet in old.sheets] == [
        (sheet.name, sheet.hidden, sheet.merges) for sheet in new.sheets
    ]
    first, second = old.sheets[0], new.sheets[0]
    assert (first.hidden_rows, first.hidden_columns) == (second.hidden_rows, second.hidden_columns)
    assert {at: (cell.kind, cell.text, cell.shown) for at, cell in first.cells.items()} == {
        at: (cell.kind, cell.text, cell.shown) for at, cell in second.cells.items()
    }


@pytest.mark.slow
@office
def test_whatever_is_changed_in_an_older_workbook_is_read_or_refused(converted):
    data, chance = converted[1].read_bytes(), random.Random(150)
    outcomes = set()
    for _ in range(400):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        try:
            outcomes.add(type(read_xls(bytes(changed), "单位.xls")).__name__)
        except FindingsError as error:
            outcomes |= {finding.code for finding in error.findings}
    assert "Workbook" in outcomes
    assert outcomes <= {"Workbook", "GK150", "GK151", "GK152"}
