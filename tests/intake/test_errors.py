"""The error gallery: every mistake in tests/errors is told just as its golden file says.

To see a mistake as a clerk does: ``cd tests/errors`` and ``gongkai check tab-indent.yaml``. What
it prints there, with output and errors in one file, is the golden file of the same name; only
the folder of the product's packs is shortened to ``templates``. ``make errors`` writes them anew.
"""

from __future__ import annotations

import codecs
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner
from click.testing import Result as Invocation

from gongkai.cli.main import cli
from gongkai.findings import Finding, Level
from gongkai.packs.load.find import product_templates
from gongkai.produce.unit import Settings, check_unit, render_unit
from gongkai.result import Result
from gongkai.source import text_file
from support.fixtures import ends_within, one_of
from support.golden import Golden
from support.slips import EXAMPLES, GALLERY, ROOT, VALID, with_slips

READERS = [ROOT / "src/gongkai" / room for room in ("source", "intake")]

WORKBOOKS = {"workbook", "book", "export"}
"""Rooms of readers of workbooks: tests/intake/book/test_codes.py."""

NAMES = sorted(path.stem for path in GALLERY.glob("*.yaml"))
SHOWN = re.compile(
    r"(?P<file>[\w-]+\.yaml)(:(?P<line>\d+):(?P<column>\d+))?：(?P<level>错误|警告) (?P<code>GK\d{3}) (?P<words>.+)"
)


def words_of(name: str) -> str:
    return (GALLERY / f"{name}.txt").read_text(encoding="utf-8")


def shown(name: str) -> list[re.Match[str]]:
    """The findings in a golden file, one for each."""
    return [match for line in words_of(name).splitlines() if (match := SHOWN.fullmatch(line))]


def has_error(name: str) -> bool:
    return any(finding["level"] == "错误" for finding in shown(name))


WRONG = [name for name in NAMES if has_error(name)]
WARNED = [name for name in NAMES if shown(name) and not has_error(name)]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Invocation]:
    """The command line, run in the gallery's folder."""
    monkeypatch.chdir(GALLERY)
    monkeypatch.delenv("GONGKAI_PACKS", raising=False)
    return lambda *arguments: CliRunner().invoke(cli, [str(argument) for argument in arguments])


def checked(file: Path) -> Result:
    return check_unit(file, Settings(Path()))


def only_finding(file: Path) -> Finding:
    [finding] = checked(file).findings
    return finding


# The gallery


@pytest.mark.parametrize("name", NAMES)
def test_check_prints_the_golden_words(name: str, run: Callable[..., Invocation], golden: Golden) -> None:
    result = run("check", f"{name}.yaml")
    said = result.output.replace(str(product_templates()), "templates")
    assert said == golden.text(GALLERY / f"{name}.txt", said)
    assert result.exit_code == (1 if has_error(name) else 0)


@pytest.mark.parametrize("name", WRONG)
def test_render_refuses_a_wrong_file_and_writes_nothing(
    name: str, run: Callable[..., Invocation], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = run("render", f"{name}.yaml", "-o", out)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert "不通过" in result.output
    assert not out.exists()


@pytest.mark.parametrize("name", WARNED)
def test_render_lets_a_warning_pass_unless_it_is_told_to_be_strict(
    name: str, run: Callable[..., Invocation], tmp_path: Path
) -> None:
    strict, lenient = tmp_path / "strict", tmp_path / "lenient"
    assert run("render", f"{name}.yaml", "--format", "html", "--strict", "-o", strict).exit_code == 1
    assert not strict.exists()
    assert run("render", f"{name}.yaml", "--format", "html", "-o", lenient).exit_code == 0
    assert [path.name for path in lenient.iterdir()] == [f"{name}.html"]


def test_gallery_is_complete() -> None:
    assert len(WRONG) >= 45
    assert {path.stem for path in GALLERY.glob("*.txt")} == set(NAMES)
    assert not shown("valid")


@pytest.mark.parametrize("name", NAMES)
def test_gallery_file_begins_with_what_is_wrong(name: str) -> None:
    first = (GALLERY / f"{name}.yaml").read_text(encoding="utf-8").split("\n")[0]
    assert re.match("# .*[一-鿿]{2}", first)


def test_every_finding_of_the_intake_has_an_example() -> None:
    files = [file for room in READERS for file in room.rglob("*.py") if not WORKBOOKS & {*file.parts}]
    known = {code for file in files for code in re.findall(r"GK\d{3}", file.read_text(encoding="utf-8"))}
    in_gallery = {finding["code"] for name in NAMES for finding in shown(name)}
    # Files that cannot be read as text, and those with too many mistakes, are made by the tests below.
    made_by_tests = {"GK101", "GK102", "GK103", "GK104", "GK105", "GK211", "GK606"}
    made_by_tests |= {"GK233", "GK234", "GK235", "GK236"}  # tests/hostile/test_bounds.py: files of such a size
    made_by_tests |= {"GK891", "GK892", "GK893", "GK894"}  # tests/source/printed: finished documents
    made_by_tests |= {"GK133"}  # tests/intake/test_supplements.py: a pack that declares a text
    # The models refuse control characters too, for readers that are not this one.
    assert known - in_gallery - made_by_tests == {"GK210"}


# Where the findings point


@pytest.mark.parametrize("name", WRONG)
def test_finding_points_at_the_offending_text(name: str) -> None:
    lines = (GALLERY / f"{name}.yaml").read_text(encoding="utf-8").split("\n")
    for finding in shown(name):
        if finding["line"] is None:
            assert re.search("缺少|里没有", finding["words"]), "only what is absent has no place"
            continue
        line, column = lines[int(finding["line"]) - 1], int(finding["column"])
        assert 1 <= column <= len(line)
        assert not line.lstrip().startswith("#")
        character = line[column - 1]
        assert not character.isspace() or finding["code"] == "GK118", (
            "a finding of indentation points at the indentation"
        )


QUOTED = re.compile("“([^“”]+)”")


@pytest.mark.parametrize("name", [name for name in WRONG if any(f["code"][:3] == "GK2" for f in shown(name))])
def test_finding_about_a_name_or_value_stands_where_that_begins(name: str) -> None:
    lines = (GALLERY / f"{name}.yaml").read_text(encoding="utf-8").split("\n")
    for finding in shown(name):
        if finding["line"] is None or finding["code"][:3] != "GK2":
            continue
        here = lines[int(finding["line"]) - 1][int(finding["column"]) - 1 :].lstrip('"“')
        named = [step for quoted in QUOTED.findall(finding["words"]) for step in quoted.split(" › ")]
        assert any(here.startswith(word) for word in named), (here, named)


@pytest.mark.parametrize("name", NAMES)
def test_findings_come_in_the_order_of_the_file_errors_first(name: str) -> None:
    """What stands on one line stays together; a line with an error comes before one with warnings only."""
    lines = [int(f["line"] or 0) for f in shown(name)]
    wrong = {line for line, f in zip(lines, shown(name), strict=True) if f["level"] == "错误"}
    order = [(line not in wrong, line, f["level"] != "错误", int(f["column"] or 0))
             for line, f in zip(lines, shown(name), strict=True)]  # fmt: skip
    assert order == sorted(order)


@pytest.mark.parametrize("name", WRONG)
def test_two_figures_that_disagree_are_both_told_with_their_difference(name: str) -> None:
    for told in (told for finding in shown(name) for told in finding["words"].split("；")):
        amounts = [float(a.replace(",", "")) for a in re.findall(r"([\d,.]+) 万?元", told)]
        if "相差" in told and amounts:
            stated, expected, difference = amounts
            assert difference == pytest.approx(abs(stated - expected))
            assert difference > 0


# Files that are no text, or no files


def test_missing_file(tmp_path: Path) -> None:
    finding = only_finding(tmp_path / "没有.yaml")
    assert (finding.code, finding.message) == ("GK101", "找不到文件")


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    finding = only_finding(tmp_path)
    assert (finding.code, finding.message) == ("GK102", "这是一个文件夹，不是数据文件")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.yaml"
    os.mkfifo(pipe)
    assert only_finding(pipe).code == "GK102"


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(path: Path, *flags: int) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    file = tmp_path / "预算.yaml"
    file.write_text(VALID, encoding="utf-8")
    monkeypatch.setattr(os, "open", locked)
    finding = only_finding(file)
    assert (finding.code, finding.message) == ("GK103", "文件打不开：没有读取的权限")


def test_file_name_too_long(tmp_path: Path) -> None:
    finding = only_finding(tmp_path / f"{'预' * 300}.yaml")
    assert (finding.code, finding.message) == ("GK103", "文件打不开：文件名太长")


def test_huge_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "预算.yaml"
    with file.open("wb") as stream:
        stream.truncate(text_file.MAX_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("read"))
    finding = only_finding(file)
    assert (finding.code, finding.message) == ("GK104", "文件过大（20,000,001 字节）")


NOT_TEXT = {
    "GB18030": (VALID.encode("gb18030"), "GK105", "GB18030"),
    "UTF-16": (VALID.encode("utf-16"), "GK105", "UTF-16"),
    "binary": (bytes(range(128, 256)) * 9, "GK105", "不是 UTF-8"),
    "workbook": (b"PK\x03\x04\x14\x00\x06\x00", "GK105", "Office"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "GK105", "PDF"),
    "broken character": (VALID.encode()[:-2] + b"\xe4\n", "GK105", "不是 UTF-8"),
    "empty": (b"", "GK107", "空的"),
    "byte order mark only": (codecs.BOM_UTF8, "GK107", "空的"),
    "blank lines only": (b"\n \n\t\n", "GK107", "空的"),
    "zero byte": (VALID.encode().replace(b"2024-02-25", b"2024-02-\x00"), "GK106", "U+0000"),
    "escape": (VALID.replace("工资", "\x1b[2J").encode(), "GK106", "U+001B"),
    "zero-width space": (VALID.replace("货物: 5.00", "货物: 5.00\u200b").encode(), "GK106", "U+200B"),
    "line separator": (VALID.replace("办好", "办好\u2028").encode(), "GK106", "U+2028"),
    "direction override": (VALID.replace("办好", "\u202e办好").encode(), "GK106", "U+202E"),
    "mark inside": (VALID.replace("办好", "\ufeff办好").encode(), "GK106", "U+FEFF"),
}


@pytest.mark.parametrize(("content", "code", "word"), NOT_TEXT.values(), ids=NOT_TEXT)
def test_file_that_is_no_plain_text(tmp_path: Path, content: bytes, code: str, word: str) -> None:
    file = tmp_path / "预算.yaml"
    file.write_bytes(content)
    finding = only_finding(file)
    assert finding.code == code
    assert word in finding.message


def test_first_character_that_is_not_utf_8_is_pointed_at(tmp_path: Path) -> None:
    file = tmp_path / "预算.yaml"
    file.write_bytes("文种: 预算\n年度: ".encode() + "二〇二四".encode("gb18030"))
    place = only_finding(file).place
    assert place is not None
    assert (place.line, place.column) == (2, 5)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Mac"])
def test_line_endings_and_byte_order_mark_do_no_harm(tmp_path: Path, ending: str) -> None:
    file = tmp_path / "预算.yaml"
    file.write_bytes(codecs.BOM_UTF8 + VALID.replace("货物: 5.00", "货物: 5.O0").replace("\n", ending).encode())
    place = only_finding(file).place
    assert place is not None
    line = VALID.split("\n")[place.line - 1]
    assert line[place.column - 1 :].startswith("5.00, 面向中小企业")


# Hostile files


def nested(text: str) -> str:
    return VALID.replace("办好展会", text)


HOSTILE = {
    "brackets": nested("[" * 100_000),
    "closed brackets": nested("[" * 100_000 + "]" * 100_000),
    "braces": nested("{甲: " * 100_000),
    "lists": "- " * 100_000,
    "questions": "? " * 100_000,
    "indentation": "\n".join(" " * depth + "甲:" for depth in range(2_000)),
    "long name": f"{VALID}{'名称' * 500_000}: 1\n",
    "long number": VALID.replace("货物: 5.00", "货物: " + "9" * 1_000_000),
    "long year": VALID.replace("2024\n", "2" * 5_000 + "\n"),
    "bomb": (GALLERY / "yaml-bomb.yaml").read_text(encoding="utf-8"),
    "many unknown names": VALID + "".join(f"第{i}项: 1\n" for i in range(20_000)),
}


HANGS = 30
"""Processor seconds after which a check hangs; each of these files takes a fraction of one."""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_refused_at_once(tmp_path: Path, text: str) -> None:
    file = tmp_path / "预算.yaml"
    file.write_text(text, encoding="utf-8")
    with ends_within(HANGS):
        result = checked(file)
    assert result.failed
    assert all(len(finding.message) < 200 for finding in result.findings)


def test_file_with_very_many_mistakes_is_cut_short(tmp_path: Path) -> None:
    file = tmp_path / "预算.yaml"
    file.write_text(VALID + "".join(f"第{i}项: 1\n" for i in range(300)), encoding="utf-8")
    findings = checked(file).findings
    assert len(findings) == 201
    assert (findings[0].code, findings[0].message) == ("GK211", "写法上的错误太多，只列出 200 处")


MARKUP = "{{ 7*7 }} {% include 'x' %} <script>alert(1)</script> &amp;"


def test_markup_and_template_code_are_printed_as_they_are(tmp_path: Path) -> None:
    result = render_unit(GALLERY / "literal-markup.yaml", Settings(tmp_path, formats=("html",)))
    assert not [finding for finding in result.findings if finding.level is not Level.HINT]
    html = result.written[0].read_text(encoding="utf-8")
    text = lxml.html.document_fromstring(html).text_content()
    assert MARKUP in text
    assert "某县<b>商务局</b>" in text
    assert "主要原因是{{ 7*7 }}" in text
    assert "49" not in re.findall(r"\d+", text)
    assert "<script" not in html
    assert "<b>商务局" not in html


# Mistakes nobody thought of


@pytest.mark.parametrize("start", one_of(3, range(3)))
@pytest.mark.parametrize("kind", one_of(2, ["budget", "final"]))
def test_unknown_name_with_nothing_behind_it_is_told_in_every_mapping(tmp_path: Path, kind: str, start: int) -> None:
    """A third of the lines each."""
    lines = (ROOT / "examples" / f"shili-ju-2024-{kind}.yaml").read_text(encoding="utf-8").split("\n")
    file = tmp_path / "单位.yaml"
    tried = 0
    for number, line in [*enumerate(lines)][start::3]:
        found = re.match(r'( *)(- )?("?[\w（）]+"?: )', line)
        if not found or (number and lines[number - 1].rstrip().endswith("|")):
            continue
        tried += 1
        indent = len(found[1]) + len(found[2] or "")
        file.write_text("\n".join([*lines[:number], line, " " * indent + "不知名:", *lines[number + 1 :]]), "utf-8")
        assert checked(file).findings
    assert tried > 50


def slips(seed: int, count: int) -> Iterator[str]:
    chance = random.Random(seed)
    texts = [VALID, *(path.read_text(encoding="utf-8") for path in EXAMPLES)]
    return (with_slips(chance.choice(texts), chance) for _ in range(count))


@pytest.mark.parametrize("seed", one_of(2, range(4)))
def test_any_slip_ends_in_findings_or_success(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "预算.yaml"
    for text in slips(seed, 60):
        file.write_text(text, encoding="utf-8")
        lines = text.split("\n")
        for finding in checked(file).findings:
            assert finding.place is not None
            assert finding.place.line <= len(lines)
            assert finding.message.isprintable()
            assert finding.code != "GK204" or "不合要求" not in finding.message, "a refusal nobody has worded"
