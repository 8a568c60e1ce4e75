"""Whatever stands in a file: it is read, or it is refused in words; nothing else ever happens."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.findings import FindingsError
from gongkai.source.workbook.cells import Kind, Workbook
from gongkai.source.workbook.dates import date_text
from gongkai.source.workbook.digits import number_text
from gongkai.source.workbook.formats import format_of
from gongkai.source.workbook.formulas.reckon import reckon
from gongkai.source.workbook.formulas.shift import shifted
from gongkai.source.workbook.grid import Grid, Pending
from gongkai.source.workbook.looks_like import looks_like
from gongkai.source.workbook.ooxml.book import read_package
from gongkai.source.workbook.ooxml.strings import unescaped
from gongkai.source.workbook.values import number_cell
from support.raw_book import packed, parts_of, relations, sheet, styles

EVERYTHING = parts_of(
    {
        "支出 ": sheet(
            '<row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45347</v></c>'
            '<c r="C1" s="2"><v>0.5</v></c></row>'
            '<row r="2" ht="0"><c r="A2"><f t="shared" ref="A2:A3" si="0">SUM(B1:C1)*2%</f></c>'
            '<c r="B2" t="b"><v>1</v></c></row>'
            '<row r="3"><c r="A3"><f t="shared" si="0"/><v/></c><c r="B3" t="e"><v>#REF!</v></c>'
            '<c r="C3" t="inlineStr"><is><r><t xml:space="preserve"> 甲_x000D_</t></r></is></c></row>',
            after='<mergeCells><mergeCell ref="A5:B6"/><mergeCell ref="B6:C7"/></mergeCells>',
            before='<cols><col min="1" max="2" hidden="1"/></cols>',
        ),
        "二": sheet("<row><c><f>ROUND('支出 '!C1/3,2)</f></c><c t='str'><f>[1]表!A1</f></c></row>"),
    },
    strings="<si><r><t>单</t></r><r><t>位</t></r><rPh><t>x</t></rPh></si>",
    formats=styles('yyyy"年"m"月";@', "0.0%;-0%"),
    head='<workbookPr date1904="1"/>',
)
EVERYTHING["docProps/custom.xml"] = '<P xmlns:vt="v"><property name="文种"><vt:lpwstr>预算</vt:lpwstr></property></P>'
EVERYTHING["_rels/.rels"] = relations(
    ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
)
PACKED = packed(EVERYTHING)

CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8)
MEANT = "0123456789-+.,:;!$%&<>/=\"'[]()_xArRtsefv 年\x00".encode()


def changed(data: bytes, changes: list[tuple[float, int]]) -> bytes:
    out = bytearray(data)
    for where, byte in changes:
        out[int(where * len(out))] = byte
    return bytes(out)


def outcome(data: bytes) -> str:
    try:
        book = read_package(data, "单位.xlsx")
    except FindingsError as error:
        (finding,) = error.findings
        return finding.code if finding.advice and finding.place else "nothing to go by"
    for cell in (cell for read in book.sheets for cell in read.cells.values()):
        assert (cell.kind is Kind.UNKNOWN) == (not cell.text)
        assert cell.kind is not Kind.NUMBER or number_text(cell.text) == cell.text
    return type(book).__name__


def test_the_file_that_is_changed_is_a_good_one():
    assert outcome(PACKED) == Workbook.__name__


@given(CHANGES)
def test_any_bytes_of_a_file_may_change(changes):
    assert outcome(changed(PACKED, changes)) in {"Workbook", "GK150", "GK151", "GK152"}


@given(st.sampled_from(sorted(EVERYTHING)), CHANGES, st.booleans())
def test_any_bytes_within_its_parts_may_change(name, changes, meant):
    """Half of the changes are to letters that mean something there."""
    if meant:
        changes = [(where, MEANT[byte % len(MEANT)]) for where, byte in changes]
    parts = EVERYTHING | {name: changed(str(EVERYTHING[name]).encode(), changes)}
    assert outcome(packed(parts)) in {"Workbook", "GK150", "GK152"}


@given(st.sampled_from(sorted(EVERYTHING)), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_any_piece_of_a_part_may_be_lost_or_stand_elsewhere(name, start, end, target):
    data = str(EVERYTHING[name])
    start, end, target = (int(share * len(data)) for share in (min(start, end), max(start, end), target))
    for text in (data[:start] + data[end:], data[:target] + data[start:end] + data[target:]):
        assert outcome(packed(EVERYTHING | {name: text})) in {"Workbook", "GK150", "GK152"}


PIECES = st.lists(
    st.sampled_from(
        ["A1", "$B$2", "C3", "C4", "A1:B2", "A:A", "1:2", "支出!A1", "'二'!C4", "[1]x!A1", "XFD1048576", "SUM(",
         "ROUND(",
         ")", "(", ",", "+", "-", "*", "/", "%", "1", "0.5", "1e308", "#REF!", '"甲"', " ", "IF(", "!", ":", "'"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(PIECES, PIECES, PIECES)
def test_any_formulas_come_to_something(first, second, third):
    one, two = Grid("支出", 1, cells={(1, 1): number_cell("5", format_of("0%"), since_1904=False)}), Grid("二", 2)
    one.pending = {(3, 3): Pending(first, format_of("")), (4, 3): Pending(second, format_of("yyyy-m"))}
    two.pending = {(4, 3): Pending(third, format_of("0%"))}
    reckon([one, two], since_1904=True)
    assert {cell.formula for cell in one.cells.values()} == {"", first, second}
    assert all(cell.text or cell.kind is Kind.UNKNOWN for grid in (one, two) for cell in grid.cells.values())


@given(PIECES, st.integers(-3, 3), st.integers(-3, 3))
def test_any_formula_can_be_moved_and_moved_back(formula, rows, columns):
    there = shifted(formula, rows, columns)
    if "#REF!" not in there:
        assert shifted(there, -rows, -columns) == shifted(formula, 0, 0)


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction]:
    """A formula of numbers, and what it comes to exactly."""
    if depth == 0 or draw(st.booleans()):
        number = draw(st.decimals(-1000, 1000, places=2))
        return f"({number})", Fraction(number)
    (left, a), (right, b) = draw(sums(depth - 1)), draw(sums(depth - 1))
    kind = draw(st.sampled_from("+-*/%S"))
    if kind == "S":
        return f"SUM({left},{right})", a + b
    if kind == "%":
        return f"-({left})%", -a / 100
    if kind == "/" and b != 0:
        return f"({left})/({right})", a / b
    kind = "*" if kind == "/" else kind
    return f"({left}){kind}({right})", {"+": a + b, "-": a - b, "*": a * b}[kind]


@given(sums())
@example(("(1)/(3)*(3)-(1)", Fraction(0)))
def test_arithmetic_is_exact_to_the_last_digit_that_is_shown(drawn):
    formula, exact = drawn
    grid = Grid("表", 1, pending={(1, 1): Pending(formula, format_of(""))})
    reckon([grid], since_1904=False)
    text = grid.cells[(1, 1)].text
    assert abs(Fraction(text) - exact) <= abs(exact) * Fraction(5, 10**15)


@given(st.text('ymdhsYe0#?.,;%@_*\\"!/-[]$>=< 年月日aGenral', max_size=20), st.decimals(-(10**6), 10**6, places=5))
def test_any_format_can_be_asked(code, value):
    looks = format_of(code)
    text = date_text(value, since_1904=False)
    assert text is None or looks.date_shown(text) is not None
    shown = looks.percent_shown(value)
    assert shown is None or shown.endswith("%")


@given(st.binary(max_size=60), st.text(max_size=60))
def test_anything_looks_like_something(data, text):
    assert all(looks_like(given)[0] in "是像" for given in (data, text.encode(), text.encode("utf-16")))


@given(st.text("_x0Dd8E5F\r\n\ud800\udc00甲", max_size=40))
def test_any_text_can_be_spelt_out(text):
    assert "\r" not in unescaped(text)
