"""The package of a workbook while it is patched: parts by name, and what binds them; the rest stays as it is."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from gongkai.files.zips import zip_bytes
from gongkai.source.workbook.names import local_name
from gongkai.source.workbook.ooxml.package import Package
from gongkai.source.workbook.refused import damaged

STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(frozen=True, slots=True)
class Link:
    """That a part refers to another."""

    id: str
    type: str
    """The last word of the type: worksheet, comments, vmlDrawing …"""
    target: str
    """The name of the part; empty for what is outside of the package."""
    element: etree._Element


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by the name without its namespace (``id`` for ``r:id``, in either dialect); empty without."""
    return next((str(value) for key, value in element.items() if str(key).endswith(f"}}{name}")), "")


class Parts:
    """The parts of a package; those that are changed are written anew, all others byte for byte.

    Raises FindingsError (GK150–GK152) for what is no package, damaged, or larger than the reader takes.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._package = Package(data, file)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
        self._bytes = {name: self._package.read(name) for name in names}
        self._names = {_plain(name): name for name in names}
        self._roots: dict[str, etree._Element] = {}
        self._touched: set[str] = set()
        self.office = TRANSITIONAL
        """The namespace of references in XML, which is that of their types, too."""

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain(name) in self._names

    def read(self, name: str) -> bytes:
        """A part as it was on the disk, or was put."""
        return self._bytes[self._names[_plain(name)]]

    def root(self, name: str, *, touch: bool = False) -> etree._Element:
        """The XML of a part; with ``touch`` it is going to be changed. Raises FindingsError for what is none."""
        if not self.has(name):
            raise damaged(self.file, "缺少应有的部分")
        key = _plain(name)
        if key not in self._roots:
            self._roots[key] = self._package.root(name)
        if touch:
            self._touched.add(key)
        return self._roots[key]

    def put(self, name: str, content: bytes | etree._Element) -> None:
        """Write a part: a new one, or in the place of the old."""
        key = _plain(name)
        name = self._names.setdefault(key, name)
        self._touched.discard(key)
        self._roots.pop(key, None)
        if isinstance(content, bytes):
            self._bytes[name] = content
        else:
            self._bytes[name], self._roots[key] = b"", content
            self._touched.add(key)

    def free_name(self, pattern: str) -> str:
        """The first name that no part has: ``xl/comments{}.xml`` with a number."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def packed(self) -> bytes:
        """The package; equal contents give equal bytes."""
        return zip_bytes((name, self._written(key, name)) for key, name in self._names.items())

    def _written(self, key: str, name: str) -> bytes:
        if key not in self._touched:
            return self._bytes[name]
        return etree.tostring(self._roots[key], xml_declaration=True, encoding="UTF-8", standalone=True)

    # --- what refers to what ---

    def links(self, part: str) -> list[Link]:
        """To what a part refers (the package as a whole, for ``""``)."""
        listed = _links_of(part)
        if not self.has(listed):
            return []
        return [self._link(posixpath.dirname(part), element) for element in self.root(listed)]

    def _link(self, folder: str, element: etree._Element) -> Link:
        target = element.get("Target") or ""
        if element.get("TargetMode") == "External":
            target = ""
        else:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            target = target if self.has(target) else unquote(target)
        return Link(element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], target, element)

    def targets(self, part: str, kind: str) -> Iterator[str]:
        """The parts of a type to which a part refers, that are there."""
        return (link.target for link in self.links(part) if link.type == kind and self.has(link.target))

    def add_link(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; the id of the reference."""
        listed = _links_of(part)
        if not self.has(listed):
            self.put(listed, etree.fromstring(f'<Relationships xmlns="{_LINKS[1:-1]}"/>'))
        root = self.root(listed, touch=True)
        taken = {element.get("Id") for element in root}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        path = posixpath.relpath(f"/{target}", posixpath.join("/", posixpath.dirname(part)))
        entry = etree.SubElement(root, f"{_LINKS}Relationship")
        entry.set("Id", f"rId{number}")
        entry.set("Type", f"{self.office}/{kind}")
        entry.set("Target", path)
        return f"rId{number}"

    def cut(self, part: str, link: Link) -> None:
        """Take a reference away, and what nothing else refers to."""
        root = self.root(_links_of(part), touch=True)
        root.remove(link.element)
        if len(root) == 0:
            self._remove(_links_of(part))
        if link.target and self.has(link.target) and not self._is_referred_to(link.target):
            for further in self.links(link.target):
                self.cut(link.target, further)
            self._undeclare(link.target)
            self._remove(link.target)

    def _is_referred_to(self, part: str) -> bool:
        listed = [name for name in self._names if name.endswith(".rels")]
        owners = (
            posixpath.join(posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)) for name in listed
        )
        return any(
            _plain(link.target) == _plain(part) for owner in owners for link in self.links(owner[: -len(".rels")])
        )

    def _remove(self, part: str) -> None:
        key = _plain(part)
        del self._bytes[self._names.pop(key)]
        self._roots.pop(key, None)
        self._touched.discard(key)

    # --- what is what ---

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type a new part is."""
        entry = etree.SubElement(self.root(_CONTENT_TYPES, touch=True), f"{_TYPES}Override")
        entry.set("PartName", f"/{part}")
        entry.set("ContentType", content_type)

    def declare_ending(self, ending: str, content_type: str) -> bool:
        """Say the same of all parts whose names end so; False where something else is said already."""
        root = self.root(_CONTENT_TYPES)
        defaults = [entry for entry in root if local_name(entry) == "Default"]
        for entry in defaults:
            if (entry.get("Extension") or "").lower() == ending:
                return entry.get("ContentType") == content_type
        entry = etree.Element(f"{_TYPES}Default")
        entry.set("Extension", ending)
        entry.set("ContentType", content_type)
        self.root(_CONTENT_TYPES, touch=True).insert(len(defaults), entry)
        return True

    def _undeclare(self, part: str) -> None:
        root = self.root(_CONTENT_TYPES)
        for entry in [entry for entry in root if _plain(entry.get("PartName") or "") == _plain(part)]:
            self.root(_CONTENT_TYPES, touch=True).remove(entry)


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _plain(name: str) -> str:
    """A name as packages compare them."""
    return name.replace("\\", "/").lstrip("/").lower()
