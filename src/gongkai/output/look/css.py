"""The print style sheet, made from a pack's style.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from gongkai.document.vocabulary import FIGURE, KEPT, LABEL, LINES, NAMES_ROW, NUMBER, ROLES, selector
from gongkai.output.layout.density import Setting, settings
from gongkai.output.layout.spaces import ABOVE_PAGE_NUMBER, ABOVE_SIGNATURE, BELOW_TABLE
from gongkai.packs.style import FontStyle, Margins, RoleStyle, Style

from . import bars

_CELL_SELECTORS: Mapping[str, str] = {
    "表格文字": f"td, th.{NAMES_ROW}",
    "表格数字": f"td.{NUMBER}",
    "表格标目": f"th:not(.{NAMES_ROW}), td.{LABEL}",
}
_TABLE_NOTE = "表注"
"""Set after the cells, of which it is none."""

_PARAGRAPHS = [*dict.fromkeys(role.name for role in ROLES)]
_PARAGRAPHS.remove(_TABLE_NOTE)

SELECTORS: Mapping[str, str] = {
    **{name: selector(name) for name in _PARAGRAPHS},
    **_CELL_SELECTORS,
    _TABLE_NOTE: selector(_TABLE_NOTE),
}
"""Which text of the document each role (样式) sets."""

_ALIGN = {"左": "left", "居中": "center", "右": "right", "两端": "justify"}

_STRUCTURE = (
    f"""
.{KEPT} {{ white-space: nowrap; overflow-wrap: normal; }}
.{FIGURE} {{ line-height: 0; }}
[{LINES}] {{ white-space: nowrap; overflow-wrap: normal; }}
.sheet :is(table, .table-note) + :is(h2, h3, p:not([class])) {{ margin-top: {BELOW_TABLE:g}pt; }}
.signature {{ break-inside: avoid; break-before: avoid; margin-top: {ABOVE_SIGNATURE:g}pt; }}
"""
    + """
html { hyphens: manual; overflow-wrap: anywhere; }
body { margin: 0; }
p, h1, h2, h3 { margin: 0; font-weight: normal; }
h1, h2, h3, .table-id, .table-title, .table-subtitle, .chart-title, .table-unit { break-after: avoid; }
h1, h2, h3 { break-inside: avoid; }
p { orphans: 2; widows: 2; }
.cover, .toc { page: front; break-after: page; }
.toc a { color: inherit; text-decoration: none; }
.toc a::after { content: leader('.') target-counter(attr(href), page); }
.part { break-before: page; }
nav + .part { break-before: recto; }
.sheet { break-before: page; break-after: page; }
.sheet[data-orientation="landscape"] { page: landscape; }
h1 + .sheet { break-before: auto; }
.table-unit { display: flex; justify-content: space-between; }
.table-unit span + span { flex: none; padding-left: 1em; }
.continues { break-before: page; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; }
table.form { margin-bottom: -0.5pt; }
th { font-weight: normal; }
th, td { vertical-align: middle; }
td.code, .center, td.label { text-align: center; }
td.num { white-space: nowrap; overflow-wrap: normal; }
table.grid tr { break-inside: avoid; }
tr.total td, .table-note { break-before: avoid; }
h1, h2, h3, p { string-set: continued " "; }
td p { string-set: none; }
table:is(.grid, .form) tbody tr:first-child { string-set: continued "（续表）"; }
.table-title { bookmark-level: 4; bookmark-label: content(); }
.table-title[data-contents] { bookmark-level: 2; }
h3 { bookmark-level: 3; }
"""
)

_WEB = """
.skip { display: none; }
.scroll { overflow: visible; }
* { print-color-adjust: exact; }
"""
"""What the web page has beside the document."""


def print_css(style: Style, fonts: Mapping[str, Path]) -> str:
    """The whole style sheet; ``fonts`` says where each font file is."""
    parts = [*_faces(style, fonts), *_pages(style), _STRUCTURE, *_roles(style), _table(style), bars.css()]
    return "\n".join(parts)


def web_print_css(style: Style) -> str:
    """The same style sheet for a browser that prints the web page: its fonts are those of the reader's machine."""
    faces = (_local_face(name, font) for name, font in style.fonts.items())
    return "\n".join([*faces, *_pages(style), _STRUCTURE, *_roles(style), _table(style), bars.css(), _WEB])


def _local_face(name: str, font: FontStyle) -> str:
    sources = ", ".join(f'local("{local}")' for local in (font.office, font.family) if local)
    return f'@font-face {{ font-family: "{_family(name)}"; src: {sources}; }}'


def _faces(style: Style, fonts: Mapping[str, Path]) -> Iterator[str]:
    for name, font in style.fonts.items():
        yield _face(name, fonts[font.file])


def _family(name: str) -> str:
    # A family name of our own: the regular and the bold file of a free typeface may share
    # theirs, and an installed copy must not be taken for the file that the style names.
    return f"gongkai {name}"


def allowed_families(style: Style) -> frozenset[str]:
    """The families that text may be set in; any other is a substitute that nobody asked for."""
    return frozenset({*map(_family, style.fonts), style.fallback.family})


def _face(name: str, file: Path) -> str:
    return f'@font-face {{ font-family: "{_family(name)}"; src: url("{file.as_uri()}"); }}'


def _families(style: Style, font: str) -> str:
    return f'"{_family(font)}", "{style.fallback.family}"'


def _margins(margins: Margins) -> str:
    sides = (margins.top, margins.right, margins.bottom, margins.left)
    return " ".join(f"{side:.2f}pt" for side in sides)


def _pages(style: Style) -> Iterator[str]:
    page, number = style.page, style.roles["页码"]
    before, _, after = page.number.partition("{页}")
    content = (
        f'content: "{before}" counter(page) "{after}"; font: {number.size}pt {_families(style, number.font)}; '
        f"vertical-align: top; padding: {ABOVE_PAGE_NUMBER:g}pt {number.size}pt 0;"
    )
    upright = f"size: {page.width:.2f}pt {page.height:.2f}pt; margin: {_margins(page.portrait)};"
    turned = f"size: {page.height:.2f}pt {page.width:.2f}pt; margin: {_margins(page.landscape)};"
    yield f"@page {{ {turned if page.all_landscape else upright} }}"
    yield f"@page landscape {{ {turned} }}"
    # On a page that begins within a table: its rows set the words, the next paragraph or heading unsets them.
    note = style.roles["表头行"]
    continued = (
        f"content: string(continued, start); font: {note.size}pt/{note.line}pt {_families(style, note.font)}; "
        "vertical-align: bottom; text-align: right;"
    )
    yield f"@page {{ @top-right {{ {continued} }} }}"
    for side in ("left", "right"):
        yield f"@page :{side} {{ @bottom-{side} {{ {content} }} }}"
    # Cover and contents carry no number and are not counted, so that the first part begins with 1.
    for name in ("front", ":blank"):
        yield (
            f"@page {name} {{ counter-increment: page 0; "
            "@bottom-left { content: none } @bottom-right { content: none } }"
        )


def _roles(style: Style) -> Iterator[str]:
    for role, elements in SELECTORS.items():
        look = style.roles[role]
        yield f"{elements} {{ {_role(style, role, look)} }}"
        figures = style.fonts[look.font].figures or look.font
        yield f"{elements} .{FIGURE} {{ font-family: {_families(style, figures)} }}"


def _role(style: Style, role: str, look: RoleStyle) -> str:
    declarations = [
        f"font-family: {_families(style, look.font)}",
        f"font-size: {look.size}pt",
        f"line-height: {look.line:.2f}pt",
        f"text-align: {_ALIGN[look.align]}",
        f"text-indent: {look.first_indent}em",
    ]
    if look.bold:
        declarations.append("font-weight: bold")
    if role.startswith("表格"):
        return "; ".join(declarations)
    declarations.append(f"margin: {look.before:.2f}pt {look.right_indent}em {look.after:.2f}pt {look.left_indent}em")
    return "; ".join(declarations)


def _table(style: Style) -> str:
    table = style.table
    _, dense, compact = settings(style)
    rule = f"{table.rule}pt solid {table.colour}"
    padding = f"{table.padding.vertical}pt {table.padding.horizontal}pt"
    indents = "".join(
        f"{_selector(setting, indent)} {{ padding-left: {setting.horizontal + indent * setting.size:.2f}pt; }}\n"
        for setting in settings(style)
        for indent in (1, 2)
    )
    return (
        f"th, td {{ border: {rule}; padding: {padding}; }}\n"
        f"table.{dense.name} :is(th, td) {{ padding: {dense.vertical}pt {dense.horizontal}pt; }}\n"
        f"table.{compact.name} :is(th, td) {{ font-size: {compact.size}pt; line-height: {compact.line:.2f}pt; "
        f"padding: {compact.vertical:.2f}pt {compact.horizontal}pt; }}\n"
        f"th:not(.{NAMES_ROW}), td.label {{ background: {table.header_fill}; }}\n"
        # A name that stands in does so with all its lines.
        f"{indents}"
    )


def _selector(setting: Setting, indent: int) -> str:
    table = f"table.{setting.name}" if setting.name else "table"
    return f"{table} :is(th, td).in-{indent}"
