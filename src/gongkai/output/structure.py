"""What a document may consist of. A pack is untrusted: anything that loads, runs or cannot be set is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from lxml.html import HtmlElement

from gongkai.findings import Finding, FindingsError, Level

_EVERYWHERE = frozenset({"class", "id", "lang"})
_CELL = frozenset({"colspan", "rowspan", "scope"})

# Element → the attributes it may have beside those allowed everywhere.
_ALLOWED: Mapping[str, frozenset[str]] = {
    "html": frozenset(), "head": frozenset(), "title": frozenset(), "meta": frozenset({"charset", "name", "content"}),
    "body": frozenset(), "section": frozenset({"data-orientation"}), "div": frozenset(), "nav": frozenset(),
    "h1": frozenset({"data-contents"}), "h2": frozenset({"data-contents"}), "h3": frozenset({"data-contents"}),
    "p": frozenset({"data-contents"}), "span": frozenset(), "br": frozenset(), "a": frozenset({"href"}),
    "table": frozenset(), "colgroup": frozenset(), "col": frozenset({"style"}), "thead": frozenset(),
    "tbody": frozenset(), "tr": frozenset(), "th": _CELL, "td": _CELL,
}  # fmt: skip
_WIDTH = re.compile(r"width:\s*\d+(\.\d+)?%")
_VOID = frozenset({"meta", "br", "col"})


def refuse_foreign(root: HtmlElement) -> None:
    """Raise FindingsError for every element or attribute that a disclosure has no use for."""
    findings = list(dict.fromkeys(_foreign(root)))
    if findings:
        raise FindingsError(findings)


def _error(message: str, advice: str) -> Finding:
    return Finding("GK604", Level.ERROR, message, advice)


def _foreign(root: HtmlElement) -> Iterator[Finding]:
    allowed = "、".join(tag for tag in _ALLOWED if tag not in {"html", "head", "body", "meta", "title"})
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue  # a comment
        if tag not in _ALLOWED:
            yield _error(f"模板里有不能用的 HTML 元素 <{tag}>", f"可用：{allowed}")
            continue
        for name, value in element.attrib.items():
            name, value = str(name), str(value)
            if name not in _EVERYWHERE and name not in _ALLOWED[tag]:
                yield _error(f"模板里 <{tag}> 有不能用的属性 {name}", "字体、字号、颜色写在 style.yaml")
            elif name == "href" and not value.startswith("#"):
                yield _error(f"模板里有指向文件之外的链接 {value}", "链接只能指向本文件里的标题")
            elif name == "style" and _WIDTH.fullmatch(value) is None:
                yield _error(f"模板里 <{tag}> 有不能用的样式 {value}", "列宽写作 width:12.5%，其余写在 style.yaml")


class _TagBalance(HTMLParser):
    """Finds tags that are closed without being open, and the reverse."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.findings: list[Finding] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
            return
        expected = f"，应先关闭 <{self.open[-1]}>" if self.open else ""
        line, _ = self.getpos()
        self.findings.append(_error(f"生成的 HTML 第 {line} 行：</{tag}> 没有对应的开始标签{expected}", "请核对模板"))
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def unbalanced_tags(text: str) -> list[Finding]:
    """An error for every tag that is not properly opened and closed."""
    balance = _TagBalance()
    balance.feed(text)
    unclosed = [_error(f"生成的 HTML 里 <{tag}> 没有关闭", "请核对模板") for tag in balance.open]
    return [*balance.findings, *unclosed]
