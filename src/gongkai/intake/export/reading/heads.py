"""What stands above and below a table: title, year, unit, the unit of money; and which sheets are no tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.intake.export.forms.words import plain

from .grid import Grid

_YEAR = re.compile(r"(20\d\d)年?")
_MONEY = re.compile(r"(?:金额)?单位(?:为|:)?(?:人民币)?(万元|元|千元|百元|亿元)")
_BARE_MONEY = re.compile(r"^\(?(万元|元)\)?$")
_UNIT_NAME = re.compile(
    r"^(?:编制|公开|填报|预算|单位|部门|预算主管)?(?:单位|部门)(?:\(盖章\)|名称)?:(?!万?元)(.+?)(?:(?:金额)?单位:.*)?$"
)
_NO_TABLE = re.compile(
    r"目录|封面|封皮|名词解释|职能|职责|机构设置|编制说明|情况说明|填报说明|填表说明|说明$|^sheet\d+$|批复|文字"
)
_SCOPE = re.compile(r"(单位|部门)(?:财务)?(?:收支|收入|支出|整体)")


def is_no_table(name: str) -> bool:
    """Whether the name of a sheet says that it is no table."""
    return bool(_NO_TABLE.search(plain(name).lower()))


def year_of(texts: Iterable[str]) -> int | None:
    """The first year in some texts."""
    for text in texts:
        found = _YEAR.search(plain(text))
        if found:
            return int(found[1])
    return None


def scope_of(title: str) -> str:
    """单位 or 部门, as the title of a table says it."""
    found = _SCOPE.search(plain(title))
    return found[1] if found else ""


def money_of(grid: Grid, top: int, bottom: int) -> tuple[str, int, int] | None:
    """The unit of money above a table, and its cell."""
    for row in range(top, bottom + 1):
        for column, cell in grid.cells(row):
            said = plain(cell.text)
            found = _MONEY.search(said) or _BARE_MONEY.match(said)
            if found:
                return found[1], row, column
    return None


def unit_name_of(grid: Grid, top: int, bottom: int) -> tuple[str, int, int] | None:
    """The unit whose table it is, and the cell that says so."""
    for row in range(top, bottom + 1):
        cells = grid.cells(row)
        for at, (column, cell) in enumerate(cells):
            said = plain(cell.text)
            found = _UNIT_NAME.match(said)
            if found:
                return found[1], row, column
            # The name may stand in the cell beside it.
            if re.fullmatch(r"(?:编制|公开|填报|预算)?(?:单位|部门)(?:名称)?:", said) and at + 1 < len(cells):
                beside = plain(cells[at + 1][1].text)
                if not _MONEY.search(beside):
                    return beside, row, cells[at + 1][0]
    return None
