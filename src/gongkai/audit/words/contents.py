"""The rule about the contents: what they name is in the document, under this name and on this page."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice, pairwise

from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.findings import Level, Place
from gongkai.source.printed.document import Paragraph, Table
from gongkai.texts.plain import bare

_LONGEST = 70
"""Characters of a heading."""
_TITLE_ROWS = 4
_LEAST, _MOSTLY = 3, 0.6
"""So many entries must be found, and so large a share of them agree, before the others are called wrong."""
_MOST_ENTRIES, _MOST_HEADINGS, _MOST_LOST = 300, 3_000, 20
"""No disclosure comes near these; a document that was made to take time does."""
_OF_COVER = 3
"""Paragraphs of the cover, where there are no pages."""
_ALIKE, _HARDLY_DIFFERENT = 0.6, 0.85
_LEADER = re.compile(r"(?<![.…·．\s])[.…·．\s]{2,}(?P<page>\d{1,3})$")
_NO_ENTRY = {"", "目录", "目次"}
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[（(〔]?[一二三四五六七八九十]{1,3}[)）〕]?[、.．]?|\d{1,2}[、.．]?(?=\D)|附?表\d{1,2})"
)
"""The number of a heading in its bare form."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line of the document that may be what an entry names."""

    text: str
    place: Place


@audit_rule("GK882", "请更新目录，核对标题", Level.WARNING)
def contents_agree(document: Audited) -> Iterator[Fault]:
    """检查什么：目录里的每一条，正文里有同样的标题，页码也对。
    为何重要：目录和正文不一样，多半是改了一处忘了另一处，也可能整节漏了。
    依据：公开内容应当完整、规范。
    怎样改：改完以后更新目录；少了的一节补上。
    反例：目录是“三、支出决算情况说明”，正文是“三、支出决算情况”。
    正例：目录和正文都是“三、支出决算情况说明”。
    """
    outline = document.printed.outline[:_MOST_ENTRIES]
    entries = [_entry(text, page) for text, page in outline if bare(text) not in _NO_ENTRY]
    headings = list(islice(_headings(document), _MOST_HEADINGS))
    by_text: dict[str, list[_Heading]] = {}
    for heading in headings:
        by_text.setdefault(bare(heading.text), []).append(heading)
    met = [(text, page, _met(bare(text), by_text)) for text, page in entries]
    known = [each for each in met if each[2]]
    if len(known) < _LEAST or len(known) < _MOSTLY * len(entries):
        return
    # What stands over the contents without a number, as the title of the document may, is no entry of them.
    below = dropwhile(lambda each: not each[2] and not _NUMBER.match(bare(each[0])), met)
    lost = [text for text, _, found in below if not found][:_MOST_LOST]
    yield from _missing(document, lost, headings, set(map(_bare_of, known)))
    yield from _pages(known)


def _entry(text: str, page: int) -> tuple[str, int]:
    """An entry without the dots and the page that may still be at its end."""
    found = _LEADER.search(text)
    return (text[: found.start()], page or int(found["page"])) if found else (text, page)


def _bare_of(met: tuple[str, int, Sequence[_Heading]]) -> str:
    return bare(met[0])


def _headings(document: Audited) -> Iterator[_Heading]:
    """Every short line of running text, two of them that may be one heading, and what stands over tables."""
    printed = document.printed
    before = ""
    for block in printed.blocks:
        if isinstance(block, Table):
            yield from _over_table(document, block)
        elif len(block.text) <= _LONGEST:
            yield _Heading(block.text, printed.place(block))
            if before:
                yield _Heading(before + block.text, printed.place(block))
        before = block.text if isinstance(block, Paragraph) and len(block.text) <= _LONGEST else ""


def _over_table(document: Audited, table: Table) -> Iterator[_Heading]:
    place = document.printed.workbook.place(table.sheet)
    rows = range(1, _TITLE_ROWS + 1)
    texts = [cell.text for row in rows if (cell := table.sheet.at(row, 1)) is not None and len(cell.text) <= _LONGEST]
    yield from (_Heading(text, place) for text in texts)
    yield from (_Heading(first + second, place) for first, second in pairwise(texts))
    yield _Heading(table.sheet.name, place)


def _met(entry: str, by_text: dict[str, list[_Heading]]) -> Sequence[_Heading]:
    """The headings that read as an entry, with its number or without: tables may have another than their entry."""
    return list(dict.fromkeys([*by_text.get(entry, ()), *by_text.get(_unnumbered(entry), ())]))


def _unnumbered(text: str) -> str:
    return _NUMBER.sub("", text)


def _missing(document: Audited, entries: Sequence[str], headings: Sequence[_Heading], met: set[str]) -> Iterator[Fault]:
    for entry in (text[:_LONGEST] for text in entries):
        near = _nearest(bare(entry), [h for h in headings if bare(h.text) not in met and not _on_cover(h.place)])
        if near is None:
            place = Place(document.printed.file)
            yield Fault(place, f"目录里有“{entry}”，正文里找不到", quote=entry)
        else:
            yield Fault(near.place, f"目录里是“{entry}”，正文里是“{near.text}”", quote=near.text)


def _on_cover(place: Place) -> bool:
    return place.page == 1 or (not place.page and place.paragraph <= _OF_COVER)


def _nearest(entry: str, headings: Sequence[_Heading]) -> _Heading | None:
    """The heading that is most likely meant: of the same number and much alike, or else hardly different."""
    number = _NUMBER.match(entry)
    likely = {
        heading: like
        for heading in headings
        if (like := _likeness(entry, bare(heading.text)))
        >= (_ALIKE if not number or bare(heading.text).startswith(number[0]) else _HARDLY_DIFFERENT)
    }
    return max(likely, key=lambda heading: likely[heading], default=None)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, _unnumbered(one), _unnumbered(other), autojunk=False).ratio()


def _pages(known: Sequence[tuple[str, int, Sequence[_Heading]]]) -> Iterator[Fault]:
    """Entries whose page is another than where the heading stands; covers and contents may not be counted."""
    paged = [(text, page, found) for text, page, found in known if page and found[0].place.page]
    offsets = Counter(found[0].place.page - page for _, page, found in paged)
    if len(paged) < _LEAST:
        return
    [(offset, often)] = offsets.most_common(1)
    if often < _MOSTLY * len(paged):
        return
    for text, page, found in paged:
        if all(heading.place.page - page != offset for heading in found):
            there = found[0].place.page - offset
            yield Fault(
                found[0].place, f"目录里“{text[:_LONGEST]}”在第 {page} 页，正文里在第 {there} 页", quote=found[0].text
            )


RULES: tuple[AuditRule, ...] = (contents_agree,)
