"""What leads where within a document: the entries of its contents, and links in its text. They lead to headings."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from gongkai.document.vocabulary import CONTENTS, NEXT_HEADING, classes_of, role_of
from gongkai.findings import Finding, Level, shown

LEADS = "data-leads"
"""The attribute of a link that leads to a heading: its id. What leads nowhere is a text as any other."""


class Links:
    """The links of a document."""

    def __init__(self, root: HtmlElement) -> None:
        self.listed = frozenset(_href(link) for nav in root.iter("nav") if is_contents(nav) for link in nav.iter("a"))
        """The headings that the contents list."""
        self.findings: list[Finding] = []
        links = list(root.iter("a"))
        targets = set(_targets(root)) if links else set()
        for link in links:
            if _href(link) in targets:
                link.set(LEADS, _href(link))
            else:
                self.findings.append(_nowhere(link))


def words_of_links(root: HtmlElement) -> dict[str, str]:
    """The words of links by the headings to which they lead, where a document has been written."""
    return {target: link.text_content().strip() for link in root.iter("a") if (target := link.get(LEADS))}


def is_contents(nav: HtmlElement) -> bool:
    """Whether this is the table of contents."""
    return CONTENTS in classes_of(nav)


def is_written(heading: HtmlElement) -> bool:
    """Whether there is anything to a heading: one without a word would be read aloud as a heading of nothing."""
    return bool(heading.text_content().strip())


def _href(link: HtmlElement) -> str:
    return (link.get("href") or "").removeprefix("#")


def _targets(root: HtmlElement) -> Iterator[str]:
    for heading in root.iter("h1", "h2", "h3", "p"):
        name = heading.get("id")
        if name and (heading.tag != "p" or role_of(heading).tag == NEXT_HEADING) and is_written(heading):
            yield name


def _nowhere(link: HtmlElement) -> Finding:
    message = f"“{shown(link.text_content())}”指向的“{shown(link.get('href') or '')}”不是本文件的标题"
    return Finding("GK602", Level.WARNING, message, "请核对模板里的链接")
