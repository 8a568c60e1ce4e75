"""The document as the compiler takes it: its blocks on their pages, the contents, headings, spaces between blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from gongkai.document.vocabulary import (
    CHART,
    CONTINUES,
    COVER,
    NEXT_HEADING,
    PART,
    PICTURE,
    SHEET,
    SIGNATURE,
    TABLE_NOTE,
    classes_of,
    role_of,
)
from gongkai.output.layout.lines.short_pages import pitch_of
from gongkai.output.layout.rowspans import begins_page
from gongkai.output.layout.spaces import ABOVE_SIGNATURE, BELOW_TABLE
from gongkai.output.layout.tails import lines_of
from gongkai.output.look.bars import space_around
from gongkai.packs.style import RoleStyle, Style
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

from .code import points, quoted
from .faces import Faces
from .links import LEADS, Links, is_contents, is_written
from .look import edges, figures_face, first_indent, padded, role_id
from .marks import BEGIN, BEGINS, CLOSE, END, ENDS, NOTE, mark
from .pictures.emblem import cover_emblem
from .rows import WHOLE
from .tables import TableWriter
from .texts import Room, code_of, joined

_STAYS = frozenset({"表号", "表题", "表副题", "表头行"})
"""Roles that stand on the page of what follows them."""
_LONGEST_SIGNATURE = 8
"""Lines of a 落款 that stay together."""
_WHOLE_CHART = 14
"""Rows of a chart that stay together on a page."""
_STATED = "margin-top:"


@dataclass
class _Pages:
    """Blocks that begin a page and go on as long as they need: on what paper, and what stands on it."""

    landscape: bool
    front: bool
    odd: bool
    blocks: list[str] = field(default_factory=list)
    below: float = 0.0
    """The space below the last block, in points."""

    def code(self, *, counted: bool) -> str:
        """The pages as an expression; the first that are ``counted`` begin with page 1."""
        body = "\n".join([*(["counter(page).update(1)"] if counted else []), *self.blocks])
        paper = "turned" if self.landscape else "upright"
        return f"{paper}({'front(' if self.front else ''}{{\n{body}\n}}{')' if self.front else ''})"


class DocumentWriter:
    """Writes one document for the compiler."""

    def __init__(self, root: HtmlElement, style: Style, faces: Faces) -> None:
        self._root, self._style, self._faces = root, style, faces
        self.tables = TableWriter(style, faces)
        self._pages: list[_Pages] = []
        self._landscape = style.page.all_landscape
        self._front = self._ended = self._odd = False
        self._level = 0
        self._marks: list[str] = []
        """Marks that wait for the next block."""
        self._links = Links(root)
        for finding in self._links.findings:
            self.tables.complain(finding)

    def write(self) -> str:
        """The whole body."""
        for body in self._root.iter("body"):
            for element in body:
                self._element(element)
        parts: list[str] = []
        counted = False
        self._pages = self._pages or [_Pages(self._landscape, front=False, odd=False)]
        for pages in self._pages:
            if pages.odd:
                parts.append('front(pagebreak(to: "odd", weak: true))')
            if pages is self._pages[-1]:
                pages.blocks.append(mark(CLOSE, 0))
            parts.append(pages.code(counted=not pages.front and not counted))
            counted = counted or not pages.front
        return "\n".join(parts)

    def _element(self, element: HtmlElement) -> None:
        """Write a block, or all in a container."""
        names = classes_of(element)
        if not isinstance(element.tag, str):
            return
        before, after = (element.get(name) for name in (BEGINS, ENDS))
        if before is not None:
            self._marks.append(mark(BEGIN, int(before)))
        self._content(element, names)
        if after is not None:
            self._pages[-1].blocks.append(mark(END, int(after)))

    def _content(self, element: HtmlElement, names: list[str]) -> None:
        if element.tag == "table":
            self._table(element)
        elif element.tag in ("p", "h1", "h2", "h3"):
            self._paragraph(element)
        elif element.tag == PICTURE:
            self._block(*cover_emblem(self._style))
        elif SIGNATURE in names:
            self._signature(element)
        elif CHART in names:
            self._chart(element)
        elif element.tag == "nav" and is_contents(element):
            self._contents(element)
        else:
            self._container(element, names)

    def _container(self, element: HtmlElement, names: list[str]) -> None:
        before = element.getprevious()
        outer = self._landscape, self._front
        if COVER in names:
            self._front = self._ended = True
        elif PART in names:
            self._ended = True
            self._odd = before is not None and before.tag == "nav"
        elif SHEET in names:
            self._ended = self._ended or before is None or before.tag != "h1"
            self._landscape = self._landscape or element.get("data-orientation") == "landscape"
        for child in element:
            self._element(child)
        self._landscape, self._front = outer
        if COVER in names or SHEET in names:
            self._ended = True

    def _block(self, code: str, before: float = 0.0, after: float = 0.0, *, parts: Sequence[str] = ()) -> None:
        """Put a block, and its later ``parts``, below the last one, or on a new page."""
        page = self._pages[-1] if self._pages else None
        if page is None or self._ended or (page.landscape, page.front) != (self._landscape, self._front):
            page = _Pages(self._landscape, self._front, self._odd)
            self._pages.append(page)
            self._ended = self._odd = False
            space = f"v({points(before)})" if before else ""  # at the head of a page that a block begins it is kept
        else:
            between = max(page.below, before)
            space = f"g({points(between)})" if between else ""
        page.blocks += [expression for expression in (space, *self._marks, code, *parts) if expression]
        self._marks.clear()
        page.below = after

    @property
    def _width(self) -> float:
        return self._style.page.type_area(landscape=self._landscape)[0]

    @property
    def _height(self) -> float:
        return self._style.page.type_area(landscape=self._landscape)[1]

    def _text(self, element: HtmlElement, role: str) -> str:
        look = self._style.roles[role]
        width = self._width - (look.left_indent + look.right_indent) * look.size
        return code_of(element, Room(width, figures_face(role, self._style, self._faces), look.size))

    def _paragraph(self, element: HtmlElement) -> None:
        role = role_of(element)
        look = self._style.roles[role.name]
        tag = role.tag
        if (tag == NEXT_HEADING or tag in ("H1", "H2", "H3")) and is_written(element):
            code = self._heading(element, role.name, self._heading_level(tag))
        else:
            text = joined([*first_indent(look), self._pitched(element, role.name)])
            code = f"{role_id(role.name)}(par({text}))"
            code = padded(code, look)
            if role.name in _STAYS:
                code = f"{'stuck' if self._is_tall(element, look) else 'stays'}({code})"
        names = classes_of(element)
        if CONTINUES in names:
            self._ended = True
        if TABLE_NOTE in names and self.tables.written:
            self._marks.append(mark(NOTE, len(self.tables.written) - 1))
        self._block(code, max(self._above(element, look.before), 0.0), look.after)

    def _above(self, element: HtmlElement, before: float) -> float:
        """The space above a paragraph: more below a table, less where the cover would have two pages."""
        style = element.get("style") or ""
        if style.startswith(_STATED):
            return float(style.removeprefix(_STATED).strip().removesuffix("pt"))
        previous = element.getprevious()
        runs = element.tag in ("h2", "h3") or (element.tag == "p" and not element.get("class"))
        parent = element.getparent()
        below_table = previous is not None and (previous.tag == "table" or TABLE_NOTE in classes_of(previous))
        return max(before, BELOW_TABLE) if runs and below_table and SHEET in classes_of(parent) else before

    def _pitched(self, element: HtmlElement, role: str) -> str:
        """The text of a paragraph or heading, its lines nearer or wider where that was chosen."""
        pitch, text = pitch_of(element), self._line(element, role)
        if pitch is None:
            return text
        look = self._style.roles[role]
        return f"{{set text({edges(self._faces.by_name[look.font], look.size, pitch)}); {text}}}"

    def _line(self, element: HtmlElement, role: str) -> str:
        """The text of a paragraph; the unit's name and that of its amounts stand at either side."""
        sides = element.findall("span")
        if role == "表头行" and len(sides) == 2 and len(element) == 2:
            left, right = (self._text(side, role) for side in sides)
            return joined([left, "h(1em)", "h(1fr)", f"k({right})"])
        return self._text(element, role)

    def _heading_level(self, tag: str) -> int:
        """The level of a heading: a title of a table is below the heading before it; no level is left out."""
        if tag == NEXT_HEADING:
            return self._level + 1
        self._level = min(int(tag[1:]), self._level + 1)
        return self._level

    def _heading(self, element: HtmlElement, role: str, level: int) -> str:
        look = self._style.roles[role]
        name = element.get("id", "")
        text = joined([*first_indent(look, always=True), self._pitched(element, role)])
        body = padded(f"{role_id(role)}({text})", look)
        outlined = "true" if name in self._links.listed else "false"
        label = f"<{name}>" if name else ""
        head = f"[#heading(level: {level}, outlined: {outlined}, bookmarked: true, {body}){label}]"
        return f"{{show heading: it => stuck(it.body); {head}}}" if self._is_tall(element, look) else head

    def _is_tall(self, element: HtmlElement, look: RoleStyle) -> bool:
        """Whether a text may fill much of a page: what is to stay whole, and cannot, would be cut off."""
        return lines_of(element, look, self._width) * look.line > self._height * WHOLE

    def _table(self, table: HtmlElement) -> None:
        if begins_page(table):
            self._ended = True
        code = [*self.tables.write(table, landscape=self._landscape)]
        space = space_around(table) if CHART in classes_of(table) else 0.0
        if code:
            self._block(code[0], space, space, parts=code[1:])

    def _chart(self, chart: HtmlElement) -> None:
        space, inner = space_around(chart), self._inner(chart)
        high = (self.tables.height_of(table, landscape=self._landscape) for table in chart.iter("table"))
        stays = len(chart.findall(".//tr")) <= _WHOLE_CHART and sum(high) <= self._height * WHOLE
        self._block(f"whole({inner})" if stays else inner, space, space)

    def _inner(self, container: HtmlElement) -> str:
        """What stands in a container as one expression."""
        pages, ended = self._pages, self._ended
        self._pages, self._ended = [_Pages(self._landscape, self._front, odd=False)], False
        for child in container:
            self._element(child)
        blocks = self._pages[0].blocks
        self._pages, self._ended = pages, ended
        return joined(blocks)

    def _signature(self, signature: HtmlElement) -> None:
        """The 落款 stays whole, on the page of the text above it."""
        if self._pages and self._pages[-1].blocks and not self._ended:
            blocks = self._pages[-1].blocks
            blocks[-1] = f"stuck({blocks[-1]})"
        inner = self._inner(signature)
        look = self._style.roles["落款"]
        tall = any(self._is_tall(line, look) for line in signature) or len(signature) > _LONGEST_SIGNATURE
        self._block(inner if tall else f"whole({inner})", ABOVE_SIGNATURE)

    def _contents(self, contents: HtmlElement) -> None:
        """The title of the contents and its entries."""
        front = self._front
        self._front = self._ended = True
        entries: dict[str, list[str]] = {}
        below = 0.0
        for element in contents:
            link = next((link for link in element.iter("a") if link.get(LEADS)), None)
            if link is None:
                self._element(element)
                continue
            look = self._style.roles[role_of(element).name]
            space = points(max(below, look.before))
            role, left = role_id(role_of(element).name), points(look.left_indent * look.size)
            words = self._text(link, role_of(element).name)
            entries.setdefault(link.get(LEADS, ""), []).append(f"({role}, {space}, {left}, {words})")
            below = look.after
        if entries:
            listed = (f"{quoted(target)}: ({', '.join(found)},)" for target, found in entries.items())
            self._block(f"contents(({', '.join(listed)},))")
        self._front, self._ended = front, True
