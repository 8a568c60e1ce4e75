"""Tables and texts of every shape that a document may have, as a pack would write them."""

from __future__ import annotations

from support.wide_tables import AMOUNT, sheet, table

HEAD = '<tr><th scope="col">名称</th><th scope="col">金额</th></tr>'
NAME = "某" * 60
ADDRESS = "https://www.example.gov.cn/a/very/long/path/that/never/ends/index.html?query=1234567890&amp;x=y"


def sentences(count: int) -> str:
    return "".join(f"第{number}项工作按期完成。" for number in range(count))


def row(*cells: tuple[str, str]) -> str:
    return f"<tr>{''.join(f'<td class={kind!r}>{text}</td>' for kind, text in cells)}</tr>"


def names(*texts: str) -> str:
    return "".join(row(("text", text), ("num", "1.00")) for text in texts)


def of_names(*texts: str, shares: tuple[int, int] = (70, 30), head: str = HEAD) -> str:
    return table(head, names(*texts), shares)


def spanned(rows: int, every: int, *, total: bool = False) -> str:
    """A table whose first cell reaches over all its rows and whose second ones over so many each."""
    cells = (
        (f'<td class="label" rowspan="{rows}">绩效指标</td>' if not number else "")
        + (
            f'<td class="center" rowspan="{min(every, rows - number)}">产出{number // every}</td>'
            if number % every == 0
            else ""
        )
        + f'<td class="text">事项{number}</td><td class="center">95%</td>'
        for number in range(rows)
    )
    body = "".join(f"<tr>{found}</tr>" for found in cells)
    body += '<tr class="total"><td class="center">总分</td><td></td><td></td><td class="num">100</td></tr>' * total
    head = "".join(f'<th scope="col">{name}</th>' for name in ("一级", "二级", "三级", "指标值"))
    return table(f"<tr>{head}</tr>", body, (15, 15, 45, 25))


def form(count: int) -> str:
    """A performance form with a goal of so many sentences."""
    rows = row(("label", "项目名称"), ("text", "工作经费")) + row(("label", "总体目标"), ("text", sentences(count)))
    columns = '<colgroup><col style="width:20%"><col style="width:80%"></colgroup>'
    return f'<table class="form">{columns}<tbody>{rows}</tbody></table>'


def chart(rows: int) -> str:
    columns = "".join(f'<col style="width:{share}%">' for share in (32, 36, 18, 14))
    head = "".join(f'<th scope="col">{name}</th>' for name in ("项目", "图示", "金额", "占比"))
    bars = '<span class="bar" style="width:{0}%"></span><span class="bar prior" style="width:12.5%"></span>'
    lines = "".join(
        f'<tr><td class="text">项目{number}</td><td class="bar">{bars.format(number * 7 % 100)}</td>'
        '<td class="num">1.00</td><td class="num">12.00%</td></tr>'
        for number in range(rows)
    )
    body = f"<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{lines}</tbody>"
    return f'<div class="chart"><p class="chart-title">结构</p><table class="chart">{body}</table></div>'


def wide(amounts: int, rows: int) -> str:
    head = '<th scope="col">编码</th><th scope="col">名称</th>' + '<th scope="col">金额</th>' * amounts
    cells = '<td class="code">201</td><td class="text">名称</td>' + f'<td class="num">{AMOUNT}</td>' * amounts
    return table(f"<tr>{head}</tr>", f"<tr>{cells}</tr>" * rows, [5, 15, *[80 / amounts] * amounts])


def signature(lines: int) -> str:
    return f'<div class="signature">{"".join(f"<p class=sign>某单位{number}</p>" for number in range(lines))}</div>'


TITLED = "<h1>第一部分</h1>"
LIKE = {
    "one row": sheet(of_names("行政运行", head="")),
    "one column": sheet(table('<tr><th scope="col">名</th></tr>', row(("num", "1.00")) * 60, (100,))),
    "many rows": sheet(of_names(*["行政运行"] * 120)),
    "many rows on landscape pages": sheet(of_names(*["行政运行"] * 120), "landscape"),
    "header alone": sheet(of_names()),
    "no header": sheet(of_names(*["行政运行"] * 80, head="")),
    "rows without a body": sheet(f'<table class="grid">{names("甲", "乙")}</table>'),
    "rows without a cell": sheet(table(HEAD, names("甲") + "<tr></tr>" + names("乙"), (70, 30))),
    "header without a cell": sheet(of_names("甲", head="<tr></tr>")),
    "cells left out": sheet(table(HEAD, row(("text", "甲")) + names("乙") + row(("text", "丙")), (70, 30))),
    "a row that is all of others": sheet(
        table(HEAD, '<tr><td class="text" rowspan="2">甲</td><td class="num" rowspan="2">1</td></tr><tr></tr>', (7, 3))
    ),
    **{f"merged over {every} rows": sheet(spanned(60, every), "landscape") for every in (1, 7, 20, 60)},
    "merged, with a total": sheet(spanned(60, 7, total=True), "landscape"),
    "forms": sheet(form(60) + spanned(30, 20), "landscape"),
    "a form over pages": TITLED + sheet(form(900)) + "<h2>其他事项</h2><p>无。</p>",
    "rows of half a page": sheet(of_names(*[sentences(90)] * 8, shares=(60, 40))),
    "divided by columns": sheet(wide(8, 70)),
    "divided by columns twice": sheet(wide(14, 70)),
    **{f"notes below {rows} rows": TITLED + sheet(of_names(*["行政运行"] * rows)) + "<p>末。</p>" for rows in (25, 26)},
    "names of 60 characters": f"<h1>{NAME}</h1><h2>一、{NAME}</h2><p>{NAME}。</p>" + sheet(of_names(NAME)),
    "an address longer than the line": f"{TITLED}<p>见{ADDRESS}{'z' * 60}。</p><p>{'W' * 200}</p>",
    "texts of other scripts longer than the line": f"{TITLED}<p>{'Ж' * 90}</p><p>{'…' * 90}</p>",
    "a code longer than its cell": sheet(table(HEAD, row(("code", "ABCDEFGHIJ" * 5), ("num", "1.00")), (10, 90))),
    "a label longer than its cell": sheet(table(HEAD, row(("label", "ABCDEFGH" * 5), ("center", "Z" * 50)), (1, 1))),
    "code of the compiler": TITLED
    + "".join(
        f"<p>{text}</p>"
        for text in (
            "#let x = 1; #x", "$a+b$", "*粗* _斜_ `码`", "@ref &lt;label&gt;", '\\ \\n \\u{4e00} " \\" ',
            "// 注 /* 注 */", "] } ) [ { (", "= 标题", "- 列 + 项", "~ -- --- ...", "https://a.b/c#d",
        )
    ),
    "code of the compiler in cells": sheet(of_names('#x $y$ *z* "q" \\ ]', "//x", '\\"')),
    "blanks": f"{TITLED}<p>  甲   乙\t\t丙　　丁\u00a0戊\u2003己  </p><p>　　缩进</p>"
    "<p>甲<br>  乙<br><br>丙</p><p> </p><p></p>",
    "points one behind the other": TITLED
    + "".join(f"<p>甲{one}{other}乙</p>" for one in "，。；：？！）》”、" for other in "”）》“（，。？！、"),
    "rare letters": f"{TITLED}<p>㐀龘㎡№①⑽Ⅷ℃‰§±×÷≤≥≠∑√∞○●□■☆★→←↑↓〇々㈠￥＄αβΩя</p>",
    "a chart of 3": f"{TITLED}<p>文。</p>{chart(3)}<p>文。</p>",
    "a chart of 60": f"{TITLED}<p>文。</p>{chart(60)}<p>文。</p>",
    "a signature": f"{TITLED}{'<p>正文。</p>' * 25}{signature(2)}",
    "a signature higher than a page": f"{TITLED}<p>正文。</p>{signature(40)}",
    "line breaks": f"<h1>一<br>二</h1><p>甲<br>乙</p>{sheet(of_names('甲<br>乙'))}",
    "blocks that no sheet holds": f"{TITLED}<p>甲</p>{of_names('甲')}<p>乙</p>{of_names('乙')}",
    "tables one below the other": TITLED + sheet(of_names("甲") + of_names("乙")),
    "sheets and texts": f"{TITLED}{sheet(of_names('甲')) * 2}{sheet(of_names('甲'), 'landscape')}<h2>二</h2><p>无</p>",
    "headings of rows": sheet(
        table(HEAD, '<tr><th scope="row">小计</th><td class="num">1</td></tr><tr><th scope="rowgroup" rowspan="2">合'
              '</th><td class="num">1</td></tr><tr><td class="num">1</td></tr>', (70, 30))
    ),
    "cells without text": sheet(table(HEAD, row(("text", ""), ("num", "")) * 3, (70, 30))),
    "amounts of sentences": f'{TITLED}<p>收入<data value="1046.82">1,046.82</data>万元，占'
    '<data value="12.19">12.19</data>%。</p>',
    "contents": f'<nav class="toc"><p class="toc-title">目录</p></nav><h1>{NAME}</h1><h2>{NAME}{NAME}</h2><p>文。</p>',
}  # fmt: skip
"""Shapes that both engines make the same of: pages, texts, tables, tags, what stands above a page."""

SET = {
    "a row higher than a page": sheet(of_names("短", sentences(300), "短", shares=(60, 40))),
    "a row of 22 pages": sheet(of_names(sentences(900), shares=(20, 80))),
    "merged cells higher than a page": sheet(
        table(
            HEAD,
            f'<tr><td class="text" rowspan="3">{sentences(300)}</td><td class="num">1.00</td></tr>'
            + row(("num", "2.00")) * 2,
            (60, 40),
        )
    ),
    "a header higher than a page": sheet(of_names("甲", head=f"<tr><th>{sentences(300)}</th><th>金额</th></tr>")),
    "a header of half a page": sheet(of_names(*["甲"] * 50, head=f"<tr><th>{sentences(120)}</th><th>金额</th></tr>")),
    "headings longer than a page": f"<h1>{NAME}</h1><h2>{'标题' * 100}</h2><p>文。</p><h3>{'题' * 900}</h3><p>文</p>",
    "a title of a table longer than a page": f'{TITLED}<section class="sheet"><p class="table-title">{NAME * 20}</p>'
    f"{of_names(*['甲'] * 30)}</section>",
    "brackets and blanks longer than a cell": sheet(of_names("）" * 60, "a\u00a0" * 60, "—" * 60, shares=(10, 90))),
    "a chart of names longer than a page": f"{TITLED}{chart(9).replace('项目', NAME * 4)}<p>文。</p>",
    "figures and text in a cell with a bar": sheet(
        table(
            HEAD, '<tr><td class="text"><span class="bar" style="width:30%"></span>三成</td><td>1</td></tr>', (70, 30)
        )
    ),
    "links": f'{TITLED}<h2>二</h2><p>见<a href="#h1">第一部分</a>和<a href="#h2">别处</a>。</p>',
    "entries of the contents by hand": '<nav class="toc"><p class="toc-1"><a href="#h1">自写</a></p></nav>'
    f"{TITLED}<p>文</p>",
    "paragraphs in a cell": f"{TITLED}{sheet(of_names('甲<p>丙</p><p>丁</p>戊'))}",
    "letters with marks on them": f"{TITLED}<p>e\u0301 a\u0308 é ä</p>",
    "no text at all": "",
    "headings without a word": "<h1></h1><h2> </h2><p>文。</p>",
    "tables without a cell": sheet('<table class="grid"><tbody><tr></tr></tbody></table>') + TITLED,
}
"""Shapes that each engine sets in its own way, none of them losing anything."""
