"""Whose document it is, as its cover says it."""

from __future__ import annotations

import re

from gongkai.audit.document import Audited
from gongkai.texts.plain import folded

_ON_COVER = 8
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


def own_name(document: Audited) -> str:
    """The name of the unit: as its cover has it, or else as most of its tables; empty where neither says it."""
    return name_on_cover(document) or document.tables.unit_name


def name_on_cover(document: Audited) -> str:
    """The name of the unit on the cover; empty where none is recognised there."""
    tables = folded(document.tables.unit_name)
    texts = [_BLANKS.sub("", paragraph.text) for paragraph in document.paragraphs[:_ON_COVER]]
    for text in texts:
        if len(text) > 60:
            continue
        found = _BEFORE_YEAR.search(text) or _NAME.search(text)
        if found and not _NO_NAME.search(found["name"]):
            return found["name"]
        if tables and tables in folded(text):
            return document.tables.unit_name
    return ""
