"""Which column of a table is which: by its heads, by what the user says, by what is nearest."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from gongkai.intake.export.forms.form import CODE, CODE_PARTS, TEXTS, Form

from .found import Column

_OTHER_YEARS = ("上年预算", "上年决算", "上年执行", "上年数", "增减", "比上年", "占比", "变动")
_NO_FIGURES = frozenset({"序号", "备注", "单位编码", "单位代码", "单位", "单位名称", "部门(单位)", "行次", "栏次"})
"""Columns without which nothing is lost."""
_SUMS = frozenset({"合计", "总计", "小计", "共计"})
_YEAR = re.compile(r"^20\d\d年(?=.)")
_BLOCKS = ("编码", "名称", "数")


def matched(form: Form, columns: Sequence[Column], own: Mapping[str, str], year: int | None) -> dict[str, Column]:
    """The columns of a table by our names; ``own`` are heads that the user has given a meaning."""
    if form.key == "基本支出" and form.kind == "决算":
        return _blocks(form, columns, own)
    found: dict[str, Column] = {}
    for column in columns:
        key = own.get(column.path[-1]) or own.get("/".join(column.path)) or _key_of(form, column)
        if key and key not in found and not _of_another_year(column, year):
            found[key] = column
    return _split_codes(found, columns)


def _key_of(form: Form, column: Column) -> str | None:
    """Our name of a column: by the longest of the paths that fit, of several by that whose heads stand nearest."""
    fits = [(len(path), near, key) for path, key in form.patterns if (near := _nearness(path, column.path)) is not None]
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def _nearness(pattern: Sequence[str], path: Sequence[str]) -> int | None:
    """How far down in its heads a column has the heads of a pattern; None where it has them not."""
    if _whole(path[-1]) != _whole(pattern[-1]):
        return None
    above = path[:-1] or path
    deepest = [
        max((at for at, head in enumerate(above) if _stands_over(word, head)), default=None) for word in pattern[:-1]
    ]
    if any(at is None for at in deepest):
        return None
    return sum(at for at in deepest if at is not None)


def _whole(head: str) -> str:
    """A head without the year of its document; the words for a sum are one word."""
    head = _YEAR.sub("", head)
    return "合计" if head in _SUMS else head


def _stands_over(word: str, head: str) -> bool:
    return word in head and (head.startswith("非") == word.startswith("非"))


def _of_another_year(column: Column, year: int | None) -> bool:
    said = "/".join(column.path)
    years = {int(found) for found in re.findall(r"(20\d\d)年", said)}
    return any(word in said for word in _OTHER_YEARS) or bool(years and year and year not in years)


def _split_codes(found: dict[str, Column], columns: Sequence[Column]) -> dict[str, Column]:
    """Three columns under one head for codes, with nothing said of 类, 款 and 项, are these."""
    if CODE not in found:
        return found
    same = [column for column in columns if column.path == found[CODE].path]
    if len(same) in (2, 3):
        del found[CODE]
        found |= dict(zip(CODE_PARTS, same, strict=False))
    return found


def _blocks(form: Form, columns: Sequence[Column], own: Mapping[str, str]) -> dict[str, Column]:
    """The blocks of 基本支出决算表 beside each other, each of code, name and amount."""
    found: dict[str, Column] = {}
    number = 0
    for column in columns:
        key = own.get(column.path[-1]) or _key_of(form, column)
        if key is None:
            continue
        part = key.rstrip("0123456789")
        number += part == _BLOCKS[0] or number == 0
        found.setdefault(f"{part}{number}", column)
    return found


def complete(form: Form, found: Mapping[str, Column]) -> bool:
    """Whether a table has the columns without which it would be another."""
    return all(any(key in found for key in group) for group in form.needed)


def missing(form: Form, found: Mapping[str, Column]) -> list[str]:
    """The columns that it lacks, each by its usual head."""
    groups = [group for group in form.needed if not any(key in found for key in group)]
    return [next(iter(form.columns.get(group[0], group))).split("/")[-1] for group in groups]


def has_amounts(key: str) -> bool:
    """Whether a column holds amounts."""
    return key not in TEXTS and not key.startswith(("编码", "名称"))


def unknown(columns: Sequence[Column], found: Mapping[str, Column], year: int | None) -> list[Column]:
    """Columns whose heads nobody knows; not those of other years and those that say nothing of money."""
    known = {column.number for column in found.values()}
    return [
        column
        for column in columns
        if column.number not in known and column.path[-1] not in _NO_FIGURES and not _of_another_year(column, year)
    ]


def of_other_years(columns: Sequence[Column], found: Mapping[str, Column], year: int | None) -> list[Column]:
    """Columns of last year, and of changes."""
    known = {column.number for column in found.values()}
    return [column for column in columns if column.number not in known and _of_another_year(column, year)]


def nearest(form: Form, column: Column) -> tuple[str, str]:
    """The usual head of the column of such a table that is most like an unknown one, and our name; empty for none."""
    heads = {path[-1]: key for path, key in form.patterns}
    near = difflib.get_close_matches(column.path[-1], heads, 1, 0.6)
    if not near:
        return "", ""
    key = heads[near[0]]
    return form.columns[key][0].split("/")[-1], key
