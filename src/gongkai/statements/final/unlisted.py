"""What the forms of a final account's tables cannot show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.findings import Finding, Level
from gongkai.statements.tables.form import TableForm

from .figures import FinalFigures


def unlisted_classes(f: FinalFigures, layouts: Iterable[TableForm]) -> Iterator[Finding]:
    """An error for each 科目 with spending of a 类 for which a table has no row: its money would be left out."""
    for layout in layouts:
        lines = {row.key for row in layout.right}
        for i, account in enumerate(f.account.accounts):
            code = account.code[:3]
            if lines and code not in lines and f.spent(account.code):
                message = f"《{layout.title}》的表样没有 {code} {f.name(code)} 这一类"
                advice = "请核对科目；表样确有这一类的，在模板包的“右栏”里加上"
                yield Finding("GK505", Level.ERROR, message, advice, ("科目收支", i, "科目"))
