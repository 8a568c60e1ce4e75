"""Finished documents for the rules on running text: examples as they are rendered, and small ones of a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import html

from gongkai.api import render
from gongkai.audit.claims.rules import RULES
from gongkai.audit.document import Audited
from gongkai.findings import Finding, FindingsError
from gongkai.intake.export.mapping import read_mapping
from gongkai.intake.export.reading.recognise import Recogniser
from gongkai.intake.export.reading.tables import Tables, together
from gongkai.packs.open import open_pack
from gongkai.source.printed.document import Paragraph, Printed
from gongkai.source.workbook.cells import Workbook
from gongkai.source.workbook.read import read_workbook
from support.small_documents import Rows, sheet_of

ROOT = Path(__file__).resolve().parents[2]
PACKS = ("", "新疆", "克州", "昌吉州", "博州", "示范省", "外省式样")
"""Packs under which examples are rendered; empty for the one that the file names."""
ROOT_EXAMPLES = ("shili-ju-2024-budget", "shili-ju-2024-final")
"""Those that have something of everything."""
_NO_TEXT = ("cover", "table", "toc", "sign", "chart")


def tables_of(book: Workbook) -> Tables:
    """The official tables of a workbook."""
    return together(Recogniser(read_mapping(None)[0]).tables([book]))


def examples() -> Iterator[tuple[str, Path, str]]:
    """Every example with each pack under which it may be printed: a name, the file, the pack."""
    files = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted((ROOT / "templates/shifan/例子").glob("*.yaml"))]
    for file in files:
        for pack in PACKS:
            yield f"{pack or '本包'}/{file.stem}", file, pack


AS_PUBLISHED = {"bozhou-swj-2024-final": frozenset({"GK815", "GK864", "GK865", "GK866", "GK867"})}
"""What examples that are like the published documents have kept of their mistakes, by the codes that tell of it."""


def kept(name: str, code: str) -> bool:
    """Whether an example (``name`` ends with that of its file) has a mistake that it keeps."""
    return code in AS_PUBLISHED.get(name.rpartition("/")[2], ())


@dataclass(frozen=True)
class Marked:
    """A rendered example, and where templates have printed amounts in its paragraphs."""

    document: Audited
    amounts: Sequence[tuple[int, int, int]]
    """The number of the paragraph, and from which character up to which."""


def few() -> list[str]:
    """Some of the examples' names: each under its own pack, and one under each other pack."""
    names = [name for name, _, _ in examples()]
    own = [name for name in names if name.startswith("本包/")]
    others = [f"{pack}/{ROOT_EXAMPLES[number % 2]}" for number, pack in enumerate(PACKS) if pack and pack != "示范省"]
    return [*own, *others]


def rendered(names: Iterable[str] = ()) -> Mapping[str, Marked]:
    """The examples of these names as finished documents, or all; without those that their pack does not take."""
    wanted = set(names)
    found = {name: _rendered(name, file, pack) for name, file, pack in examples() if not wanted or name in wanted}
    return {name: marked for name, marked in found.items() if marked is not None}


@cache
def _rendered(name: str, file: Path, pack: str) -> Marked | None:
    with TemporaryDirectory() as folder:
        out = Path(folder)
        try:
            result = render(file, out, formats=["html", "xlsx"], pack=pack or None)
        except FindingsError:
            return None
        return finished(out / f"{file.stem}.html", out / f"{file.stem}.xlsx", pack) if result.written else None


def finished(page: Path, book: Path, pack: str = "") -> Marked:
    """A rendered document: its paragraphs from the page, its tables from the workbook."""
    tables = tables_of(read_workbook(book))
    elements = list(_elements(page))
    paragraphs = [
        Paragraph(element.text_content(), number, heading=int(element.tag[1]) if element.tag != "p" else 0)
        for number, element in enumerate(elements, 1)
    ]
    amounts = [(number, *place) for number, element in enumerate(elements, 1) for place in _amounts(element)]
    opened = open_pack(pack, tables.kind, tables.year or 2024) if pack else None
    return Marked(Audited(Printed(page.stem, "docx", paragraphs), tables, opened), amounts)


def _amounts(element: html.HtmlElement) -> Iterator[tuple[int, int]]:
    """Where in its text the marked amounts of a paragraph stand."""
    at = len(element.text or "")
    for part in element:
        length = len(part.text_content())
        if part.tag == "data":
            yield at, at + length
        at += length + len(part.tail or "")


def _elements(page: Path) -> Iterator[html.HtmlElement]:
    root = html.document_fromstring(page.read_text(encoding="utf-8"))
    for element in root.iter("h1", "h2", "h3", "p"):
        inside = any(above.tag in ("nav", "table") for above in element.iterancestors())
        if inside or (element.get("class") or "").startswith(_NO_TEXT):
            continue
        if element.text_content().strip():
            yield element


SPENDING: Rows = [
    ["2024年一般公共预算支出情况表"],
    ["编制单位：示例县商务局", "", "", "", "单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["201", "一般公共服务支出", "467.68", "447.68", "20.00"],
    ["20113", "商贸事务", "467.68", "447.68", "20.00"],
    ["2011301", "行政运行", "287.46", "287.46", ""],
    ["2011350", "事业运行", "160.22", "160.22", ""],
    ["2011399", "其他商贸事务支出", "20.00", "", "20.00"],
    ["221", "住房保障支出", "78.02", "78.02", ""],
    ["22102", "住房改革支出", "78.02", "78.02", ""],
    ["2210201", "住房公积金", "78.02", "78.02", ""],
    ["", "合计", "545.70", "525.70", "20.00"],
]
"""A table of a budget, against which text is held."""

BASIC: Rows = [
    ["2024年一般公共预算基本支出情况表"],
    ["编制单位：示例县商务局", "", "", "", "单位：万元"],
    ["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
    ["301", "工资福利支出", "505.34", "505.34", ""],
    ["30101", "基本工资", "305.34", "305.34", ""],
    ["30102", "津贴补贴", "200.00", "200.00", ""],
    ["302", "商品和服务支出", "20.36", "", "20.36"],
    ["30201", "办公费", "20.36", "", "20.36"],
    ["30215", "会议费", "", "", ""],
    ["", "合计", "525.70", "505.34", "20.36"],
]


def document(*texts: str, tables: Sequence[Rows] = (SPENDING, BASIC), pack: str = "", kind: str = "预算") -> Audited:
    """A document of the year 2024 of some tables and paragraphs."""
    sheets = [sheet_of(rows, number) for number, rows in enumerate(tables, 1)]
    found = tables_of(Workbook("公开.docx", sheets))
    found = replace(found, kind=kind, year=found.year or 2024)
    paragraphs = [Paragraph(text, number) for number, text in enumerate(texts, 1)]
    opened = open_pack(pack, kind, 2024) if pack else None
    return Audited(Printed("公开.docx", "docx", paragraphs), found, opened)


def findings(audited: Audited) -> list[Finding]:
    """What the rules on running text find."""
    return [finding for rule in RULES for finding, _ in rule.findings(audited)]


def found(*texts: str, tables: Sequence[Rows] = (SPENDING, BASIC), pack: str = "", kind: str = "预算") -> list[str]:
    """The codes of what they find in such a document."""
    return sorted(finding.code for finding in findings(document(*texts, tables=tables, pack=pack, kind=kind)))
