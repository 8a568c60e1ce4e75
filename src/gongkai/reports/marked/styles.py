"""The styles of a workbook: more are added at the end, those that are there stay what they are.

A style that is there already is not added again: marking a workbook twice leaves the same styles as marking it once.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from gongkai.findings import Level
from gongkai.source.workbook.names import namespace, whole

from .cells import insert_before, new_root, part_of
from .colours import SHADES, number_of, shade
from .fills import NONE, fill_from, record_of, room_for

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
_FIRST_OWN_FORMAT = 164
_MOST_STYLES = 60_000
"""The programs take a little more."""
_WHITE = {("theme", "0"), ("theme", "2"), ("indexed", "1"), ("indexed", "9")}
_LIGHT_FROM = 160
"""Of 255, as bright as the eye has it."""

_FILL = ("fillId", "applyFill")
_Key = tuple[object, ...]


def new_styles(tag: str) -> etree._Element:
    """The XML of a part without styles; ``tag`` is the namespace of the workbook in braces."""
    return new_root(tag, "styleSheet")


class Styles:
    """The styles of a workbook, in their part."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._tag = namespace(root)
        self._lists: dict[str, etree._Element] = {}
        self._known: dict[str, dict[_Key, int]] = {}
        self.fills: list[str] = []
        """The records of the fills that marked cells had before; the first has the number 1."""
        self._complete()

    def _complete(self) -> None:
        """The lists that the format wants, with what every workbook has at their beginning."""
        first = {
            "fonts": ["<font><sz val='11'/><name val='宋体'/></font>"],
            "fills": [
                "<fill><patternFill patternType='none'/></fill>",
                "<fill><patternFill patternType='gray125'/></fill>",
            ],
            "borders": ["<border><left/><right/><top/><bottom/><diagonal/></border>"],
            "cellStyleXfs": ["<xf numFmtId='0' fontId='0' fillId='0' borderId='0'/>"],
            "cellXfs": ["<xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/>"],
            "cellStyles": ["<cellStyle name='Normal' xfId='0' builtinId='0'/>"],
        }
        for name, entries in first.items():
            if len(self._list(name)) == 0:
                for entry in entries:
                    self.add(name, self._element(entry))

    def _list(self, name: str) -> etree._Element:
        if name not in self._lists:
            found = part_of(self._root, name)
            if found is None:
                found = self._root.makeelement(f"{self._tag}{name}", {"count": "0"})
                insert_before(self._root, found, set(_ORDER[_ORDER.index(name) + 1 :]))
            self._lists[name] = found
        return self._lists[name]

    def _element(self, xml: str) -> etree._Element:
        """An element of the workbook's namespace from XML of ours."""
        whole_xml = f'<r xmlns="{self._tag[1:-1]}">{xml}</r>'
        return self._adopted(etree.fromstring(whole_xml)[0])

    def _adopted(self, element: etree._Element) -> etree._Element:
        made = self._root.makeelement(element.tag, {str(name): str(value) for name, value in element.items()})
        made.extend(self._adopted(child) for child in element)
        return made

    def add(self, name: str, element: etree._Element) -> int:
        """The number of an element in a list, to which it is added where there is none alike."""
        entries = self._list(name)
        if name not in self._known:
            self._known[name] = {}
            for number, entry in enumerate(entries):
                self._known[name].setdefault(_same(entry), number)
        key = _same(element)
        if key not in self._known[name]:
            self._known[name][key] = len(entries)
            entries.append(element)
            entries.set("count", str(len(entries)))
        return self._known[name][key]

    # --- marked cells ---

    def marked(self, style: int, level: Level) -> int:
        """The style in the colour of a level; the same where it cannot be coloured so that it is undone again."""
        styles = self._list("cellXfs")
        if len(styles) > _MOST_STYLES:
            return style
        base = styles[style if style < len(styles) else 0]
        number = self._number_of_fill(record_of(self._fill(base)))
        if number is None:
            return style
        colour = shade(level, number, light_letters=self._is_light(base))
        pattern = f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill>'
        return self._with_fill(base, self.add("fills", self._element(f"<fill>{pattern}</fill>")))

    def _with_fill(self, base: etree._Element, fill: int) -> int:
        style = copy.deepcopy(base)
        style.tail = None
        style.set("fillId", str(fill))
        style.set("applyFill", "1")
        return self.add("cellXfs", style)

    def _fill(self, style: etree._Element) -> etree._Element | None:
        fills = self._list("fills")
        number = whole(style.get("fillId"))
        return fills[number] if number < len(fills) else None

    def _number_of_fill(self, record: str) -> int | None:
        if record == NONE:
            return 0
        if record not in self.fills:
            if len(self.fills) + 1 >= SHADES or not room_for(self.fills, record):
                return None
            self.fills.append(record)
        return self.fills.index(record) + 1

    def _is_light(self, style: etree._Element) -> bool:
        """Whether letters are so light that nobody reads them on a light colour."""
        fonts, number = self._list("fonts"), whole(style.get("fontId"))
        colour = part_of(fonts[number], "color") if number < len(fonts) else None
        if colour is None:
            return False
        rgb = colour.get("rgb")
        if rgb is None or len(rgb) != len("FF000000"):
            return any(colour.get(key) == value for key, value in _WHITE) and not (colour.get("tint") or "").startswith(
                "-"
            )
        try:
            red, green, blue = (int(rgb[start : start + 2], 16) for start in (2, 4, 6))
        except ValueError:
            return False
        return 299 * red + 587 * green + 114 * blue > 1000 * _LIGHT_FROM

    def before(self, fills: Sequence[str]) -> Mapping[int, int]:
        """Of the styles of marked cells, those that the cells had before; ``fills`` are the records of the marking."""
        styles = list(self._list("cellXfs"))
        numbers = {number: self._number_of_mark(style) for number, style in enumerate(styles)}
        marks = {number: mark for number, mark in numbers.items() if mark is not None}
        unmarked: dict[tuple[_Key, str], int] = {}
        for number, style in enumerate(styles):
            if number not in marks:
                unmarked.setdefault((_same(style, _FILL), record_of(self._fill(style))), number)
        found = {}
        for number, mark in marks.items():
            record = fills[mark - 1] if 1 <= mark <= len(fills) else NONE
            key = (_same(styles[number], _FILL), record)
            if key not in unmarked:
                unmarked[key] = self._with_fill(styles[number], self._fill_of(record))
            found[number] = unmarked[key]
        return found

    def _number_of_mark(self, style: etree._Element) -> int | None:
        fill = self._fill(style)
        pattern = None if fill is None else part_of(fill, "patternFill")
        colour = None if pattern is None or pattern.get("patternType") != "solid" else part_of(pattern, "fgColor")
        return None if colour is None else number_of(colour.get("rgb") or "")

    def _fill_of(self, record: str) -> int:
        fill = fill_from(record)
        if record == NONE or fill is None:
            return 0
        return self.add("fills", self._element(etree.tostring(fill, encoding="unicode")))

    # --- the sheet of findings ---

    def look(self, *, font: str, fill: str = "", border: str = "", number_format: str = "", **others: str) -> int:
        """A style from XML of its parts; ``others``: ``align`` (horizontal), ``quote`` (always a text), ``wrap``."""
        align = f' horizontal="{others["align"]}"' if "align" in others else ""
        quote = ' quotePrefix="1"' if "quote" in others else ""
        parts = {
            "numFmtId": self._number_format(number_format) if number_format else 0,
            "fontId": self.add("fonts", self._element(f"<font>{font}</font>")),
            "fillId": self.add("fills", self._element(f"<fill>{fill}</fill>")) if fill else 0,
            "borderId": self.add("borders", self._element(f"<border>{border}</border>")) if border else 0,
        }
        numbers = "".join(f' {name}="{number}"' for name, number in parts.items())
        applied = ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        alignment = f'<alignment{align} vertical="center" wrapText="{others.get("wrap", "1")}"/>'
        return self.add("cellXfs", self._element(f'<xf{numbers} xfId="0"{quote}{applied}>{alignment}</xf>'))

    def _number_format(self, code: str) -> int:
        formats = self._list("numFmts")
        for entry in formats:
            if entry.get("formatCode") == code:
                return whole(entry.get("numFmtId"))
        number = max([_FIRST_OWN_FORMAT - 1, *(whole(entry.get("numFmtId")) for entry in formats)]) + 1
        entry = etree.SubElement(formats, f"{self._tag}numFmt")
        entry.set("numFmtId", str(number))
        entry.set("formatCode", code)
        formats.set("count", str(len(formats)))
        return number


def _same(element: etree._Element, without: Collection[str] = ()) -> _Key:
    """What is equal of elements that are, whatever prefixes they are written with."""
    attributes = sorted((str(key), str(value)) for key, value in element.items() if key not in without)
    return str(element.tag), tuple(attributes), (element.text or "").strip(), tuple(_same(child) for child in element)
