"""A PDF as a program reads it that cannot see: the structure tree with its texts, and what is marked as no content.

Nothing here knows which engine made the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

import pikepdf

from support.squeezed import squeezed

_PAIR = re.compile(rb"<(\w+)>\s*<(\w+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
ARTIFACT = "/Artifact"


class Piece(NamedTuple):
    """A text that is written at once: on which page (from 0), and how high on it."""

    text: str
    page: int
    height: float


@dataclass
class Node:
    """A structure element: its role, what its attributes say, the texts and elements in it, in reading order."""

    role: str
    attributes: dict[str, Any]
    pieces: list[Node | Piece] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)

    @property
    def kids(self) -> list[Node]:
        return [piece for piece in self.pieces if isinstance(piece, Node)]

    @cached_property
    def text(self) -> str:
        """All text in the element without blanks."""
        return squeezed("".join(piece.text for piece in self.pieces))

    @property
    def lines(self) -> list[str]:
        """The text as its lines stand on the pages."""
        lines = groupby(self._written(), key=lambda piece: (piece.page, round(piece.height)))
        return [*filter(None, (squeezed("".join(piece.text for piece in line)) for _, line in lines))]

    def _written(self) -> Iterator[Piece]:
        for piece in self.pieces:
            if isinstance(piece, Node):
                yield from piece._written()
            else:
                yield piece

    def all(self, *roles: str) -> Iterator[Node]:
        """The elements in this one, and itself, that have one of these roles."""
        if self.role in roles:
            yield self
        for kid in self.kids:
            yield from kid.all(*roles)

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
        """Every element with the roles on the way to it."""
        path = (*path, self.role)
        yield path, self
        for kid in self.kids:
            yield from kid.walk(path)


@dataclass
class _Marked:
    """What stands on a page: the text of each mark, of artefacts, and what is neither."""

    texts: dict[int, list[Piece]] = field(default_factory=dict)
    artefacts: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


class TaggedPdf:
    """A PDF with its structure."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self._pages = {page.obj.objgen: _marked(page, number) for number, page in enumerate(self.pdf.pages)}

    @cached_property
    def root(self) -> Node:
        tree = self.pdf.Root.StructTreeRoot
        return self._node(tree, "Root", None)

    @property
    def artefacts(self) -> list[list[str]]:
        """The texts of every page that are no content."""
        return [page.artefacts for page in self._pages.values()]

    @property
    def loose(self) -> list[str]:
        """Texts that are neither content nor artefact: there must be none."""
        return [text for page in self._pages.values() for text in page.loose]

    @property
    def unread(self) -> list[str]:
        """Marked texts that no structure element has: there must be none."""
        read = self._read()
        return [
            "".join(piece.text for piece in pieces)
            for page, marked in self._pages.items()
            for mark, pieces in marked.texts.items()
            if (page, mark) not in read
        ]

    def _read(self) -> set[tuple[Any, int]]:
        return set(self._places(self.pdf.Root.StructTreeRoot, None))

    def _places(self, element: Any, page: Any) -> Iterator[tuple[Any, int]]:
        page = element.get("/Pg", page)
        for kid in _kids(element):
            if isinstance(kid, int):
                yield page.objgen, kid
            elif "/MCID" in kid:
                yield kid.get("/Pg", page).objgen, int(kid.MCID)
            elif "/S" in kid:
                yield from self._places(kid, page)

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Depth, title and page (from 0) of every bookmark."""
        with self.pdf.open_outline() as outline:
            return [*self._bookmarks(outline.root, 1)]

    def _bookmarks(self, items: Any, depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            yield depth, squeezed(str(item.title)), self._page_of(item.destination or item.action.D)
            yield from self._bookmarks(item.children, depth + 1)

    def _page_of(self, destination: Any) -> int:
        if not isinstance(destination, pikepdf.Array):
            destination = self.named(destination)
        return [page.obj.objgen for page in self.pdf.pages].index(destination[0].objgen)

    def named(self, name: Any) -> Any:
        """Where a name leads to."""
        found = pikepdf.NameTree(self.pdf.Root.Names.Dests)[str(name)] if "/Names" in self.pdf.Root else None
        if isinstance(found, pikepdf.Dictionary):
            found = found.D
        return found

    def target(self, annotation: Any) -> int:
        """The page (from 0) to which a link leads."""
        return self._page_of(annotation.Dest if "/Dest" in annotation else annotation.A.D)

    @property
    def annotations(self) -> list[Any]:
        return [annotation for page in self.pdf.pages for annotation in page.obj.get("/Annots", [])]

    def _node(self, element: Any, role: str, page: Any) -> Node:
        node = Node(role, _attributes(element))
        page = element.get("/Pg", page)
        for kid in _kids(element):
            if isinstance(kid, int):
                node.pieces += self._pages[page.objgen].texts.get(kid, [])
            elif "/MCID" in kid:
                node.pieces += self._pages[kid.get("/Pg", page).objgen].texts.get(int(kid.MCID), [])
            elif "/Obj" in kid:
                node.links.append(kid.Obj)
            else:
                node.pieces.append(self._node(kid, str(kid.S)[1:], page))
        return node


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _attributes(element: Any) -> dict[str, Any]:
    found = element.get("/A", [])
    several = list(found) if isinstance(found, pikepdf.Array) else [found]
    return {
        str(name)[1:]: str(value)[1:] if isinstance(value, pikepdf.Name) else value
        for one in several
        if isinstance(one, pikepdf.Dictionary)
        for name, value in one.items()
    }


@dataclass
class _Open:
    """A run of marked content: its mark, whether it is an artefact, and the text that stands for what is in it."""

    mark: int | None
    artefact: bool
    stands_for: str | None


def _marked(page: pikepdf.Page, number: int) -> _Marked:  # noqa: C901 - an operator a case
    """The texts of a page, decoded by the fonts' own maps."""
    found = _Marked()
    fonts = {name: _unicode_map(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: Mapping[bytes, str] = {}
    open_: list[_Open] = []
    page_matrix = line = pikepdf.Matrix()
    saved: list[pikepdf.Matrix] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                open_.append(_opened(operands, page))
                if open_[-1].stands_for is not None:
                    _put(found, open_, Piece(open_[-1].stands_for, number, _height(line, page_matrix)))
            case "EMC":
                open_.pop()
            case "q":
                saved.append(page_matrix)
            case "Q":
                page_matrix = saved.pop()
            case "cm":
                page_matrix = _matrix(operands) @ page_matrix
            case "BT":
                line = pikepdf.Matrix()
            case "Tm":
                line = _matrix(operands)
            case "Td":
                line = pikepdf.Matrix(1, 0, 0, 1, *map(float, operands)) @ line
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ" if not any(one.stands_for is not None for one in open_):
                text = _decoded(operands[0], letters)
                _put(found, open_, Piece(text, number, _height(line, page_matrix)))
            case "TD" | "T*" | "'" | '"' | "TL":
                raise NotImplementedError("neither engine moves lines so")
    return found


def _matrix(operands: Any) -> pikepdf.Matrix:
    return pikepdf.Matrix(*map(float, operands))


def _height(line: pikepdf.Matrix, page: pikepdf.Matrix) -> float:
    return float((line @ page).f)


def _decoded(operand: Any, letters: Mapping[bytes, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(letters.get(codes[i : i + 2], "\ufffd") for i in range(0, len(codes), 2))


def _opened(operands: Any, page: pikepdf.Page) -> _Open:
    properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
    if isinstance(properties, pikepdf.Name):
        properties = page.resources.Properties[str(properties)]
    mark, text = properties.get("/MCID"), properties.get("/ActualText")
    return _Open(None if mark is None else int(mark), str(operands[0]) == ARTIFACT, None if text is None else str(text))


def _put(found: _Marked, open_: list[_Open], piece: Piece) -> None:
    mark = next((one.mark for one in reversed(open_) if one.mark is not None), None)
    if mark is not None:
        found.texts.setdefault(mark, []).append(piece)
    elif any(one.artefact for one in open_):
        found.artefacts.append(piece.text)
    else:
        found.loose.append(piece.text)


def _unicode_map(font: Any) -> dict[bytes, str]:
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for block in _BLOCK.findall(font.ToUnicode.read_bytes())
        for code, text in _PAIR.findall(block)
    }
