"""The package around the Word document, of python-docx's parts: fed with our elements, and of equal bytes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from lxml import etree

from gongkai.files.zips import zip_bytes

from .theme import theme_xml

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_COMPATIBILITY = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
}
# What may not begin or end a line: Word's own list for Chinese, and the units that amounts are written with.
_NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠" + "万亿元"
)
_NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
_WORD_URI = "http://schemas.microsoft.com/office/word"


_LONGEST = 255
"""Characters of a property that the library writes."""

_LATENT = {"Normal": 0, "heading 1": 9, "heading 2": 9, "heading 3": 9, "caption": 35, "Title": 10, "Subtitle": 11}
"""Styles of Word that its gallery shows, with their priorities there; others are there when they are used."""


def new_document() -> Document:
    """A document without content and styles: its package made of python-docx's own parts, with our settings."""
    package = Package()
    body = f"<w:document {nsdecls('w', 'r')}/>"
    part = DocumentPart.load(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, body.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    styles = f"<w:styles {nsdecls('w', 'r')}>{_latent_styles()}</w:styles>"
    settings = f"<w:settings {nsdecls('w', 'r')}>{_settings()}</w:settings>"
    for kind, name, content_type, reference, xml in (
        (StylesPart, "/word/styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles),
        (SettingsPart, "/word/settings.xml", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings),
    ):
        part.relate_to(kind.load(PackURI(name), content_type, xml.encode(), package), reference)
    document: Document = part.document
    return document


def _latent_styles() -> str:
    """What Word shows of its own styles: as good as none, so that the gallery holds those of the disclosure."""
    visible = 'w:semiHidden="0" w:unhideWhenUsed="0" w:qFormat="1"'
    shown = "".join(
        f'<w:lsdException w:name="{name}" w:uiPriority="{priority}" {visible}/>' for name, priority in _LATENT.items()
    )
    return (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        f' w:defQFormat="0" w:count="276">{shown}</w:latentStyles>'
    )


def _fragment(content: str) -> list[etree._Element]:
    """Several sibling elements from their XML."""
    return list(parse_xml(f"<w:fragment {nsdecls('w', 'r')}>{content}</w:fragment>"))


def _settings() -> str:
    """Settings of the document: odd and even footers, Chinese, Word 2013 and later."""
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_WORD_URI}" w:val="{value}"/>'
        for name, value in _COMPATIBILITY.items()
    )
    return (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        # Full-width punctuation stays full, as in the PDF, and a line before <br> is not stretched.
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{_NOT_LAST}"/>'
        f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{_NOT_FIRST.replace(">", "&gt;")}"/>'
        f"<w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>{modes}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    )


def set_styles(document: Document, styles: str) -> None:
    """Put document defaults and styles, given as XML, into the document."""
    defaults, *others = _fragment(styles)
    element = document.styles.element
    element.insert(0, defaults)
    element.extend(others)


def set_body(document: Document, body: str) -> None:
    """Put the body, given as XML, into the document."""
    document.element.append(parse_xml(body))


def add_footer(document: Document, number: int, paragraph: str) -> str:
    """Add a footer of one paragraph and return the id by which a section refers to it."""
    xml = f"<w:ftr {nsdecls('w', 'r')}>{paragraph}</w:ftr>"
    part = _part(document, f"/word/footer{number}.xml", CONTENT_TYPE.WML_FOOTER, xml)
    return document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTER)


def add_emblem(document: Document, data: bytes) -> Part:
    """Add the emblem, a PNG; whatever shows it is to be related to it."""
    return Part(PackURI("/word/media/emblem.png"), CONTENT_TYPE.PNG, data, document.part.package)


def show(document: Document, picture: Part) -> str:
    """The id by which the body refers to a picture."""
    return document.part.relate_to(picture, RELATIONSHIP_TYPE.IMAGE)


def add_header(document: Document, number: int, paragraph: Callable[[str, int], str], picture: Part) -> str:
    """Add a header, and return the id by which a section refers to it.

    Its one ``paragraph`` is made of the id by which it refers to the picture, and of the header's number.
    """
    first = "rId1"
    xml = f"<w:hdr {nsdecls('w', 'r')}>{paragraph(first, number)}</w:hdr>"
    part = _part(document, f"/word/header{number}.xml", CONTENT_TYPE.WML_HEADER, xml)
    relation = part.relate_to(picture, RELATIONSHIP_TYPE.IMAGE)
    assert relation == first, "a new part has no other"
    return document.part.relate_to(part, RELATIONSHIP_TYPE.HEADER)


def add_pictures(document: Document, pictures: Mapping[str, bytes]) -> Mapping[str, str]:
    """Add PNG pictures and return by name the ids by which the body refers to them."""
    relations = {}
    for number, (name, data) in enumerate(pictures.items(), 1):
        part = Part(PackURI(f"/word/media/image{number}.png"), CONTENT_TYPE.PNG, data, document.part.package)
        relations[name] = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    return relations


def add_font_table(document: Document, fonts: str) -> None:
    """Add the font table with these ``w:font`` elements."""
    xml = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    part = _part(document, "/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, xml)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def add_theme(document: Document, font: str) -> None:
    """Add the theme, in the face of running text."""
    part = _part(document, "/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, theme_xml(font))
    document.part.relate_to(part, RELATIONSHIP_TYPE.THEME)


def add_properties(document: Document, title: str, author: str, published: datetime.date) -> None:
    """State title, author and date; the date is that of publication, never the clock's."""
    properties = document.core_properties
    midnight = datetime.datetime.combine(published, datetime.time(), datetime.UTC)
    author = author[:_LONGEST]
    properties.title, properties.author, properties.last_modified_by = title[:_LONGEST], author, author
    properties.created = properties.modified = midnight
    properties.revision, properties.language = 1, "zh-CN"


def _part(document: Document, name: str, content_type: str, xml: str) -> Part:
    """A part of the package that is already complete as text."""
    return Part(PackURI(name), content_type, (_DECLARATION + xml).encode(), document.part.package)


def package_bytes(document: Document) -> bytes:
    """The .docx file; unlike ``Document.save`` it holds no clock times: equal documents, equal bytes."""
    package = document.part.package
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    overrides = "".join(
        f"<Override PartName={quoteattr(part.partname)} ContentType={quoteattr(part.content_type)}/>" for part in parts
    )
    content_types = (
        f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
        f'<Default Extension="xml" ContentType="{CONTENT_TYPE.XML}"/>{overrides}</Types>'
    )
    entries: list[tuple[str, str | bytes]] = [
        ("[Content_Types].xml", content_types),
        ("_rels/.rels", package.rels.xml),
    ]
    for part in parts:
        entries.append((part.partname.membername, part.blob))
        if len(part.rels):
            entries.append((part.partname.rels_uri.membername, part.rels.xml))
    return zip_bytes(entries)
