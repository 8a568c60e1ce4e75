"""An .xlsx file as a workbook: its sheets in the order of the tabs, its properties, what of it is not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from gongkai.findings import Finding
from gongkai.source.workbook.cells import Workbook
from gongkai.source.workbook.formats import Format
from gongkai.source.workbook.formulas.reckon import reckon
from gongkai.source.workbook.grid import Grid, Reading
from gongkai.source.workbook.merges import MOST_MERGED
from gongkai.source.workbook.names import is_on, local_name
from gongkai.source.workbook.refused import damaged, links_finding, macros_finding, refused, too_large

from .package import Package, Relation
from .sheet import SheetReader
from .strings import shared_strings, unescaped
from .styles import formats_of

MOST_SHEETS = 1000
_BINARY = "xl/workbook.bin"
_OTHERS = {
    "word/document.xml": "Word 文档",
    "ppt/presentation.xml": "演示文稿",
    "content.xml": "OpenDocument 文件（.ods、.odt）",
}


def read_package(data: bytes, file: str) -> Workbook:
    """The workbook in an .xlsx file. Raises FindingsError for what is none, is damaged or too large."""
    package = Package(data, file)
    part = _workbook_part(package)
    root = package.root(part)
    relations = package.relations(part)
    reading = Reading(file, since_1904=_since_1904(root))
    reading.findings += _not_read(package, relations)
    reader = SheetReader(reading, _strings(package, relations), _formats(package, relations))
    grids = list(_grids(root, {relation.id: relation for relation in relations}, package, reader))
    reckon(grids, since_1904=reading.since_1904)
    return Workbook(file, [grid.sheet() for grid in grids], _properties(package), reading.findings)


def _workbook_part(package: Package) -> str:
    """The part that lists the sheets."""
    main = [relation.target for relation in package.relations("") if relation.type == "officeDocument"]
    part = next((name for name in [*main, "xl/workbook.xml"] if package.has(name)), None)
    what = next((what for name, what in _OTHERS.items() if package.has(name)), None)
    if part == _BINARY or package.has(_BINARY):
        raise refused("GK150", package.file, "这是二进制工作簿（.xlsb）", "请用 Excel 或 WPS “另存为”.xlsx 后再试")
    if part is None or part in _OTHERS:
        message = f"这是{what or '压缩文件'}，不是 Excel 工作簿"
        raise refused("GK150", package.file, message, "请核对是否选错了文件；是表格的，请用 WPS 或 Excel “另存为”.xlsx")
    return part


def _since_1904(root: etree._Element) -> bool:
    return any(local_name(part) == "workbookPr" and is_on(part.get("date1904")) for part in root)


def _target(relations: Sequence[Relation], kind: str, package: Package) -> etree._Element | None:
    names = [relation.target for relation in relations if relation.type == kind and not relation.outside]
    return package.root(names[0]) if names and package.has(names[0]) else None


def _strings(package: Package, relations: Sequence[Relation]) -> Sequence[str]:
    root = _target(relations, "sharedStrings", package)
    return [] if root is None else shared_strings(root)


def _formats(package: Package, relations: Sequence[Relation]) -> Sequence[Format]:
    root = _target(relations, "styles", package)
    return [] if root is None else formats_of(root)


def _grids(
    root: etree._Element, relations: Mapping[str, Relation], package: Package, reader: SheetReader
) -> Iterator[Grid]:
    entries = [entry for part in root if local_name(part) == "sheets" for entry in part]
    if not entries or len(entries) > MOST_SHEETS:
        raise damaged(package.file, "里面没有工作表" if not entries else f"工作表超过 {MOST_SHEETS:,} 张")
    merged = 0
    for number, entry in enumerate(entries, 1):
        grid = Grid(entry.get("name") or "", number, entry.get("state") in {"hidden", "veryHidden"})
        link = next((value for name, value in entry.items() if str(name).endswith("}id")), "")
        relation = relations.get(str(link))
        if relation is None or not package.has(relation.target):
            raise damaged(package.file, "有一张工作表的内容找不到")
        if relation.type == "worksheet":  # a sheet of macros or of one chart has a tab, but nothing to read
            reader.read(package.root(relation.target), grid)
        # Of all sheets together: a file of some kilobytes can have hundreds of sheets, each merged as a whole.
        merged += sum((each.bottom - each.top + 1) * (each.right - each.left + 1) for each in grid.merges)
        if merged > MOST_MERGED:
            raise too_large(package.file, f"合并的单元格超过 {MOST_MERGED:,} 个")
        yield grid


def _properties(package: Package) -> Mapping[str, str]:
    """The custom properties; those with nothing in them are none."""
    names = [relation.target for relation in package.relations("") if relation.type == "custom-properties"]
    if not names or not package.has(names[0]):
        return {}
    values = {entry.get("name") or "": next(iter(entry), None) for entry in package.root(names[0])}
    return {name: unescaped(value.text) for name, value in values.items() if value is not None and value.text}


def _not_read(package: Package, relations: Sequence[Relation]) -> Iterator[Finding]:
    """What a program would do, and the reading does not."""
    kinds = {relation.type for relation in relations}
    if "vbaProject" in kinds or any("macrosheet" in kind.lower() for kind in kinds):
        yield macros_finding(package.file)
    if "externalLink" in kinds:
        yield links_finding(package.file)
