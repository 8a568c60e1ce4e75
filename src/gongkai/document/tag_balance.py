"""Whether every tag of a document is closed, and in the right order."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from gongkai.findings import Finding, FindingsError

from .allowed_markup import Locate, error
from .vocabulary import ELEMENTS, UNCLOSED

_DEEPEST = 40
"""Elements in each other: no document needs as many, and renderers work through them by recursion."""
_WORDS = 10
"""Characters beside a tag by which its place in the templates is found."""

_TOKEN = re.compile(
    r"""
    (
        < ([a-z][a-z0-9]*) (?: [ \n]+ [a-z-]+ = (?:"[^"]*"|'[^']*') )* [ \n]* /?> [^<]*
        | </ ([a-z][a-z0-9]*) > [^<]*
        | (?:<!DOCTYPE\ html>)? [^<]+
    )
    """,
    re.VERBOSE,
)
"""A tag in its plain form with the text behind it: what both have in common with every other way to read HTML."""


class _TagBalance(HTMLParser):
    """Finds tags that are closed without being open, and the reverse."""

    def __init__(self, locate: Locate) -> None:
        super().__init__()
        self._locate = locate
        self._open: list[tuple[str, str]] = []
        """Tags that are open, each as it is written and with the words that follow it."""
        self._last = ""
        self.findings: list[Finding] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNCLOSED:
            return
        self._open.append((tag, self.get_starttag_text() or ""))
        if len(self._open) == _DEEPEST:
            self._error(f"元素套了 {_DEEPEST} 层", self._open[-1][1])
            raise FindingsError(self.findings)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # the stroke of <br/> says nothing in HTML: <p/> stays open

    def handle_data(self, data: str) -> None:
        self._last = data
        if self._open and self._open[-1][1].endswith(">"):
            tag, written = self._open[-1]
            self._open[-1] = tag, written + data[:_WORDS]

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name for name, _ in self._open}:
            self._error(f"</{tag}> 没有对应的开始标签", f"{self._last[-_WORDS:]}</{tag}", f"</{tag}")
            return
        while (entry := self._open.pop())[0] != tag:
            self._error(f"</{tag}> 前应先关闭 <{entry[0]}>", entry[1])

    def close(self) -> None:
        super().close()
        for tag, written in self._open:
            self._error(f"<{tag}> 没有关闭", written)

    def _error(self, what: str, *words: str) -> None:
        line, _ = self.getpos()
        message = f"生成的 HTML 到第 {line} 行：{what}"
        self.findings.append(error(message, "请核对模板", self._locate(*words)))


def unbalanced_tags(text: str, locate: Locate) -> list[Finding]:
    """An error for every tag that is not properly opened and closed.

    Raises FindingsError where elements are in each other without end.
    """
    if _is_plainly_balanced(text):
        return []
    balance = _TagBalance(locate)
    balance.feed(text)
    balance.close()
    return balance.findings


def _is_plainly_balanced(text: str) -> bool:
    """Whether a text is nothing but plain tags of known elements, each closed in its order, and what stands between.

    Nearly every document is, and this takes a tenth of the time of the parser, which knows all the odd ways to write
    a tag. False says nothing: the parser is asked then.
    """
    tokens = _TOKEN.findall(text)
    if sum(len(token) for token, _, _ in tokens) != len(text):
        return False
    opened: list[str] = []
    for _, tag, closed in tokens:
        if closed:
            if not opened or opened.pop() != closed:
                return False
        elif tag and tag not in UNCLOSED:
            opened.append(tag)
            if tag not in ELEMENTS or len(opened) == _DEEPEST:
                return False
    return not opened
