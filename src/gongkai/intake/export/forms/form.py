"""The official tables as they may be met: by which titles, headers and labels each is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .words import heading

CODE_PARTS = ("类", "款", "项")
CODE = "编码"
NAME = "科目名称"

CODE_NAMES = ("科目编码", "功能分类科目编码", "支出功能分类科目编码", "功能科目编码", "科目代码", "功能分类科目代码",
              "经济分类科目编码", "部门预算经济分类科目编码", "支出经济分类科目编码", "部门预算支出经济分类科目编码",
              "编码", "代码", "科目编号", "功能分类编码", "经济分类编码", "支出功能分类编码")  # fmt: skip
NAMES_OF_SUBJECTS = ("科目名称", "功能分类科目名称", "支出功能分类科目名称", "功能科目名称", "经济分类科目名称",
                     "部门预算经济分类科目名称", "部门经济分类科目名称", "支出经济分类科目名称",
                     "部门预算支出经济分类科目名称", "名称", "功能分类名称", "经济分类名称",
                     "支出功能分类名称")  # fmt: skip

BY_CODE: Mapping[str, Sequence[str]] = {
    **{part: (part, f"{part}级", f"{part}级编码") for part in CODE_PARTS},
    CODE: CODE_NAMES,
    NAME: NAMES_OF_SUBJECTS,
}
"""The columns by which a row is a 科目's."""

TEXTS = frozenset({*CODE_PARTS, CODE, NAME, "项目名称", "收入项目", "支出项目", "项目", "收入行次", "支出行次"})
"""Columns of texts; every other one has amounts."""


@dataclass(frozen=True)
class Form:
    """One official table, by what it is known."""

    kind: str
    """文种."""
    key: str
    name: str
    """What a clerk calls it."""
    titles: str
    """A pattern that its title has, and no title of a table before it in the register."""
    columns: Mapping[str, Sequence[str]]
    """The names under which a column may stand, by our name; ``甲/乙`` is a column 乙 under a head with 甲 in it."""
    needed: Sequence[Sequence[str]]
    """Columns without which it is none: of each group one."""
    heads: Sequence[str] = ()
    """Heads over its columns that no other table has: they tell it from one with the same columns."""
    sided: bool = False
    """Whether income stands beside spending, each with labels of its own."""
    performance: bool = False

    @cached_property
    def patterns(self) -> Sequence[tuple[tuple[str, ...], str]]:
        """Every name of a column as a path, with our name: the longest first."""
        paths = [
            (tuple(heading(step) for step in name.split("/")), key)
            for key, names in self.columns.items()
            for name in names
        ]
        return sorted(paths, key=lambda path: -len(path[0]))

    @cached_property
    def title_pattern(self) -> re.Pattern[str]:
        """``titles``, ready to search."""
        return re.compile(self.titles)


@dataclass(frozen=True)
class Register:
    """All tables that are known, in the order in which titles are tried."""

    forms: Sequence[Form]
    _words: set[str] = field(default_factory=set)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that a header of theirs may have in a cell."""
        words = {step for form in self.forms for path, _ in form.patterns for step in path}
        return frozenset(words | {heading(head) for form in self.forms for head in form.heads} | _HEADS)

    def titled(self, title: str, kinds: Iterable[str]) -> Form | None:
        """The table of these kinds of document that has such a title."""
        wanted = set(kinds)
        return next((form for form in self.forms if form.kind in wanted and form.title_pattern.search(title)), None)

    def named(self, kind: str, key: str) -> Form:
        """The table of this key."""
        return next(form for form in self.forms if (form.kind, form.key) == (kind, key))


_HEADS = frozenset(
    map(heading, ("收入", "支出", "项目", "科目", "本年收入", "本年支出", "资金来源", "财政拨款", "非财政拨款",
                  "基本支出", "支出预算", "收入预算", "财政拨款收入", "财政拨款支出", "财政拨款（补助）", "预算数",
                  "决算数", "行次", "栏次", "人员经费", "公用经费", "上年结转结余", "备注", "序号", "单位", "单位名称",
                  "单位编码", "单位代码", "部门（单位）"))
)  # fmt: skip
"""Heads that stand over columns in many tables."""
