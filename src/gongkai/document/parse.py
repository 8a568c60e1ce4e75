"""The one semantic HTML document from which every output is made."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from unicodedata import normalize

from lxml import etree, html
from lxml.html import HtmlElement, builder

from gongkai.findings import Finding, FindingsError
from gongkai.source.text_file import NOT_PRINTABLE

from .allowed_markup import Locate, error, refuse_foreign
from .tag_balance import unbalanced_tags
from .vocabulary import AMOUNT, CONTENTS, TABLE_TITLE

if TYPE_CHECKING:
    from .compose import Rendered

_BESIDE_DIGITS = re.compile(r"(?<=[\u4e00-\u9fff”）])(?=\d)|(?<=[\d%])(?=[\u4e00-\u9fff“（])")

_MARK = re.compile("</?data[^>]*>")
_LIGATURE = re.compile("[\ufb00-\ufb06]")

CONTENTS_LEVELS = {"h1": 1, "h2": 2}

_PARSER = etree.HTMLParser()
# That of lxml.html asks a function for the class of each element, and again whenever one is looked at anew.
_PARSER.set_element_class_lookup(
    etree.ElementDefaultClassLookup(
        element=HtmlElement, comment=html.HtmlComment, pi=html.HtmlProcessingInstruction, entity=html.HtmlEntity
    )
)


@dataclass(frozen=True)
class HtmlDocument:
    """A rendered disclosure: its parsed HTML and what the file properties say of it."""

    root: HtmlElement
    title: str
    author: str
    published: datetime.date

    def to_string(self) -> str:
        """The document as HTML text."""
        return to_text(self.root)


def to_text(root: HtmlElement) -> str:
    """A parsed document as HTML text."""
    text: str = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return text


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    level: int
    text: str
    target: str


def parse_document(rendered: Rendered) -> HtmlDocument:
    """A pack's document, with identifiers on every heading and the table of contents filled in.

    Raises FindingsError where the HTML is broken, or has anything that a disclosure has no use for.
    """
    return parse_html(rendered.html, rendered.place, spaced=bool(rendered.pack.options["数字两侧空格"]))


def parse_html(text: str, locate: Locate = lambda *words: None, *, spaced: bool = False) -> HtmlDocument:
    """The document that a text of HTML is; ``locate`` finds words in templates, ``spaced`` sets figures apart.

    Raises FindingsError as ``parse_document`` does.
    """
    broken = unbalanced_tags(text, locate) or list(_not_printable(text, locate))
    if broken:
        raise FindingsError(broken)
    root = html.document_fromstring(text, parser=_PARSER)
    elements = list(root.iter())  # lxml makes an element anew for each pass unless somebody holds it
    for element in elements:
        _unmark_attributes(element)
    refuse_foreign(root, locate)
    for element in elements:
        _tidy_text(element)
    if spaced:
        _space_digits(root)
    for cell in root.iter("td"):
        _set_signs(cell)
    entries = list(_identify(root))
    for nav in root.iterfind(f".//nav[@class='{CONTENTS}']"):
        for entry in entries:
            link = builder.A(entry.text, href=f"#{entry.target}")
            nav.append(builder.P(link, builder.CLASS(f"toc-{entry.level}")))
    return HtmlDocument(
        root=root,
        title=root.findtext(".//title", "").strip(),
        author=_meta(root, "author", locate),
        published=_published(root, locate),
    )


def _not_printable(text: str, locate: Locate) -> Iterator[Finding]:
    """Characters that nobody sees and not every output takes: no file has them, but templates can make them."""
    letters = "".join(sorted(set(unescape(text) if "&" in text else text)))
    for found in NOT_PRINTABLE.findall(letters):
        yield error(f"模板里有看不见的控制字符（U+{ord(found):04X}）", "请删去该字符", locate(found))


def _meta(root: HtmlElement, name: str, locate: Locate) -> str:
    """What the head of the document says by this name; the file properties need it."""
    for meta in root.iterfind(f".//meta[@name='{name}']"):
        return str(meta.get("content", ""))
    advice = "整个换掉 document.html 的模板包要保留上级 <head> 里的各行"
    raise FindingsError([error(f'文件开头缺少 <meta name="{name}">', advice, locate("<head"))])


def _published(root: HtmlElement, locate: Locate) -> datetime.date:
    text = _meta(root, "dcterms.created", locate)
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        finding = error(f"文件开头的日期“{text}”写法有误", "应写作 {{ published }}", locate("dcterms.created"))
        raise FindingsError([finding]) from None


def _tidy_text(element: HtmlElement) -> None:
    """Without line breaks of template source, which Chinese has no space to stand for, and without ligatures."""
    if not isinstance(element.tag, str):
        return
    for name in ("text", "tail"):
        value = getattr(element, name)
        if value and "\n" in value:
            value = _without_breaks(element, name, value)
            setattr(element, name, value or None)
        if value and not value.isascii() and _LIGATURE.search(value):
            setattr(element, name, _taken_apart(value))


def _without_breaks(element: HtmlElement, name: str, value: str) -> str:
    """A text or tail on one line; beside an amount stands no end of a line."""
    first, *others = value.split("\n")
    *lines, last = others
    first = first.rstrip() if name == "tail" and element.tag == AMOUNT else first.strip()
    last = last.lstrip() if _before_amount(element, name) else last.strip()
    return "".join([first, *(line.strip() for line in lines), last])


def _before_amount(element: HtmlElement, name: str) -> bool:
    """Whether an amount follows at once on the text of an element, or on what stands behind it."""
    following = element[0] if name == "text" and len(element) else element.getnext() if name == "tail" else None
    return following is not None and following.tag == AMOUNT


def _unmark_attributes(element: HtmlElement) -> None:
    """An amount in an attribute is its text."""
    for name, value in element.items():
        if "<data" in value:
            element.set(name, _MARK.sub("", value))


def _taken_apart(text: str) -> str:
    """Letters for the ligatures that a text copied from a PDF brings along: no search finds ﬁ by fi."""
    return _LIGATURE.sub(lambda match: normalize("NFKC", match[0]), text)


def _space_digits(root: HtmlElement) -> None:
    """A space between Chinese and figures in running text; the cells of tables stay as they are."""
    for element in root.iter("h1", "h2", "h3", "p"):
        for part in element.iter():
            for name in ("text", "tail"):
                value = getattr(part, name)
                if value and (name == "text" or part is not element):
                    setattr(part, name, _BESIDE_DIGITS.sub(" ", value))
        for amount in element.iter(AMOUNT):
            _space_amount(amount)


def _space_amount(amount: HtmlElement) -> None:
    """The same at both sides of an amount, which is an element of its own."""
    figure, before = amount.text or "", amount.getprevious()
    holder, name = (amount.getparent(), "text") if before is None else (before, "tail")
    text = getattr(holder, name) or ""
    if text and _BESIDE_DIGITS.search(text[-1] + figure[0]):
        setattr(holder, name, f"{text} ")
    if amount.tail and _BESIDE_DIGITS.search(figure[-1] + amount.tail[0]):
        amount.tail = f" {amount.tail}"


def _set_signs(cell: HtmlElement) -> None:
    """Print >= and <= of a target, which is all that keyboards offer, as the signs that they stand for."""
    for element in cell.iter():
        for name in ("text", "tail"):
            value = getattr(element, name)
            if value and (">=" in value or "<=" in value):
                setattr(element, name, value.replace(">=", "≥").replace("<=", "≤"))


def _identify(root: HtmlElement) -> Iterator[Entry]:
    """Give every heading and table title an id; yield those that the contents list.

    ``data-contents`` gives the words for the contents; empty, it keeps a heading out of them.
    """
    number = 0
    for element in root.iter("h1", "h2", "h3", "p"):
        listed = element.get("data-contents")
        title = element.tag != "p" or element.get("class") == TABLE_TITLE
        if not title:
            continue
        number += 1
        element.set("id", f"h{number}")
        level = CONTENTS_LEVELS.get(element.tag) or (2 if listed else None)
        if level is not None and listed != "":
            yield Entry(level, listed or _text(element), f"h{number}")


def _text(element: HtmlElement) -> str:
    return str(element.text_content()).strip()
