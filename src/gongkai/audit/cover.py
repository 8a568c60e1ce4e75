"""What the cover of a document says: its title, with year, 文种 and 口径, and whose it is."""

from __future__ import annotations

import re
from itertools import islice

from gongkai.source.printed.document import Printed
from gongkai.texts.plain import folded

from .document import Audited

_TITLE = re.compile(r"(?P<year>20\d\d)年?度?.{0,40}?(?P<scope>部门|单位)?(?P<kind>预算|决算)")
_TITLE_WITHIN, _NAME_WITHIN = 12, 8
"""Paragraphs at the beginning among which the title is, and the name."""
_LONGEST = 60
"""Characters of a line of a title."""
_ENDS = (
    "局|委员会|委|办公室|办|厅|院|所|中心|大队|支队|队|学校|校|馆|联合会|协会|会|处|站|园|社|部|镇|乡|街道办事处|办事处"
    "|人民政府|法院|检察院|室|库|台|团|区|公司|银行|学院|大学|中学|小学|幼儿园|医院|法庭|监狱|所"
)
_NAME = re.compile(rf"^(?:关于)?(?P<name>[一-鿿（）()·]{{4,40}}?(?:{_ENDS}))(?:本级|[（(]本级[）)]|汇总)?$")
_BEFORE_YEAR = re.compile(
    rf"^(?:关于)?(?P<name>[一-鿿（）()·]{{4,40}}?(?:{_ENDS}))(?:本级|[（(]本级[）)])?(?=20\d\d年)"
)
_BLANKS = re.compile(r"\s+")
_NO_NAME = re.compile("目录|预算|决算|公开|说明|概况|部门$|单位$")


def title_on(printed: Printed) -> re.Match[str] | None:
    """The title on the cover, with its ``year``, ``scope`` (口径) and ``kind`` (文种): 某局2024年部门预算."""
    texts = [_BLANKS.sub("", paragraph.text) for paragraph in islice(printed.paragraphs, _TITLE_WITHIN)]
    short = [text for text in texts if len(text) <= _LONGEST]
    for text in [*short, "".join(short)]:
        found = _TITLE.search(text)
        if found and len(text) <= _LONGEST * 2:
            return found
    return None


def own_name(document: Audited) -> str:
    """The name of the unit: as its cover has it, or else as most of its tables; empty where neither says it."""
    return name_on_cover(document) or document.tables.unit_name


def name_on_cover(document: Audited) -> str:
    """The name of the unit on the cover; empty where none is recognised there."""
    tables = folded(document.tables.unit_name)
    texts = [_BLANKS.sub("", paragraph.text) for paragraph in islice(document.printed.paragraphs, _NAME_WITHIN)]
    for text in texts:
        if len(text) > _LONGEST:
            continue
        found = _BEFORE_YEAR.search(text) or _NAME.search(text)
        if found and not _NO_NAME.search(found["name"]):
            # A name over two lines of the cover begins with the place: 某市某区 / 财政局.
            return document.tables.unit_name if tables.startswith(folded(found["name"])) else found["name"]
        if tables and tables in folded(text):
            return document.tables.unit_name
    return ""
