"""The part that lists the sheets of a workbook: a sheet put before all others, or taken away.

Names that belong to one sheet (print areas, filters) and the sheet that is shown are told by the order of the tabs:
both move with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.findings import Place
from gongkai.source.text_file import NOT_PRINTABLE
from gongkai.source.workbook.names import is_on, local_name, namespace, whole
from gongkai.source.workbook.refused import damaged, refused

from .cells import insert_before, part_of
from .parts import STRICT, TRANSITIONAL, Link, Parts, attribute

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_AFTER_NAMES = {
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet as the workbook lists it."""

    name: str
    entry: etree._Element
    link: Link | None
    """To its part."""

    @property
    def part(self) -> str:
        """The name of the part of a sheet with cells; empty for a chart, or a sheet of macros."""
        return self.link.target if self.link is not None and self.link.type == "worksheet" else ""


class Book:
    """The sheets of a workbook. Raises FindingsError for a package that is none."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        found = [*parts.targets("", "officeDocument"), "xl/workbook.xml"]
        self.part = next((name for name in found if parts.has(name) and not name.lower().endswith(".bin")), "")
        root = parts.root(self.part) if self.part else None
        sheets = None if root is None or local_name(root) != "workbook" else part_of(root, "sheets")
        if root is None or sheets is None or len(sheets) == 0:
            advice = "请核对是否选错了文件；是表格的，请用 WPS 或 Excel “另存为”.xlsx 后再试"
            raise refused("GK150", parts.file, "这不是 .xlsx 工作簿", advice)
        self._root, self._sheets = root, sheets
        self.tag = namespace(root)
        parts.office = STRICT if "purl.oclc.org" in self.tag else TRANSITIONAL

    def tabs(self) -> list[Tab]:
        """The sheets, in the order of the tabs. Raises FindingsError where one has no part."""
        links = {link.id: link for link in self.parts.links(self.part)}
        tabs = [Tab(entry.get("name") or "", entry, links.get(attribute(entry, "id"))) for entry in self._sheets]
        if any(tab.part and not self.parts.has(tab.part) for tab in tabs):
            raise damaged(self.parts.file, "有一张工作表的内容找不到")
        return tabs

    def at(self, place: Place, tabs: list[Tab]) -> Tab | None:
        """The sheet that a place names: by its number, where that is right, or by its name; the reader cleans names."""
        named = [NOT_PRINTABLE.sub("", tab.name) for tab in tabs]
        if 1 <= place.sheet_number <= len(tabs) and named[place.sheet_number - 1] == place.sheet:
            return tabs[place.sheet_number - 1]
        return tabs[named.index(place.sheet)] if place.sheet in named else None

    def target(self, kind: str) -> str:
        """The part of a type that the workbook has once (styles, sharedStrings); empty without."""
        return next(self.parts.targets(self.part, kind), "")

    def remove(self, tab: Tab) -> None:
        """Take a sheet away, with its part and its names."""
        self.parts.root(self.part, touch=True)
        number = self._sheets.index(tab.entry)
        self._sheets.remove(tab.entry)
        if tab.link is not None:
            self.parts.cut(self.part, tab.link)
        names = part_of(self._root, "definedNames")
        for name in () if names is None else list(names):
            place = name.get("localSheetId")
            if place is not None and whole(place) == number:
                names.remove(name)  # type: ignore[union-attr]  # there are none without the list
            elif place is not None and whole(place) > number:
                name.set("localSheetId", str(whole(place) - 1))
        if names is not None and len(names) == 0:
            self._root.remove(names)

    def insert_first(self, name: str, content: etree._Element, local_names: dict[str, str]) -> None:
        """Put a sheet before all others, and let it be the one that is shown; ``local_names`` belong to it."""
        self.parts.root(self.part, touch=True)
        part = self.parts.free_name("xl/worksheets/sheet{}.xml")
        self._show_no_other()
        link = self.parts.add_link(self.part, "worksheet", part)
        self.parts.put(part, content)
        self.parts.declare(part, _SHEET_TYPE)
        number = max(whole(entry.get("sheetId")) for entry in self._sheets) + 1
        entry = self._sheets.makeelement(f"{self.tag}sheet", {}, nsmap={"r": self.parts.office})
        entry.set("name", name)
        entry.set("sheetId", str(number))
        entry.set(f"{{{self.parts.office}}}id", link)
        self._sheets.insert(0, entry)
        self._name(local_names)
        views = part_of(self._root, "bookViews")
        for view in () if views is None else views:
            view.set("activeTab", "0")
            view.attrib.pop("firstSheet", "")

    def _name(self, local_names: dict[str, str]) -> None:
        names = part_of(self._root, "definedNames")
        if names is None:
            names = self._root.makeelement(f"{self.tag}definedNames", {})
            insert_before(self._root, names, _AFTER_NAMES)
        for name in names:
            if name.get("localSheetId") is not None:
                name.set("localSheetId", str(whole(name.get("localSheetId")) + 1))
        for number, (key, range_) in enumerate(local_names.items()):
            name = names.makeelement(f"{self.tag}definedName", {"name": key, "localSheetId": "0"})
            if key.endswith("_FilterDatabase"):
                name.set("hidden", "1")
            name.text = range_
            names.insert(number, name)

    def _show_no_other(self) -> None:
        """Of sheets that are shown together all would change when a cell of one is typed in."""
        for tab in self.tabs():
            if tab.link is None or not self.parts.has(tab.link.target):
                continue
            if b"tabSelected" not in self.parts.read(tab.link.target):
                continue
            for view in self._views(tab.link.target):
                if is_on(view.get("tabSelected")):
                    self.parts.root(tab.link.target, touch=True)
                    view.attrib.pop("tabSelected")

    def _views(self, part: str) -> Iterator[etree._Element]:
        views = part_of(self.parts.root(part), "sheetViews")
        return iter(()) if views is None else iter(list(views))
