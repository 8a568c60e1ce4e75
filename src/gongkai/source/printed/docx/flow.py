"""From paragraphs and tables in their order to the blocks of a document, each table with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.source.printed.document import Block, Paragraph, Spot, Table

from .drafts import BLANKS, Draft, Grid, Text
from .sheets import is_note, over, sheet_of, title_of
from .tables import MOST_CELLS, TooManyCellsError, columns_of, covered

_SAME_WIDTH = 0.02
_CONTENTS = re.compile(r"目[ \u3000]*[录次]")
_ENTRY = re.compile(r"(.*?)(?:[ \t\u3000]*[.．…·]{2,}[ \t\u3000]*|\t+|[ \u3000]{3,})[（(]?(\d{1,4})[）)]?", re.DOTALL)
"""An entry of the contents: what it is of, leaders, the page."""
_MOST_ENTRIES, _LONGEST_ENTRY = 200, 60
_SENTENCE = re.compile("[。；，]")
_LONGEST_LINE = 300
"""Characters of an entry with its leaders: what is longer is none, and would take long to look at."""
_TABS = re.compile(r"[ \t]*\t[ \t]*")


@dataclass
class Flow:
    """Collects the blocks of a document."""

    blocks: list[Block] = field(default_factory=list)
    outline: list[tuple[str, int]] = field(default_factory=list)
    _waiting: list[Text] = field(default_factory=list)
    """Texts since the last table: what stands over the next may be among them."""
    _sheets: int = 0
    _cells: int = 0

    def take(self, drafts: Sequence[Draft]) -> None:
        """Add drafts in their order. Raises TooManyCellsError."""
        at, in_contents = 0, False
        while at < len(drafts):
            draft = drafts[at]
            if isinstance(draft, Grid):
                end = _end_of_tables(drafts, at)
                notes = _notes_after(drafts, end)
                grids = [each for each in drafts[at:end] if isinstance(each, Grid)]
                self._table(grids, [each for each in drafts[end:notes] if isinstance(each, Text)])
                at = notes
                continue
            if not draft.contents and _CONTENTS.fullmatch(draft.text.strip(BLANKS)):
                self._waiting.append(draft)
                end = _end_of_list(drafts, at + 1)
                for each in drafts[at + 1 : end]:
                    if isinstance(each, Text) and not each.blank:
                        self._entry(each)
                in_contents, at = True, end
                continue
            entry = _entry_in(draft.text) if draft.contents or in_contents else None
            if draft.contents or entry:
                self._entry(draft)
            else:
                in_contents = in_contents and draft.blank
                self._waiting.append(draft)
            at += 1
        self._flush(len(self._waiting))

    def _entry(self, draft: Text) -> None:
        found = _entry_in(draft.text)
        said, page = (found[1], int(found[2])) if found else (draft.text, 0)
        if said.strip(BLANKS) and not _CONTENTS.fullmatch(said.strip(BLANKS)):
            self.outline.append((_TABS.sub(" ", said.strip(BLANKS)), page))

    def _table(self, grids: Sequence[Grid], notes: Sequence[Text]) -> None:
        edges = columns_of([grid.table for grid in grids])
        self._cells += sum(covered(grid.table, edges) for grid in grids)
        if self._cells > MOST_CELLS:
            raise TooManyCellsError
        own = over(self._waiting)
        above = [text.text for text in self._waiting[len(self._waiting) - own :] if not text.blank]
        del self._waiting[len(self._waiting) - own :]
        self._flush(len(self._waiting))
        self._sheets += 1
        below = [text.text for text in notes if not text.blank]
        name = title_of(above) or f"第 {self._sheets} 张表"
        sheet = sheet_of(name, self._sheets, above, grids, below)
        if sheet.cells:
            spots = dict.fromkeys(sheet.cells, Spot())
            self.blocks.append(Table(sheet, spots, len(self.blocks) + 1))
        else:
            self._sheets -= 1

    def _flush(self, count: int) -> None:
        """Texts that belong to no table become paragraphs."""
        for text in self._waiting[:count]:
            if not text.blank:
                said = _TABS.sub(" ", text.text.strip(BLANKS))
                self.blocks.append(Paragraph(said, len(self.blocks) + 1, heading=text.heading))
        del self._waiting[:count]


def _entry_in(text: str) -> re.Match[str] | None:
    """The entry that a text is, with its page; None for what is none."""
    said = text.strip(BLANKS)
    return _ENTRY.fullmatch(said) if len(said) <= _LONGEST_LINE else None


def _end_of_list(drafts: Sequence[Draft], first: int) -> int:
    """Behind a list of bare entries without pages: it ends where the first of them stands again, as a heading.

    ``first`` where there is no such list.
    """
    opening = ""
    for at in range(first, min(first + _MOST_ENTRIES, len(drafts))):
        draft = drafts[at]
        if not isinstance(draft, Text) or (
            (said := _bare(draft.text)) and (len(said) > _LONGEST_ENTRY or _SENTENCE.search(said))
        ):
            return first
        if opening and said == opening:
            return at
        opening = opening or said
    return first


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _end_of_tables(drafts: Sequence[Draft], first: int) -> int:
    """Behind the last of the tables that are one: as wide, on the same page, nothing said between them."""
    end, last = first + 1, drafts[first]
    for at in range(first + 1, len(drafts)):
        draft = drafts[at]
        if isinstance(draft, Text):
            if not draft.blank or draft.parts or draft.contents:
                break
        elif isinstance(last, Grid) and _fit(last, draft):
            end, last = at + 1, draft
        else:
            break
    return end


def _fit(one: Grid, other: Grid) -> bool:
    widths = one.table.width, other.table.width
    return abs(widths[0] - widths[1]) <= _SAME_WIDTH * max(widths)


def _notes_after(drafts: Sequence[Draft], first: int) -> int:
    """Behind the notes of a table that ends before ``first``."""
    end = first
    for at in range(first, len(drafts)):
        draft = drafts[at]
        if isinstance(draft, Grid) or not (draft.blank or is_note(draft)) or draft.heading:
            break
        end = at + 1 if not draft.blank else end
    return end
