"""What is written about findings, as a workbook can hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from gongkai.findings import Finding, visible
from gongkai.reports.findings.report import exact, level

AUTHOR = "公开核对"
BEGIN, END = f"{AUTHOR}：", "（公开核对完）"
"""The lines around what is ours in a comment: they tell it from what the clerk has written, in whatever program."""

LONGEST = 32_767
"""UTF-16 units that a cell or a comment holds."""

_RETURN = "_x000D_"
"""How files spell the other end of a line."""

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without what XML cannot hold: such characters are spelt out."""
    return _NO_XML.sub("�", visible(text.replace("\r\n", "\n").replace("\r", "\n"), lines=True))


def units(text: str) -> int:
    """The length of a text as the programs count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, longest: int = LONGEST) -> str:
    """The text, cut with … where it is longer than a cell holds."""
    if units(text) <= longest:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * max(longest - 1, 0)]
    return f"{kept.decode('utf-16-le', 'ignore')}…"


def spelt(text: str) -> str:
    """The text as the file spells it: ``_x000D_`` would be read as what it stands for."""
    return _ESCAPE.sub("_x005F_", text)


def remark(finding: Finding) -> str:
    """A finding in the comment of its cell: what it is, the figures, what to do or why it is waived."""
    lines = [f"{level(finding)} {finding.code}：{finding.message}", figures(finding)]
    if finding.waived is not None:
        lines.append(f"理由：{finding.waived}")
    elif finding.advice:
        lines.append(f"→ {finding.advice}")
    # Lines within a message are indented: no line of it is ever taken for the end of what is ours.
    return "\n".join(printable(line).replace("\n", "\n　　") for line in lines if line)


def figures(finding: Finding) -> str:
    """写明的数 81.50，应为 80.00，相差 1.50: those of the three that are known."""
    known = {"写明的数": finding.stated, "应为": finding.expected, "相差": finding.difference}
    return "，".join(f"{name} {_short(value)}" for name, value in known.items() if value is not None)


def _short(value: Decimal) -> str:
    """A figure without the zeros behind its two decimals."""
    text = exact(value)
    whole, point, decimals = text.partition(".")
    kept = decimals.rstrip("0").ljust(2, "0") if point else ""
    return f"{whole}.{kept}" if point else whole


def ours(remarks: Iterable[str], longest: int = LONGEST) -> str:
    """All remarks on a cell between the lines that tell where they begin and end."""
    around = units(f"{BEGIN}\n\n{END}")
    return f"{BEGIN}\n{cut(chr(10).join(remarks), longest - around)}\n{END}"


def spans_of_ours(text: str) -> list[tuple[int, int]]:
    """Where in the text of a comment ours is, with the break before it."""
    spans: list[tuple[int, int]] = []
    begun, start = -1, 0
    for line in text.split("\n"):
        said = line.rstrip().removesuffix(_RETURN)
        if begun < 0 and said == BEGIN:
            begun = len(text[:start].removesuffix("\n").removesuffix("\r").removesuffix(_RETURN)) if start else 0
        elif begun >= 0 and said == END:
            spans.append((begun, start + len(END)))
            begun = -1
        start += len(line) + 1
    return spans
