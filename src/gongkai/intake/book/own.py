"""The book of a pack that declares facts: what of them is the file's own has sheets; the rest has columns by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from gongkai.intake.guide import Guide, guide_of_model
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.own.extend import plain_of

from .blocks.block import Block
from .blocks.fixed import Fixed
from .blocks.records import Records
from .blocks.shape import Entry, shape_of
from .blocks.titles import plain
from .layout import BookSheet, Layout

OWN_SHEET = "模板事实"
"""The sheet of the facts that belong to the file, but for the lists."""
_COMPARED = "有比较的事实"
_PURPOSE = "模板另外要填的"
_LIST_PURPOSE = "模板另外要的清单，一条一行"
_BEFORE = "其他文字"
"""The sheet before which these stand."""
_MODELS_REMEMBERED = 32
_LONGEST = 31
"""Characters of the name of a sheet."""
_NEVER = re.compile(r"[\[\]:*?/\\\\]")
"""Signs that the name of a sheet cannot have."""
_RESERVED = ("History", "填表说明", "科目目录", "核对结果", "待确认", "取数说明")


def layout_of(kind: str) -> Layout | None:
    """The book of a kind of document (文种); None for a kind that has none."""
    book = KINDS[kind].book if kind in KINDS else None
    return book.value if book is not None else None


@lru_cache(_MODELS_REMEMBERED)
def layout_for(kind: str, model: type[Disclosure] | None) -> Layout | None:
    """The book of a kind for the data of a model, which may have facts of a pack; None for a kind that has none."""
    layout = layout_of(kind)
    if layout is None or model is None or plain_of(model) is model:
        return layout
    sheets = list(layout.sheets)
    at = next(number for number, sheet in enumerate(sheets) if sheet.name == _BEFORE)
    guide = guide_of_model(model)
    own = [name for name in guide.names(()) if guide.own_type((name,))]
    sheets[at:at] = _sheets(own, guide, _Names(layout).new)
    return replace(layout, sheets=tuple(sheets), model=model)


class _Names:
    """Names of sheets and blocks, each once."""

    def __init__(self, layout: Layout) -> None:
        named = (*_RESERVED, *(sheet.name for sheet in layout.sheets), *layout.blocks)
        self._taken = {_compared(name) for name in named}

    def new(self, wanted: str) -> str:
        """A name that is like the one that is wanted, and may be that of a sheet."""
        wanted = _NEVER.sub("·", wanted)[:_LONGEST]
        name, number = wanted, 1
        while _compared(name) in self._taken:
            number += 1
            end = f"（{number}）"
            name = wanted[: _LONGEST - len(end)] + end
        self._taken.add(_compared(name))
        return name


def _compared(name: str) -> str:
    return plain(name).casefold()


def _sheets(names: Sequence[str], guide: Guide, new: Callable[[str], str]) -> Iterator[BookSheet]:
    """The sheets of the facts of the file that have these names."""
    lists = [name for name in names if "items" in guide.at((name,))]
    compared = [name for name in names if guide.names((name,))]
    single = [name for name in names if name not in lists and name not in compared]
    title = new(OWN_SHEET)
    blocks: list[Block] = []
    if single:
        blocks.append(Fixed(title, tuple((name,) for name in single)))
    if compared:
        heading = new(_COMPARED) if single else title
        blocks.append(Fixed(heading, tuple((name,) for name in compared), grid=True))
    if blocks:
        yield BookSheet(title, _PURPOSE, blocks, optional=not _any_required([*single, *compared], guide))
    for name in lists:
        heading = new(name)
        block = Records(heading, (name,), called=_first_text(name, guide))
        optional = not _any_required([name], guide)
        yield BookSheet(heading, _LIST_PURPOSE, (block,), optional, guide.description((name,)))


def _any_required(names: Sequence[str], guide: Guide) -> bool:
    return any(name in guide.at(()).get("required", ()) for name in names)


def _first_text(name: str, guide: Guide) -> str:
    """The field of a list in which the word 合计 may stand: the first text, if it is not all that there is."""
    fields = guide.names((name, 0))
    texts = (field for field in fields if shape_of(guide, (name, 0, field)).entry is Entry.TEXT)
    return next(texts, "") if len(fields) > 1 else ""
