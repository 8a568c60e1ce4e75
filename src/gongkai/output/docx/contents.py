"""The table of contents: a field that Word can rebuild, already filled with the page numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from gongkai.document.vocabulary import TOC_FIRST

from .text import Paragraph, text_of, text_runs

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_BODY_TEXT_LEVEL = 9  # w:outlineLvl of a paragraph that no contents field finds


@dataclass(frozen=True)
class _Entry:
    target: str
    text: str
    level: int  # 0 for toc-1, as in w:outlineLvl


class Contents:
    """Entries of the contents, and the bookmarks in the document that they lead to."""

    def __init__(self, root: HtmlElement, pages: Mapping[str, int]) -> None:
        self._pages = pages
        targets = [element.get("id") for element in root.iter("h1", "h2", "h3", "p") if element.get("id")]
        self._bookmarks = {target: number for number, target in enumerate(targets, start=1)}
        nav = root.find("body/nav")
        self._title = ""
        self._entries: list[_Entry] = []
        for line in () if nav is None else nav.iter("p"):
            link = line.find("a")
            if link is None:
                self._title = text_of(line)
            else:
                level = 0 if line.get("class") == TOC_FIRST else 1
                self._entries.append(_Entry((link.get("href") or "").removeprefix("#"), text_of(link), level))
        self._levels = {entry.target: entry.level for entry in self._entries}

    def outline(self, target: str | None, usual: int) -> int | None:
        """The outline level that a paragraph must state itself: none if it is the ``usual`` one."""
        if not self._entries:
            return None
        level = self._levels.get(target or "", _BODY_TEXT_LEVEL)
        return None if level == usual else level

    def marked(self, target: str | None, content: str) -> str:
        """Content within the bookmark of its id, if it has one."""
        if not target:
            return content
        number = self._bookmarks[target]
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{_bookmark_name(number)}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def xml(self) -> str:
        """The ``w:sdt`` that Word shows as its table of contents.

        The field ends in a paragraph of its own: Word replaces all entries when it rebuilds the field.
        """
        entries = "".join(
            Paragraph(f"TOC{entry.level + 1}", ("" if number else self._field_start()) + self._link(entry)).xml()
            for number, entry in enumerate(self._entries)
        )
        title = Paragraph("ContentsTitle", text_runs(self._title)).xml()
        end = Paragraph("Spacer", _END if entries else "").xml()
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}{entries}{end}</w:sdtContent></w:sdt>"
        )

    def _field_start(self) -> str:
        r"""The field: \o headings, \u what else has an outline level (table titles), \h with links."""
        depth = max(self._levels.values()) + 1
        instruction = rf' TOC \o "1-{depth}" \h \z \u '
        return f'{_BEGIN}<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>{_SEPARATE}'

    def _link(self, entry: _Entry) -> str:
        if entry.target not in self._bookmarks:
            raise ValueError(f"contents entry “{entry.text}” leads to #{entry.target}, which is not in the document")
        name = _bookmark_name(self._bookmarks[entry.target])
        return (
            f'<w:hyperlink w:anchor="{name}" w:history="1">{text_runs(entry.text)}<w:r><w:tab/></w:r>{_BEGIN}'
            f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>{_SEPARATE}'
            f"<w:r><w:t>{self._pages[entry.target]}</w:t></w:r>{_END}</w:hyperlink>"
        )


def _bookmark_name(number: int) -> str:
    """Bookmarks as Word itself names those of a table of contents."""
    return f"_Toc{number:09d}"
