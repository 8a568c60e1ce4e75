"""The files that a file names (上年文件, 预算文件): which may be named, whether they fit, and reading them.

Only the named file itself is read, never what it names in turn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Any

from gongkai.files.data_files import DATA_SUFFIXES
from gongkai.findings import Finding, FindingsError, Level, shown
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.final.final_account import FinalAccount
from gongkai.model.own.declared import NOTHING, Declared
from gongkai.source.text_file import MAX_BYTES
from gongkai.source.tree import Tree
from gongkai.statements.named_files.facts import Fact
from gongkai.statements.named_files.own import own_facts
from gongkai.statements.named_files.planned import planned_facts
from gongkai.statements.named_files.prior import last_years_facts
from gongkai.statements.named_files.reached import reached_facts

from .stand_ins import complete_priors, complete_targets

LAST_YEAR, PLAN, LAST_ACCOUNT = "上年文件", "预算文件", "上年决算文件"


@dataclass(frozen=True, slots=True)
class Link:
    """A key under which a file of a kind (文种) names another, what that must be, and what is taken from it."""

    key: str
    kind: str
    other: str
    years_before: int
    due: str
    example: str
    instead: str
    facts: Callable[[Any], Sequence[Fact]]


def _reached(model: FinalAccount) -> Sequence[Fact]:
    return list(reached_facts(model, "项目", ("绩效目标",)))


_WRITE_PRIORS = "逐处写“上年”"
LINKS: Sequence[Link] = (
    Link(LAST_ACCOUNT, "预算", "决算", 1, "上一年度的决算", "../2023/单位决算.yaml", "逐条写“上年完成值”", _reached),
    Link(LAST_YEAR, "预算", "预算", 1, "上一年度的预算", "../2023/单位预算.yaml", _WRITE_PRIORS, last_years_facts),
    Link(LAST_YEAR, "决算", "决算", 1, "上一年度的决算", "../2023/单位决算.yaml", _WRITE_PRIORS, last_years_facts),
    Link(PLAN, "决算", "预算", 0, "同一年度的预算", "单位预算.yaml", "逐处写“年初预算”等", planned_facts),
)
"""All that may be named, in the order in which what is not written is taken from them."""

KEYS = tuple(dict.fromkeys(link.key for link in LINKS))


@dataclass(frozen=True, slots=True)
class Named:
    """A file that was named and read: its model, and the places of what it says.

    ``wanted`` is what the pack of the file that names it declares.
    """

    link: Link
    tree: Tree
    model: Disclosure
    wanted: Declared = NOTHING

    def facts(self, model: Disclosure | None = None) -> list[Fact]:
        """Every fact that is taken from it, or held against it; ``model`` is its model with amounts that are traced."""
        model = model or self.model
        return [*self.link.facts(model), *own_facts(model, self.link.kind, self.wanted)]


Reader = Callable[[File], tuple[Tree, Disclosure]]


def named_files(folder: File, data: Mapping[str, object]) -> Iterator[File]:
    """The paths of all files that the data of a file name, as seen from its ``folder``; only what may be data."""
    for key in KEYS:
        name = data.get(key)
        if isinstance(name, str) and name.strip().lower().endswith(DATA_SUFFIXES):
            yield folder / name.strip()


def read_named(tree: Tree, read: Reader, wanted: Declared = NOTHING) -> list[Named]:
    """Every file that is named and can be used, in the order of LINKS; what hinders is told in ``tree.findings``.

    What is wrong with a name is one mistake: told as such, without everything that is missing because of it.
    """
    kind = tree.data.get("文种")
    links = [link for link in LINKS if link.kind == kind]
    if not links:
        # A kind that cannot be is a mistake of its own; which files fit, nobody can say.
        for key in KEYS:
            if key in tree.data:
                _complete(tree, key)
        return []
    found = []
    size = _size(File(tree.file))
    for link in links:
        name = tree.data.get(link.key)
        if isinstance(name, str):
            file = File(tree.file).parent / name.strip()
            size += _size(file)
            try:
                if size > MAX_BYTES:
                    told = f"{link.key}与读过的文件加起来太大（{size:,} 字节）"
                    raise _unusable(tree, link, told, "请核对是否选错了文件")
                found.append(replace(_read(tree, link, file, read), wanted=wanted))
            except FindingsError as error:
                tree.findings += error.findings
                _complete(tree, link.key)
        elif name is not None:
            _complete(tree, link.key)  # the model says what should stand there
        elif (link.key,) in tree.blanks and _complete(tree, link.key):
            advice = f"请写数据文件的名称，如 {link.example}；也可删去这一行，{link.instead}"
            tree.findings += _unusable(tree, link, f"“{link.key}”后面没有写文件名", advice).findings
    return found


def _size(file: File) -> int:
    """How many bytes a file has; none where it cannot be seen, which reading it will tell."""
    try:
        return file.stat().st_size
    except (OSError, ValueError):
        return 0


def _complete(tree: Tree, key: str) -> bool:
    """Stand in for a file that cannot be used; whether anything was missing."""
    if key == LAST_YEAR:
        return complete_priors(tree)
    return key == PLAN and complete_targets(tree)


def _read(tree: Tree, link: Link, file: File, read: Reader) -> Named:
    """A named file. Nothing of what it says is quoted: it may be any file."""
    if file.suffix.lower() not in DATA_SUFFIXES:
        raise _unusable(
            tree, link, f"{link.key}应是 .yaml 文件或填报簿（.xlsx）", f"请写数据文件的名称，如 {link.example}"
        )
    try:
        other, model = read(file)
    except FindingsError:
        advice = f"请先核对它：gongkai check {file}"
        raise _unusable(tree, link, f"{link.key}读不出来，或有错误", advice) from None
    year = str(tree.data.get("年度", "")).strip()
    # A year that cannot be is a mistake of its own.
    wrong_year = year.isascii() and year.isdecimal() and str(model.year + link.years_before) != year
    if model.kind != link.other or wrong_year:
        told = f"{link.key}是 {model.year} 年的{model.kind}，应为{link.due}"
        raise _unusable(tree, link, told, f"请核对文件名；也可删去“{link.key}”，{link.instead}")
    return Named(link, other, model)


def _unusable(tree: Tree, link: Link, message: str, advice: str) -> FindingsError:
    path = (link.key,)
    return FindingsError([Finding("GK121", Level.ERROR, message, advice, path, tree.place(path))])


def strangers(tree: Tree, named: Named) -> Iterator[Finding]:
    """What shows that a named file is another unit's, or of another 口径; the file may waive it with a reason."""
    key, path = named.link.key, (named.link.key,)
    unit = tree.data.get("单位")
    name = unit.get("名称") if isinstance(unit, dict) else None
    other = named.model.unit.name
    if isinstance(name, str) and name.strip() and _plain(name) != _plain(other):
        message = f"{key}是“{shown(other)}”的，这个文件是“{shown(name)}”的"
        advice = "请核对文件名；单位改了名称的，在“校验 › 豁免”里写 GK125 和理由"
        yield Finding("GK125", Level.ERROR, message, advice, path, tree.place(path))
    model = KINDS[named.link.kind].model.value
    scope = str(tree.data.get("口径", model.model_fields["scope"].default)).strip()
    if scope in {"单位", "部门"} and scope != named.model.scope:
        written = "口径" in tree.data and "口径" in named.tree.data
        message = f"{key}的口径是“{named.model.scope}”，这个文件是“{scope}”"
        advice = "两个文件的口径要一样：单位的对单位的，部门的对部门的；没有写“口径”的，请写明"
        yield Finding("GK126", Level.ERROR if written else Level.WARNING, message, advice, path, tree.place(path))


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
