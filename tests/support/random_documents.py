"""Random documents of everything that the vocabulary has: what a pack may write, however odd."""

from __future__ import annotations

from html import escape

from hypothesis import strategies as st

_LETTERS = "公开预算决算收支项目单位一二三，。、；：？！（）《》“”—…0123456789.,%+-aZ#$*_`@<>&\\\"'/[]{}=~|^ 　\u00a0"
_LONG = (
    "某" * 60,
    "A" * 70,
    "https://www.example.gov.cn/a/b?c=d&e=f",
    "）" * 40,
    "1,234,567,890.12",
    "工作按期完成。" * 40,
)
_CLASSES = ("text", "num", "code", "center", "label", "text in-1", "text in-2", "")


@st.composite
def texts(draw: st.DrawFn, most: int = 24) -> str:
    """A text, as it is written in HTML."""
    text = draw(st.one_of(st.text(_LETTERS, max_size=most), st.sampled_from(_LONG)))
    return escape(text)


@st.composite
def inlines(draw: st.DrawFn) -> str:
    """A text with what may stand in it."""
    kinds = ("text", "text", "br", "span", "data")
    parts = draw(st.lists(st.tuples(st.sampled_from(kinds), texts()), max_size=4))
    written = {"br": "%s<br>", "span": "<span>%s</span>", "data": '<data value="1046.82">1,046.82</data>万元%s'}
    return "".join(written.get(kind, "%s").replace("%s", text) for kind, text in parts)


@st.composite
def rows(draw: st.DrawFn, columns: int, most: int, head: bool = False) -> str:
    """Rows whose cells may reach over others, or be left out at their ends."""
    count = draw(st.integers(0, most))
    free = {(row, column) for row in range(count) for column in range(columns)}
    lines: list[str] = []
    for row in range(count):
        cells: list[str] = []
        for column in range(columns):
            if (row, column) not in free:
                continue
            if not head and draw(st.integers(0, 30)) == 0:
                break  # the rest of the row is left out
            across, down = draw(st.sampled_from(((1, 1),) * 6 + ((2, 1), (1, 2), (1, 3), (2, 2))))
            places = {(r, c) for r in range(row, row + down) for c in range(column, column + across)}
            if not places <= free:
                across, down, places = 1, 1, {(row, column)}
            free -= places
            cells.append(_cell(draw, across, down, head=head))
        kind = ' class="total"' if not head and row == count - 1 and draw(st.booleans()) else ""
        lines.append(f"<tr{kind}>{''.join(cells)}</tr>")
    return "".join(lines)


def _cell(draw: st.DrawFn, across: int, down: int, *, head: bool) -> str:
    spans = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
    if head:
        return f'<th scope="{"colgroup" if across > 1 else "col"}"{spans}>{draw(texts(8))}</th>'
    kind = draw(st.sampled_from(_CLASSES))
    return f'<td class="{kind}"{spans}>{draw(texts(8)) if kind == "num" else draw(inlines())}</td>'


@st.composite
def tables(draw: st.DrawFn, kind: str | None = None) -> str:
    """A table."""
    columns = draw(st.integers(1, 9))
    kind = kind or draw(st.sampled_from(("grid", "grid dense", "form", "")))
    shares = draw(st.lists(st.integers(1, 20), min_size=columns, max_size=columns))
    stated = "".join(f'<col style="width:{share * 100 / sum(shares):.2f}%">' for share in shares)
    head = draw(rows(columns, 3, head=True))
    body = draw(rows(columns, draw(st.sampled_from((3, 12, 40)))))
    if "<tr" not in head + body:
        body = f"<tr>{'<td></td>' * columns}</tr>"
    thead = f"<thead>{head}</thead>" if head else ""
    return f'<table class="{kind}"><colgroup>{stated}</colgroup>{thead}<tbody>{body}</tbody></table>'


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """A table on a page of its own, with its title and notes."""
    above = {"table-id": draw(texts()), "table-title": draw(texts()), "table-subtitle": draw(texts())}
    titles = "".join(f'<p class="{name}">{text}</p>' for name, text in above.items() if draw(st.booleans()))
    unit = '<p class="table-unit"><span>编制单位：某局</span><span>单位：万元</span></p>' * draw(st.integers(0, 1))
    content = "".join(draw(st.lists(tables(), max_size=2)))
    notes = "".join(f'<p class="table-note">{draw(texts())}</p>' for _ in range(draw(st.integers(0, 2))))
    way = draw(st.sampled_from(("portrait", "landscape")))
    return f'<section class="sheet" data-orientation="{way}">{titles}{unit}{content}{notes}</section>'


@st.composite
def charts(draw: st.DrawFn) -> str:
    lines = "".join(
        f'<tr><td class="text">{draw(texts(8))}</td>'
        f'<td class="bar"><span class="bar" style="width:{share}%"></span></td>'
        '<td class="num">1.00</td></tr>'
        for share in draw(st.lists(st.integers(0, 100), min_size=1, max_size=20))
    )
    title = f'<p class="chart-title">{draw(texts())}</p>'
    return f'<div class="chart">{title}<table class="chart"><tbody>{lines}</tbody></table></div>'


def _signatures() -> st.SearchStrategy[str]:
    lines = st.lists(texts().map(lambda text: f'<p class="sign">{text}</p>'), max_size=4)
    return lines.map(lambda found: f'<div class="signature">{"".join(found)}</div>')


def _paragraphs() -> st.SearchStrategy[str]:
    tags = st.sampled_from(("p", "p", "p", "h2", "h3"))
    return st.tuples(tags, inlines()).map(lambda found: f"<{found[0]}>{found[1]}</{found[0]}>")


@st.composite
def contents(draw: st.DrawFn) -> str:
    """What a part has below its title."""
    blocks = st.one_of(_paragraphs(), _paragraphs(), sheets(), tables(), charts(), _signatures())
    body = "".join(draw(st.lists(blocks, max_size=8)))
    toc = '<nav class="toc"><p class="toc-title">目　录</p></nav>' if draw(st.booleans()) else ""
    return f"{toc}<h1>第一部分　{draw(texts())}</h1>{body}"
