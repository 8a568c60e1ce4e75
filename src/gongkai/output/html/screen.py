"""The style sheet of the web page on screens: one column on a phone, contents at the side on a desk."""

from __future__ import annotations

from gongkai.document.vocabulary import NAMES_ROW
from gongkai.output.look import bars
from gongkai.packs.style import Style

# Contrast of text to ground: #1a1a1a 17:1, #0b4f9e 8:1, #444 9.7:1; AA asks for 4.5:1.
_SCREEN = """
* {{ box-sizing: border-box; }}
html {{ scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }}
body {{ margin: 0; color: #1a1a1a; background: #fff; font-family: {body}; font-size: 1.125rem; line-height: 1.8;
       overflow-wrap: anywhere; }}
.skip {{ position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: #0b4f9e; color: #fff; }}
.skip:focus {{ top: 1rem; }}
:focus-visible {{ outline: 3px solid #0b4f9e; outline-offset: 2px; }}
main:focus {{ outline: none; }}
header {{ padding: 2rem 1rem 1.5rem; border-bottom: 4px solid #0b4f9e; background: #f4f7fb; }}
p {{ margin: 0; text-indent: 2em; }}
h1, h2, h3 {{ font-weight: normal; line-height: 1.5; }}
h1, .cover-unit, .cover-title, .toc-title, .table-title {{ font-family: {title}; text-align: center; text-indent: 0; }}
h1 {{ font-size: 1.6rem; margin: 2.5rem 0 1rem; }}
h2 {{ font-family: {heading}; font-size: 1.25rem; margin: 1.75rem 0 .5rem; }}
h3 {{ font-family: {subheading}; font-size: 1.125rem; margin: 1rem 0 .25rem; }}
.cover-unit {{ font-size: 1.3rem; }}
.cover-title {{ font-size: 1.9rem; line-height: 1.4; }}
.cover-date {{ text-align: center; text-indent: 0; color: #444; }}
main, .toc {{ padding: 0 1rem 2rem; }}
.toc {{ font-size: 1rem; line-height: 1.5; }}
.toc p {{ text-indent: 0; }}
.toc-title {{ font-size: 1.2rem; margin: 1rem 0 .5rem; }}
.toc-1 {{ margin-top: .5rem; }}
.toc-2 {{ padding-left: 1em; }}
.toc a {{ display: block; padding: .25rem .25rem; color: #0b4f9e; text-decoration: none; }}
.toc a:hover, .toc a:focus {{ text-decoration: underline; }}
.sheet {{ margin: 2rem 0; }}
.table-id, .table-note {{ text-indent: 0; }}
.table-title {{ font-size: 1.25rem; }}
.table-subtitle, .chart-title {{ text-align: center; text-indent: 0; }}
.table-unit {{ display: flex; justify-content: space-between; gap: 1em; text-indent: 0; font-size: .9rem; }}
.table-unit span + span {{ flex: none; }}
.scroll {{ overflow-x: auto; margin: .25rem 0 1rem; }}
table {{ width: 100%; border-collapse: collapse; font-size: .9rem; line-height: 1.5; overflow-wrap: normal; }}
.sheet table {{ min-width: 40rem; }}
.sheet[data-orientation="landscape"] table {{ min-width: 70rem; }}
th, td {{ border: 1px solid #767676; padding: .3em .45em; }}
th {{ font-weight: normal; background: #f2f2f2; text-align: center; }}
th.text {{ text-align: left; }}
th.{names_row} {{ background: none; }}
:is(th, td).in-1 {{ padding-left: 1.45em; }}
:is(th, td).in-2 {{ padding-left: 2.45em; }}
th, td.text, td.center, .table-unit span, h1, .cover-unit, .cover-title, .table-title {{ text-wrap: balance; }}
td.num {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }}
td.code, .center {{ text-align: center; }}
tbody tr:hover td {{ background: #f4f7fb; }}
.sign {{ text-align: right; padding-right: 2em; }}
@media (min-width: 64rem) {{
  body {{ display: grid; grid-template-columns: 19rem minmax(0, 1fr); }}
  .skip, header {{ grid-column: 1 / -1; }}
  .toc {{ position: sticky; top: 0; max-height: 100vh; overflow-y: auto; border-right: 1px solid #d0d7e2; }}
  main {{ width: 100%; max-width: 62rem; margin: 0 auto; padding: 0 2rem 3rem; }}
}}
@media (prefers-reduced-motion: no-preference) {{ html {{ scroll-behavior: smooth; }} }}
"""


def screen_css(style: Style) -> str:
    """The whole style sheet for screens."""
    roles = {"body": "正文", "title": "一级标题", "heading": "二级标题", "subheading": "三级标题"}
    return (
        _SCREEN.format(names_row=NAMES_ROW, **{name: _families(style, role) for name, role in roles.items()})
        + bars.css()
    )


def _families(style: Style, role: str) -> str:
    font = style.font_of(role)
    names = [font.office, font.family, style.fallback.family]
    return ", ".join(f"'{name}'" for name in names if name) + ", serif"
