"""What a PDF of the compiler still lacks: headings of rows, tables that are one, the attached data, plain streams.

The compiler tags a table that was divided between pages as two, and knows no heading of a row. Its structure tree has
the tables, rows and cells in the order in which they were written, so that each is found by its number.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import pikepdf
from fontTools.cffLib import CFFFontSet
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from gongkai.output.pdf.engine import ATTACHED_AS, MEDIA_TYPES

from .pictures.share import share_grounds

_NAMES = re.compile(rb"/Headers ?\[[^\]]*\]|/ID ?\(U\d+x\d+y\d+\)")
"""The names of headings as the compiler writes them; all other bytes of these forms are compressed."""
_MOST_ROLES = 8
_TRIALS, _MANY = 24, 30_000
"""How often a PDF is saved at most, and the objects from which it is saved once: trying would take longer than all."""


_SHORT = b"\x03" + b"\x00\x01" + b"\x00\x00" + b"\x00"
"""FDSelect in short: one range, from the first glyph, in the first dictionary; the number of glyphs ends it."""


@dataclass(frozen=True, slots=True)
class TableParts:
    """A table as it was written: which cells of each row are headings of it, and whether it goes on with the last."""

    row_heads: Sequence[Sequence[bool]]
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What is to be found in a PDF: its tables in their order, and the words of links by what they lead to."""

    tables: Sequence[TableParts]
    links: Mapping[str, str]
    grounds: bool = False
    """Whether pages are set on an emblem."""


def finished(data: bytes, parts: Parts, files: Mapping[str, bytes], published: datetime.date) -> bytes:
    """The PDF of the compiler as it is published; the same PDF gives the same bytes."""
    with Pdf.open(io.BytesIO(_without_names(data))) as pdf:
        _tag_tables(pdf, parts.tables)
        _name_links(pdf, parts.links)
        _attach(pdf, files, published)
        if parts.grounds:
            share_grounds(pdf)
        pdf.Root.PageMode = Name.UseOutlines
        for stream in [found for found in pdf.objects if isinstance(found, Stream)]:
            _plain(stream)
        return _saved(pdf)


def _without_names(data: bytes) -> bytes:
    """The PDF without the names of column headings that cells refer to; blanks stand in their place.

    No heading of a row is among them, and whoever reads by names would miss these: by their scope all are found.
    """
    return _NAMES.sub(lambda match: b" " * len(match[0]), data)


def _saved(pdf: Pdf) -> bytes:
    """The bytes of the PDF. A stream that ended in a carriage return would look shorter than it says.

    A PDF of thousands of pages always has one such stream: trying to avoid it has an end.
    """
    data = b""
    for _ in islice(chain([None], _moved(pdf)), _TRIALS):
        written = io.BytesIO()
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        data = written.getvalue()
        if b"\r\nendstream" not in data:
            break
        if len(pdf.objects) > _MANY:
            break
    return data


def _moved(pdf: Pdf) -> Iterator[None]:
    """Give all streams of objects other bytes, which are made while the PDF is saved, as often as is asked for.

    The attached files come first: one object more among them moves all others. In a PDF without any a role that
    nothing has changes one stream.
    """
    for specification in pdf.Root.get("/AF", ()):
        specification.Desc = pdf.make_indirect(specification.Desc)
        yield
    roles = pdf.Root.StructTreeRoot.RoleMap = Dictionary()
    for number in range(_MOST_ROLES):
        roles[f"/Spare{number}"] = Name.Span
        yield


def _tag_tables(pdf: Pdf, tables: Sequence[TableParts]) -> None:
    structure = pdf.Root.StructTreeRoot
    found = list(_tables(structure))
    whole: Object | None = None
    for table, parts in zip(found, tables, strict=True):
        rows = [cells for row in _rows(table) if len(cells := row.get("/K", ()))]
        for cells, heads in zip(rows, parts.row_heads, strict=True):
            for place in (place for place, is_head in enumerate(heads) if is_head):
                _make_head(cells[place])
        if parts.continues:
            assert whole is not None, "the first part comes first"
            _join(whole, table)
        else:
            whole = table
    if "/IDTree" in structure:
        del structure.IDTree


def _tables(element: Object) -> Iterator[Object]:
    """The structure elements of all tables, in the order of the document."""
    for kid in _kids(element):
        if kid.get("/S") == Name.Table:
            yield kid
        elif kid.get("/S") not in (Name.P, Name.TOC):
            yield from _tables(kid)


def _kids(element: Object) -> list[Object]:
    """The structure elements in one."""
    kids = element.get("/K")
    several = kids if isinstance(kids, Array) else [kids]
    return [kid for kid in several if isinstance(kid, Dictionary) and "/S" in kid]


def _rows(table: Object) -> list[Object]:
    """The rows of a table that are no header; one without header has no body around them."""
    rows: list[Object] = []
    for kid in _kids(table):
        if kid.S in (Name.TBody, Name.TFoot):
            rows += list(kid.K)
        elif Name.THead != kid.S:
            rows.append(kid)
    return rows


def _attributes(cell: Object) -> list[Object]:
    found = cell.get("/A")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]


def _make_head(cell: Object) -> None:
    """Make a cell the heading of its row."""
    cell.S = Name.TH
    several = _attributes(cell)
    own = next((attributes for attributes in several if attributes.get("/O") == Name.Table), None)
    if own is None:
        cell.A = Array([*several, Dictionary(O=Name.Table, Scope=Name.Row)])
    else:
        own.Scope = Name.Row


def _join(whole: Object, part: Object) -> None:
    """Put the rows of a later part to those of the first, and take the part away."""
    body = next((kid for kid in _kids(whole) if Name.TBody == kid.S), whole)
    for row in _rows(part):
        row.P = body
        body.K.append(row)
    parent = part.P
    parent.K = Array([kid for kid in parent.K if not _is(kid, part)])


def _is(one: Object, other: Object) -> bool:
    return isinstance(one, Dictionary) and one.is_indirect and one.objgen == other.objgen


def _name_links(pdf: Pdf, links: Mapping[str, str]) -> None:
    """Let links say their own words, for who does not see them; the compiler says: section, page 1."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            words = links.get(str(annotation.get("/Dest")))
            if words is not None:
                annotation.Contents = String(words)


def _attach(pdf: Pdf, files: Mapping[str, bytes], published: datetime.date) -> None:
    """Put the files into the PDF, dated by the publication (ISO 32000-2, 7.11 and 14.13; PDF/A-3)."""
    if not files:
        return
    specifications = [_specification(pdf, name, data, published) for name, data in files.items()]
    # A name tree is sorted by its keys; these are plain so that every reader sorts them alike.
    named: list[Any] = []
    for number, specification in enumerate(specifications, 1):
        named += [String(f"{number:03d}"), specification]
    names = pdf.Root.get("/Names")
    if names is None:
        names = pdf.Root.Names = Dictionary()
    names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(named)))
    pdf.Root.AF = Array(specifications)


def _specification(pdf: Pdf, name: str, data: bytes, published: datetime.date) -> Object:
    """The file specification of one file, with the file itself beside it."""
    date = String(f"D:{published:%Y%m%d}000000Z")
    digest = hashlib.md5(data, usedforsecurity=False).digest()
    embedded = Stream(pdf, data)
    embedded.Type = Name.EmbeddedFile
    embedded.Subtype = Name(f"/{MEDIA_TYPES[name[name.rindex('.') :]]}")
    embedded.Params = Dictionary(Size=len(data), ModDate=date, CreationDate=date, CheckSum=String(digest))
    file = Dictionary(F=embedded, UF=embedded)
    specification = Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=file, Desc=String("公开数据"))
    specification.AFRelationship = Name(f"/{ATTACHED_AS}")
    return pdf.make_indirect(specification)


def _plain(stream: Stream) -> None:
    """Compress a stream that is not, and see that it does not end in a carriage return."""
    if stream.get("/Type") == Name.Metadata:  # to be read without knowing PDF
        return
    if stream.get("/Subtype") == Name.CIDFontType0C:
        packed = _packed_program(stream.read_bytes())
    elif "/Filter" not in stream or stream.read_raw_bytes().endswith(b"\r"):
        packed = _packed(stream.read_bytes())
    else:
        return
    stream.write(packed, filter=Name.FlateDecode)


@lru_cache(maxsize=8)
def _packed_program(program: bytes) -> bytes:
    """A font program as it is embedded: in a file that was saved again nearly all are those of before."""
    return _packed(_one_dictionary(program))


def _packed(data: bytes) -> bytes:
    """Data compressed. The end is a sum of the data, which stay as they are: an attached file."""
    packed = zlib.compress(data)
    return packed + b"\n" if packed.endswith(b"\r") else packed  # behind the end, where nobody reads on


def _one_dictionary(program: bytes) -> bytes:
    """A font program all of whose glyphs use one dictionary, with that said in short instead of glyph by glyph.

    Both ways are right (Adobe 5176, 19, FDSelect); a validator is known that reads the widths of glyphs only from the
    short one. It is put at the end, and the offset in the top dictionary made to point there.
    """
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    font = fonts[0]
    at: int | None = font.rawDict.get("FDSelect")
    count: int = font.numGlyphs
    if at is None or any(program[at : at + 1 + count]):
        return program
    points_there = _offset(at)
    if program.count(points_there) != 1:
        return program
    return program.replace(points_there, _offset(len(program))) + _SHORT + count.to_bytes(2, "big")


def _offset(place: int) -> bytes:
    """An offset as the top dictionary states it for FDSelect: a number of four bytes, and the operator."""
    return b"\x1d" + place.to_bytes(4, "big") + b"\x0c\x25"
