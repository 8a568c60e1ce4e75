"""The comments of a sheet: ours beside the clerk's, and below hers in one comment where a cell has one already."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.findings import column_letters
from gongkai.source.workbook.cells import Position
from gongkai.source.workbook.names import local_name, namespace, position, whole

from .cells import new_root, part_of
from .words import AUTHOR, LONGEST, ours, spans_of_ours, spelt, units

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LOOKS = (("sz", "val", "9"), ("color", "indexed", "81"), ("rFont", "val", "宋体"), ("charset", "val", "134"))
_THREAD = "tc="
"""So begins the author of what only stands for a conversation (批注对话), for programs that know none."""


def new_comments(tag: str) -> etree._Element:
    """The XML of a part without comments; ``tag`` is the namespace of the workbook in braces."""
    root = new_root(tag, "comments")
    etree.SubElement(root, f"{tag}authors")
    etree.SubElement(root, f"{tag}commentList")
    return root


class Comments:
    """The comments of a sheet, in its part."""

    def __init__(self, root: etree._Element) -> None:
        self._tag = namespace(root)
        self._authors = self._list(root, "authors", 0)
        self._list_of_all = self._list(root, "commentList", 1)
        self._by_cell = {at: entry for entry in self._list_of_all if (at := position(entry.get("ref") or ""))}

    def _list(self, root: etree._Element, name: str, place: int) -> etree._Element:
        found = part_of(root, name)
        if found is None:
            found = root.makeelement(f"{self._tag}{name}", {})
            root.insert(place, found)
        return found

    @property
    def empty(self) -> bool:
        """Whether there is no comment at all."""
        return len(self._list_of_all) == 0

    def is_thread(self, at: Position) -> bool:
        """Whether the cell has a conversation, which is kept elsewhere and left alone."""
        entry = self._by_cell.get(at)
        number = 0 if entry is None else whole(entry.get("authorId"))
        return (
            entry is not None and number < len(self._authors) and (self._authors[number].text or "").startswith(_THREAD)
        )

    def add(self, at: Position, remarks: list[str]) -> str:
        """Add ours to a cell; everything that its comment says then, by which its box is measured."""
        entry = self._by_cell.get(at)
        if entry is None:
            text = ours(remarks)
            self._by_cell[at] = entry = etree.SubElement(self._list_of_all, f"{self._tag}comment")
            entry.set("ref", f"{column_letters(at[1])}{at[0]}")
            entry.set("authorId", str(self._author()))
            self._run(etree.SubElement(entry, f"{self._tag}text"), text)
            return text
        return self._append(entry, remarks)

    def _append(self, entry: etree._Element, remarks: list[str]) -> str:
        body = part_of(entry, "text")
        if body is None:
            body = etree.Element(f"{self._tag}text")
            entry.insert(0, body)
        before = "".join(element.text or "" for element in _texts(body))
        room = LONGEST - units(before) - 1
        text = "\n" + ours(remarks, room)
        if units(text) > room + 1:
            return before
        plain = part_of(body, "t")
        if plain is not None:  # what has runs has no plain text beside them
            run = body.makeelement(f"{self._tag}r", {})
            plain.addprevious(run)
            run.append(plain)
        self._run(body, text)
        return before + text

    def _run(self, body: etree._Element, text: str) -> None:
        run = body.makeelement(f"{self._tag}r", {})
        looks = etree.SubElement(run, f"{self._tag}rPr")
        for name, key, value in _LOOKS:
            etree.SubElement(looks, f"{self._tag}{name}").set(key, value)
        words = etree.SubElement(run, f"{self._tag}t")
        words.set(_SPACE, "preserve")
        words.text = spelt(text)
        runs = [part for part in body if local_name(part) in {"t", "r"}]
        body.insert(body.index(runs[-1]) + 1 if runs else 0, run)

    def _author(self) -> int:
        names = [author.text for author in self._authors]
        if AUTHOR not in names:
            etree.SubElement(self._authors, f"{self._tag}author").text = AUTHOR
            return len(names)
        return names.index(AUTHOR)

    def strip(self) -> tuple[bool, set[Position]]:
        """Take ours away: whether there was anything, and the cells that have no comment any more."""
        found, gone = False, set()
        for at, entry in list(self._by_cell.items()):
            body = part_of(entry, "text")
            if body is None or not _strip(body):
                continue
            found = True
            if not "".join(element.text or "" for element in _texts(body)).strip():
                self._list_of_all.remove(entry)
                del self._by_cell[at]
                gone.add(at)
        return found, gone


def _texts(body: etree._Element) -> Iterator[etree._Element]:
    for part in body:
        if local_name(part) == "t":
            yield part
        elif local_name(part) == "r":
            yield from (element for element in part if local_name(element) == "t")


def _strip(body: etree._Element) -> bool:
    """Cut ours out of the runs of a text, however a program has cut and joined them."""
    elements = list(_texts(body))
    spans = spans_of_ours("".join(element.text or "" for element in elements))
    start = 0
    for element in elements if spans else ():
        text = element.text or ""
        element.text = _without(text, [(low - start, high - start) for low, high in spans])
        start += len(text)
        if not element.text and text:
            _remove(body, element)
    return bool(spans)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for low, high in reversed(spans):
        text = text[: max(low, 0)] + text[max(high, 0) :]
    return text


def _remove(body: etree._Element, element: etree._Element) -> None:
    """Remove an empty text with its run; a single run without looks is a plain text again."""
    body.remove(next(part for part in body if part is element or element in part))
    parts = [part for part in body if local_name(part) in {"t", "r"}]
    if len(parts) == 1 and [local_name(part) for part in parts[0]] == ["t"]:
        parts[0].addprevious(parts[0][0])
        body.remove(parts[0])
