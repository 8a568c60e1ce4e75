"""Rules about what is seen on paper: cut texts, blank pages."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.findings import Level, Place, shown

_SHOWN = 3


@audit_rule("GK880", "请加宽这一栏或缩小字号，重新生成", Level.WARNING)
def cells_are_seen_whole(document: Audited) -> Iterator[Fault]:
    """检查什么：表格里的字和数没有被格子的边、页的边切掉。
    为何重要：切掉一位，看到的就是另一个数；切掉的字谁也读不到。
    依据：公开内容应当完整、清晰。
    怎样改：加宽这一栏、缩小字号，或让格子里的字换行，重新生成。
    反例：格子里是 1,234,567.89，页上只看得见 234,567.89。
    正例：整个数都在格子里。
    """
    for table in document.printed.tables:
        cut = sorted(table.clipped)
        if not cut:
            continue
        texts = [cell.text for at in cut if (cell := table.sheet.at(*at)) is not None and cell.text]
        said = "、".join(f"“{shown(text)}”" for text in texts[:_SHOWN])
        many = f"有 {len(cut)} 格" if len(cut) > 1 else "有一格"
        place = document.printed.workbook.place(table.sheet, *cut[0])
        yield Fault(place, f"{many}没有显示完整{f'：{said}' if said else ''}", quote=texts[0] if texts else "")


@audit_rule("GK881", "请删去这一页；确要留作衬页的，可以不管", Level.WARNING)
def no_blank_page(document: Audited) -> Iterator[Fault]:
    """检查什么：没有什么也没有印的页。
    为何重要：空白页多半是分页符多了一个，也可能是一页内容没有转出来。
    依据：公开内容应当完整、规范。
    怎样改：删去这一页；内容丢了的，重新生成。
    反例：第 7 页是空白的，第 8 页接着第 6 页。
    正例：每一页都有内容。
    """
    for page in document.printed.blank:
        yield Fault(Place(document.printed.file, page=page), f"第 {page} 页是空白的")


RULES: tuple[AuditRule, ...] = (cells_are_seen_whole, no_blank_page)
