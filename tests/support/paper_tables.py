"""Finished documents of a few small tables, and what the rules on tables say of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from gongkai.audit.document import Audited
from gongkai.audit.recognise import recognised
from gongkai.audit.rule import Fault
from gongkai.audit.tables.rules import RULES
from gongkai.findings import Finding
from gongkai.source.printed.document import Printed
from gongkai.source.printed.read import read_printed
from support.exports import exported
from support.small_documents import Rows, paper


def told(document: Printed | Audited) -> list[tuple[Finding, Fault]]:
    """Everything that the rules on tables find."""
    seen = recognised(document) if isinstance(document, Printed) else document
    return [pair for rule in RULES for pair in rule.findings(seen)]


def codes(*blocks: str | Rows) -> list[str]:
    """The codes of what is found in such a document."""
    return [finding.code for finding, _ in told(paper(*blocks))]


def messages(code: str, *blocks: str | Rows) -> list[str]:
    """What a rule says of such a document."""
    return [finding.message for finding, _ in told(paper(*blocks)) if finding.code == code]


def of_example(name: str, *, yuan: bool = False) -> Printed:
    """The tables of an example as they are published."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.xlsx"
        file.write_bytes(exported(name, yuan=yuan))
        return read_printed(file)


def spending(*rows: Sequence[str], title: str = "支出总体情况表", unit: str = "万元", note: str = "") -> Rows:
    """A table of spending by 科目: code, name, 合计, 基本支出, 项目支出."""
    head = [[f"2024年{title}"], ["编制单位：示例局", "", "", "", f"单位：{unit}"]]
    heads = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    return [*head, *heads, *map(list, rows), *([[note]] if note else [])]


TREE = (
    ("201", "一般公共服务支出", "968.80", "447.68", "521.12"),
    ("20113", "商贸事务", "968.80", "447.68", "521.12"),
    ("2011301", "行政运行", "287.56", "287.46", "0.10"),
    ("2011350", "事业运行", "160.22", "160.22", ""),
    ("2011399", "其他商贸事务支出", "521.02", "", "521.02"),
    ("208", "社会保障和就业支出", "78.02", "78.02", ""),
    ("20805", "行政事业单位养老支出", "78.02", "78.02", ""),
    ("2080501", "行政单位离退休", "30.52", "30.52", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "47.50", "47.50", ""),
    ("", "合计", "1046.82", "525.70", "521.12"),
)
"""The rows of a table that is right."""
