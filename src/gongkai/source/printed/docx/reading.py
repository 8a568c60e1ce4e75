"""A Word document as what stands in it: bounded, nothing of it run, nothing outside it followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from gongkai.findings import Finding, Place
from gongkai.source.printed.document import Printed
from gongkai.source.printed.refused import damaged, protected, too_large, unread
from gongkai.source.workbook.ooxml.package import Package, Relation
from gongkai.source.workbook.refused import Refusals

from .drafts import Draft, Drafts
from .flow import Flow
from .names import child, name_of, value
from .numbering import Numbering
from .styles import styles_of
from .tables import TooManyCellsError

_DOCUMENT = Refusals(damaged, protected, too_large, "段落和表格多得异常")
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_ENCRYPTED, _OLDER = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
_OTHERS = {"xl/workbook.xml": "Excel 工作簿", "ppt/presentation.xml": "演示文稿", "content.xml": "OpenDocument 文档"}


def read_docx(data: bytes, file: str) -> Printed:
    """The document in a .docx file. Raises FindingsError for what is none, is protected, damaged or too large."""
    _refuse_others(data, file)
    package = Package(data, file, _DOCUMENT)
    part = _main_part(package)
    relations = package.relations(part)
    drafts = Drafts(styles_of(_root(package, relations, "styles")), Numbering(_root(package, relations, "numbering")))
    body = child(package.root(part), "body")
    flow = Flow()
    try:
        found: list[Draft] = [] if body is None else list(drafts.read(body))
        found += _notes(package, relations, drafts)
        flow.take(found)
    except TooManyCellsError:
        raise too_large(file, "段落和表格多得异常") from None
    return Printed(file, "docx", flow.blocks, outline=flow.outline, findings=list(_unread(file, drafts, flow)))


def _refuse_others(data: bytes, file: str) -> None:
    """Raises FindingsError for what is no package at all."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise protected(file)
    if data.startswith(_OLE):
        what = "这是旧版 Word 文档（.doc）" if _OLDER in data else "这是旧版 Office 文件，不是 Word 文档"
        raise damaged(file, what)
    if not data.startswith(_ZIP):
        raise damaged(file, "这不是 Word 文档，或者损坏、不完整")


def _main_part(package: Package) -> str:
    """The part in which the text stands."""
    main = [relation.target for relation in package.relations("") if relation.type == "officeDocument"]
    other = next((what for name, what in _OTHERS.items() if package.has(name)), "压缩文件")
    part = next((name for name in [*main, "word/document.xml"] if package.has(name) and name not in _OTHERS), None)
    if part is None:
        raise damaged(package.file, f"这是{other}，不是 Word 文档")
    if child(package.root(part), "body") is None:
        raise damaged(package.file, f"里面没有正文（这像是{other}）" if other != "压缩文件" else "里面没有正文")
    return part


def _root(package: Package, relations: Sequence[Relation], kind: str) -> etree._Element | None:
    names = [relation.target for relation in relations if relation.type == kind and not relation.outside]
    return package.root(names[0]) if names and package.has(names[0]) else None


def _notes(package: Package, relations: Sequence[Relation], drafts: Drafts) -> Iterator[Draft]:
    """What footnotes and endnotes say, behind everything else."""
    for kind in ("footnotes", "endnotes"):
        for note in () if (root := _root(package, relations, kind)) is None else root:
            if name_of(note) in ("footnote", "endnote") and value(note, "type") in ("", "normal"):
                yield from drafts.read(note)


def _unread(file: str, drafts: Drafts, flow: Flow) -> Iterator[Finding]:
    """What a reader sees and the program does not."""
    place = Place(file)
    if drafts.objects:
        what = f"文档里嵌入了 {drafts.objects} 个别的文件（如 Excel 表），只看得到图"
        yield unread(place, what, "请在 Word、WPS 里把它们改为文档里的表格，或另外导出 Excel 文件")
    if drafts.chunks:
        what = f"有 {drafts.chunks} 处内容要在打开文档时才并进来"
        yield unread(place, what, "请在 Word、WPS 里打开后重新保存")
    if not flow.blocks:
        what = "文档里只有图片，没有文字（像是扫描件）" if drafts.pictures else "文档里没有文字"
        yield unread(place, what, "请取有文字的文档：由 Word、WPS 直接保存的，不要扫描的")
