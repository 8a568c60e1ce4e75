"""A block of texts in lists: each row one text, with the list to which it belongs (类别)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.findings import Path
from gongkai.intake.guide import Guide
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node
from gongkai.texts.suggest import suggestion

from .block import Column, Row
from .lines import Line
from .sink import Sink

CLASS, CONTENT = "类别", "内容"


@dataclass(frozen=True, slots=True)
class Texts:
    """Lists of texts. ``whole`` are the classes of those that are one text instead, by the list's own class."""

    title: str
    lists: Mapping[str, Path]
    whole: Mapping[str, str] | None = None
    growing: bool = True
    key: str = ""

    def columns(self, guide: Guide) -> Sequence[Column]:
        """The class, where there are several, and the text."""
        content = Column(CONTENT, tuple((*path, 0) for path in self.lists.values()))
        if len(self._classes) == 1:
            return (content,)
        return (Column(CLASS, choices=tuple(self._classes)), content)

    @property
    def _classes(self) -> Mapping[str, Path]:
        whole = {name: self.lists[of] for of, name in (self.whole or {}).items()}
        return {**self.lists, **whole}

    def rows(self, data: Mapping[str, Node], guide: Guide) -> Iterator[Row]:
        """A row for each text."""
        for name, path in self.lists.items():
            told = node_at(data, path)
            if isinstance(told, str):
                yield {CLASS: (self.whole or {}).get(name, name), CONTENT: told}
            for text in told if isinstance(told, list) else ():
                yield {CLASS: name, CONTENT: str(text)}

    def read(self, lines: Sequence[Line], sink: Sink) -> None:
        """The texts of each class in their order; a blank class means that of the row above."""
        classes, name = self._classes, next(iter(self.lists))
        several = len(classes) > 1
        name = "" if several else name
        for line in lines:
            said = sink.label(line, CLASS, ()) if several else ""
            if said is None:
                name = ""
                continue
            name = said or name
            if line.cell(CONTENT) is None:
                continue
            if name not in classes:
                message = f"类别“{name}”不在所列之中" if name else "没有写类别"
                sink.refuse("GK161", message, suggestion(name, [*classes]), (), line.place(CLASS))
                continue
            self._take(name, line, sink)

    def _take(self, name: str, line: Line, sink: Sink) -> None:
        path = self._classes[name]
        stated = node_at(sink.tree.data, path)
        if name not in self.lists:  # one text in the place of the list
            if isinstance(stated, list):
                message = f"“{path[-1]}”又分条、又不分条"
                sink.refuse("GK117", message, "请只用一种类别", path, line.place(CLASS))
            else:
                sink.put(path, line, CONTENT, line.place(CLASS))
        elif isinstance(stated, str):
            sink.refuse("GK117", f"“{path[-1]}”又分条、又不分条", "请只用一种类别", path, line.place(CLASS))
        else:
            sink.put((*path, len(stated) if isinstance(stated, list) else 0), line, CONTENT)

    def homes(self) -> Sequence[Path]:
        """The lists."""
        return tuple(self.lists.values())
