"""The document as a web page of its own: no external resource, readable on any screen."""

from __future__ import annotations

import copy

from lxml.html import builder

from gongkai.packs.style import Style

from .document import HtmlDocument

_SCREEN = """
body {{ max-width: 52rem; margin: 0 auto; padding: 1rem; color: #1a1a1a; background: #fff;
       font-family: {body}; font-size: 1.125rem; line-height: 1.8; }}
p {{ margin: 0; text-indent: 2em; }}
h1, h2, h3 {{ font-weight: normal; line-height: 1.5; }}
h1, .cover-unit, .cover-title, .toc-title, .table-title {{ font-family: {title}; text-align: center; text-indent: 0; }}
h1 {{ font-size: 1.6rem; margin: 3rem 0 1rem; }}
h2 {{ font-family: {heading}; font-size: 1.2rem; margin: 1.5rem 0 .5rem; }}
h3 {{ font-family: {subheading}; font-size: 1.125rem; margin: .5rem 0; }}
.cover {{ padding: 3rem 0 2rem; }}
.cover-unit {{ font-size: 1.4rem; }}
.cover-title {{ font-size: 2rem; margin-top: 1rem; }}
.cover-date {{ text-align: center; text-indent: 0; margin-top: 1rem; }}
.toc p {{ text-indent: 0; }}
.toc-2 {{ padding-left: 2em; }}
.toc a {{ color: #0b4f9e; }}
.sheet {{ margin: 2rem 0; overflow-x: auto; }}
.table-id, .table-note {{ text-indent: 0; }}
.table-title {{ font-size: 1.25rem; }}
.table-unit {{ display: flex; justify-content: space-between; gap: 1em; text-indent: 0; font-size: .9rem; }}
table {{ width: 100%; min-width: 40rem; border-collapse: collapse; font-size: .875rem; line-height: 1.5; }}
.sheet[data-orientation="landscape"] table {{ min-width: 70rem; }}
th, td {{ border: 1px solid #555; padding: .2em .4em; }}
th, td.label {{ font-weight: normal; background: #f2f2f2; text-align: center; }}
td.num {{ text-align: right; white-space: nowrap; }}
td.code, td.center {{ text-align: center; }}
.sign {{ text-align: right; padding-right: 2em; }}
"""


def render_html(document: HtmlDocument, style: Style) -> bytes:
    """The page as UTF-8, with its style sheet inside."""
    root = copy.deepcopy(document.root)
    head = root.find("head")
    assert head is not None, "a parsed document always has a head"
    head.append(builder.META(name="viewport", content="width=device-width, initial-scale=1"))
    sheet = builder.STYLE()
    sheet.text = _SCREEN.format(
        body=_families(style, "正文"),
        title=_families(style, "一级标题"),
        heading=_families(style, "二级标题"),
        subheading=_families(style, "三级标题"),
    )
    head.append(sheet)
    page = HtmlDocument(root, document.title, document.author, document.published)
    return page.to_string().encode("utf-8")


def _families(style: Style, role: str) -> str:
    font = style.font_of(role)
    names = [font.office, font.family, style.fallback.family]
    return ", ".join(f"'{name}'" for name in names if name) + ", serif"
