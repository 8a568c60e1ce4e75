"""Names of 科目: the file's own first, then the catalogue's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai import catalog
from gongkai.catalog import ancestors
from gongkai.statements.tables.table import Value


class Names:
    """Looks up names for one file; '' for a code that nobody knows."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own_names = own

    def name(self, code: str) -> str:
        """The name of a functional 类, 款 or 项."""
        return self.own_names.get(code) or catalog.functional().name(code) or ""

    def economic_name(self, code: str) -> str:
        """The name of an economic 类 or 款."""
        return self.own_names.get(code) or catalog.economic().name(code) or ""


def code_cells(code: str) -> dict[str, Value]:
    """类, 款 and 项 in cells of their own, 2011301 → 201 | 13 | 01, and the whole code for forms with one cell."""
    return {"类": code[:3], "款": code[3:5], "项": code[5:7], "编码": code}


def tree(codes: Iterable[str]) -> list[str]:
    """Codes with their 类 and 款 before them, in code order."""
    return sorted({level for code in codes for level in (*ancestors(code), code)})


def is_operating(economic_code: str) -> bool:
    """Whether basic spending under an economic code is 公用经费: all but 301 and 303."""
    return economic_code[:3] not in {"301", "303"}
