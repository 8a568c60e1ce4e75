"""The package around the Word document: an empty one to start from, properties, and equal bytes."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from functools import cache
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from gongkai.files.zips import zip_bytes

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What python-docx's template carries along and a budget disclosure has no use for.
_UNUSED_PARTS = (
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_UNUSED_PACKAGE_PARTS = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
)
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


def new_document() -> Document:
    """An empty document without styles, ready to be filled."""
    return docx.Document(io.BytesIO(_blank()))


@cache
def _blank() -> bytes:
    """python-docx's template with our settings and without its styles and unused parts, made once a run."""
    document = docx.Document()
    package = document.part.package
    for owner, unused in ((document.part.rels, _UNUSED_PARTS), (package.rels, _UNUSED_PACKAGE_PARTS)):
        for rel_id in [rel_id for rel_id, rel in owner.items() if rel.reltype in unused]:
            del owner[rel_id]
    styles = document.styles.element
    for element in list(styles):
        if element.tag != qn("w:latentStyles"):
            styles.remove(element)
    settings = document.settings.element
    for element in list(settings):
        settings.remove(element)
    settings.extend(_fragment(_settings()))
    document.element.remove(document.element.body)
    for root in (document.element, styles, settings):
        root.attrib.pop("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", None)
        etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return package_bytes(document)


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


def add_properties(document: Document, title: str, author: str, published: datetime.date) -> None:
    """State title, author and date; the date is that of publication, never the clock's."""
    author = escape(author)
    midnight = f'xsi:type="dcterms:W3CDTF">{published.isoformat()}T00:00:00Z'
    xml = (
        f"<cp:coreProperties {nsdecls('cp', 'dc', 'dcterms', 'xsi')}><dc:title>{escape(title)}</dc:title>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<cp:revision>1</cp:revision><dcterms:created {midnight}</dcterms:created>"
        f"<dcterms:modified {midnight}</dcterms:modified><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
    part = _part(document, "/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, xml)
    document.part.package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)


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
