"""The body of the Word file: cover, contents and parts, cut into sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import nsdecls
from lxml.html import HtmlElement

from gongkai.document.vocabulary import (
    CHART,
    CHART_TITLE,
    CONTINUES,
    COVER,
    COVER_DATE,
    PART,
    ROLES,
    SHEET,
    TABLE_NOTE,
    TABLE_TITLE,
    TABLE_UNIT,
    classes_of,
    role_of,
)  # fmt: skip
from gongkai.output.layout.cover import space_above_date
from gongkai.output.layout.density import settings
from gongkai.output.layout.emblem import emblem_on_cover, is_emblem, space_below
from gongkai.output.layout.spaces import BELOW_TABLE
from gongkai.packs.style import Style

from .bars import BarPictures
from .contents import Contents
from .keep import kept_with_next
from .page import FooterKind, Orientation, section_properties, text_width, twips
from .pictures import MOST_EMBLEMS, emblem_paragraph
from .tables import TableFrame, table_xml
from .text import Paragraph, text_of, text_runs

_TEXTS = frozenset(role.element for role in ROLES)
_CAPTION_LEVEL = 1  # the outline level of the style Caption


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands above and below the text of numbered pages: ids of headers and footers by the pages they are for."""

    headers: Mapping[FooterKind, str]
    footers: Mapping[FooterKind, str]


@dataclass
class _Flow:
    """Paragraphs and tables in order; sections are closed when the orientation changes."""

    style: Style
    margin: Margin
    blocks: list[Paragraph | str] = field(default_factory=list)
    orientation: Orientation = "portrait"
    wanted: Orientation = "portrait"
    break_before: bool = False
    at_section_start: bool = True
    numbered: bool = False

    def new_page(self, orientation: Orientation = "portrait") -> None:
        """Start what follows on a new page of this orientation."""
        self.wanted, self.break_before = orientation, True

    def add(self, block: Paragraph | str) -> None:
        """Append a paragraph, or a table as XML, opening a page or a section for it if one is due."""
        if self.wanted != self.orientation and not self.at_section_start:
            self.end_section()
        self.orientation = self.wanted
        page_break = self.break_before and not self.at_section_start
        if isinstance(block, Paragraph):
            block.page_break = page_break
        elif page_break or self.after_table:
            self.blocks.append(Paragraph("Spacer", "", page_break=page_break))
        self.blocks.append(block)
        self.break_before = self.at_section_start = False

    @property
    def after_table(self) -> bool:
        """Whether the last block of this section is a table."""
        return not self.at_section_start and isinstance(self.blocks[-1], str)

    def end_front(self) -> None:
        """Close the cover's or the contents' section, which show no page number.

        They are counted as pages are on paper, from 1: so whichever program opens the file, page 1 of the body
        stands on the right, after an empty page where the contents end on the right. A cover numbered 0 would
        turn the sides around.
        """
        self._close(self._properties())

    def end_section(self) -> None:
        """Close a section of the body; the first one starts the page numbers."""
        self._close(self._numbered_properties())

    def _close(self, properties: str) -> None:
        last = self.blocks[-1]
        if not isinstance(last, Paragraph):  # only a paragraph can end a section
            last = Paragraph("Spacer", "")
            self.blocks.append(last)
        last.section = properties
        self.at_section_start, self.break_before = True, False

    def _properties(self, margin: Margin | None = None, first_number: int | None = None) -> str:
        head = self.style.emblem.head if self.style.emblem is not None and self.margin.headers else None
        return section_properties(
            self.style.page,
            self.orientation,
            footer_line=self.style.roles["页码"].line,
            footers=margin.footers if margin else None,
            headers=margin.headers if margin else None,
            head=None if head is None else head.height + head.gap,
            first_number=first_number,
        )

    def _numbered_properties(self) -> str:
        if self.numbered:
            return self._properties()
        self.numbered = True
        return self._properties(self.margin, first_number=1)

    def body(self) -> str:
        """The whole ``w:body``; the last section's properties are its own last child."""
        if self.after_table:  # Word wants a paragraph after the last table
            self.blocks.append(Paragraph("Spacer", ""))
        content = "".join(block if isinstance(block, str) else block.xml() for block in self.blocks)
        return f"<w:body {nsdecls('w', 'r')}>{content}{self._numbered_properties()}</w:body>"


class BodyWriter:
    """Walks the HTML document once and writes the body of the Word document."""

    def __init__(
        self,
        root: HtmlElement,
        style: Style,
        pages: Mapping[str, int],
        margin: Margin,
        pictures: Mapping[str, str],
        emblem: str = "",
    ) -> None:
        """``pictures`` and ``emblem`` are the ids by which the body refers to bars and to the emblem of the cover."""
        self._style = style
        self._flow = _Flow(style, margin)
        self._contents = Contents(root, pages)
        self._pictures = BarPictures(pictures, before=MOST_EMBLEMS if margin.headers or emblem else 0)
        self._emblem = emblem
        self._table_title = ""
        self._root = root
        self._kept = kept_with_next(root, style)

    def write(self) -> str:
        """The XML of ``w:body``."""
        body = self._root.find("body")
        for child in body:
            if COVER in classes_of(child):
                self._walk(child)
                self._flow.end_front()
            elif child.tag == "nav":
                self._flow.add(self._contents.xml())
                self._flow.end_front()
            else:
                self._block(child)
        return self._flow.body()

    def _walk(self, parent: HtmlElement) -> None:
        for child in parent:
            self._block(child)

    def _block(self, element: HtmlElement) -> None:
        """Write one element of the block level."""
        tag = element.tag
        if not isinstance(tag, str):  # a comment
            return
        if tag in ("section", "div"):
            self._section(element)
        elif tag == "table":
            self._table(element)
        elif tag in _TEXTS:
            self._paragraph(element)
        elif is_emblem(element):
            self._flow.add(emblem_paragraph(*emblem_on_cover(self._style), self._emblem))
        else:
            raise ValueError(f"<{tag}> has no form in Word: the document knows section, h1–h3, p and table")

    def _section(self, element: HtmlElement) -> None:
        classes = classes_of(element)
        if SHEET in classes:
            landscape = element.get("data-orientation") == "landscape"
            above = element.getprevious()
            if landscape or above is None or above.tag != "h1":  # a part's title takes its first table along
                self._flow.new_page("landscape" if landscape else "portrait")
            self._walk(element)
            self._flow.new_page()
            self._table_title = ""
            return
        if PART in classes:
            self._flow.new_page()
        self._walk(element)
        if CHART in classes:
            self._table_title = ""

    def _table(self, element: HtmlElement) -> None:
        following = element.getnext()
        frame = TableFrame(
            width=text_width(self._style.page, self._flow.wanted),
            header_fill=self._style.table.header_fill.lstrip("#"),
            setting=next(s for s in reversed(settings(self._style)) if not s.name or s.name in classes_of(element)),
            title=self._table_title,
            continued=following is not None and following.tag == "table",
            bars=self._pictures,
            bar_margin=twips(2 * self._style.table.padding.horizontal),
        )
        self._flow.add(table_xml(element, frame))

    def _paragraph(self, element: HtmlElement) -> None:
        classes = classes_of(element)
        if TABLE_UNIT in classes:
            if CONTINUES in classes:
                self._flow.new_page(self._flow.wanted)
            self._flow.add(self._unit_line(element))
            return
        text = text_of(element)
        if not text:  # an empty paragraph is no way to make space
            return
        role = role_of(element)
        outline = None
        if role.class_ in (TABLE_TITLE, CHART_TITLE):
            self._table_title = text.replace("\n", "")
        if role.class_ == TABLE_TITLE:
            outline = self._contents.outline(element.get("id"), usual=_CAPTION_LEVEL)
        content = self._contents.marked(element.get("id"), text_runs(text))
        space = space_above_date(element, self._style) if role.class_ == COVER_DATE else None
        above = element.getprevious()
        if not role.class_ and _is_below_table(element):
            space = BELOW_TABLE
        elif above is not None and is_emblem(above):
            space = space_below(above, self._style)
        before = None if space is None else twips(space)
        self._flow.add(Paragraph(role.word, content, outline=outline, before=before, keep_next=element in self._kept))

    def _unit_line(self, element: HtmlElement) -> Paragraph:
        """编制单位 at the left, 单位：万元 at the right of a tab stop at the text's width."""
        spans = [child for child in element if child.tag == "span"]
        texts = [text_of(span) for span in spans] or [text_of(element)]
        if len(texts) == 1 and "right" in [*classes_of(element), *(classes_of(spans[0]) if spans else [])]:
            texts.insert(0, "")
        content = text_runs("　".join(texts[:-1])) + "<w:r><w:tab/></w:r>" if len(texts) > 1 else ""
        style = "TableUnitLandscape" if self._flow.wanted == "landscape" else "TableUnit"
        return Paragraph(style, content + text_runs(texts[-1]))


def _is_below_table(element: HtmlElement) -> bool:
    """Whether running text stands on the page of a table, right below it or its notes."""
    above = element.getprevious()
    return above is not None and (above.tag == "table" or TABLE_NOTE in classes_of(above))
