"""What is wrong with a pack's templates before anything is rendered with them: names, filters, figures; the emblem."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta, nodes

from gongkai.findings import Finding, Level, Place, shown
from gongkai.kinds import KINDS
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.contract import CONTEXT_MEANINGS, FUNCTION_NAMES, KNOWN_NAMES
from gongkai.packs.load.merged import nearest
from gongkai.packs.load.messages import syntax_meaning
from gongkai.packs.load_checks import error_at
from gongkai.packs.renaming.edits import Edit
from gongkai.packs.renaming.english import Kept, english_names, given, own_names
from gongkai.packs.renaming.register import CHINESE_NAMES
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.filters import filter_advice
from gongkai.packs.sandbox.loader import LayeredLoader, read_template

from .idle_facts import idle_facts, uncovered_tables

_TEMPLATES_REMEMBERED = 1000

# A figure that the data should give. Terms of the form (50万元以上大型设备) and widths of columns are no figures.
_FIGURE = re.compile(
    r"(?<!width:)(?<![\d.,])\d[\d,]*(?:\.\d+)?\s*(?:万元|%|亿元|平方米|人次|人|辆|批次)(?!（含）|以上|以下)"
)

# Names that the template language itself gives.
_LANGUAGE = frozenset({"loop", "super", "caller"})

_OPTIONS = frozenset({"选项", "opt"})


@dataclass(frozen=True)
class _Facts:
    """What a template says that can be wrong: names with the lines where they first stand, and figures."""

    own: Kept
    """Names that are its own."""
    undeclared: Mapping[str, int]
    figures: tuple[tuple[str, int], ...]
    options: Mapping[str, int]
    """Options that it asks for, without having made sure that they are there."""


def verify(pack: AssembledPack) -> list[Finding]:
    """Every mistake in an opened pack's templates that can be seen without rendering, with file and line."""
    findings: list[Finding] = [*pack.old_names, *_left_out(pack), *idle_facts(pack), *uncovered_tables(pack)]
    seen: list[tuple[str, Path, _Facts]] = []
    for name, _, file in pack.template_files():
        try:
            seen.append((name, file, _facts(read_template(file))))
        except TemplateSyntaxError as error:
            place, message = Place(str(file), error.lineno, 1), f"模板写法有误：{syntax_meaning(error)}"
            findings.append(error_at(place, message, filter_advice(error)))
    # What any template sets, those that it includes may use.
    own = reduce(Kept.__or__, (facts.own for _, _, facts in seen), Kept())
    for name, file, facts in seen:
        findings += _told(file, facts, KNOWN_NAMES | _LANGUAGE | own.variables)
        findings += _english(pack, file, own)
        findings += _wrong_options(pack, name, file, facts)
    return findings


def _left_out(pack: AssembledPack) -> Iterator[Finding]:
    """What the emblem had beside shapes and colours, and now has no more."""
    emblem = pack.style.emblem
    if emblem is not None and emblem.picture.left_out:
        names = "、".join(shown(name) for name in emblem.picture.left_out)
        message = f"徽标“{emblem.file}”里的 {names} 已略去，图片可能和画图软件里不一样"
        yield Finding("GK509", Level.WARNING, message, "请用 gongkai pack preview 看看样子", place=pack.emblem_place)


def _told(file: Path, facts: _Facts, known: Collection[str]) -> Iterator[Finding]:
    for name, line in sorted(facts.undeclared.items()):
        if name not in known:
            place = Place(str(file), line, 1 if line else 0)
            advice = nearest(name, [*CONTEXT_MEANINGS, *FUNCTION_NAMES])
            yield error_at(place, f"模板用了不存在的名称“{name}”", advice)
    for figure, line in facts.figures:
        yield error_at(Place(str(file), line, 1), f"模板里写了数字“{figure}”", "数字应从数据得出，模板里不写数字")


def _english(pack: AssembledPack, file: Path, own: Kept) -> Iterator[Finding]:
    """A warning for a template with names that had better be Chinese."""
    found = _old_names(read_template(file), own)
    if found:
        first = found[0]
        told = f"模板里有 {len(found)} 处以前的英文名称，如“{first.old}”，现在叫“{first.new}”"
        own_pack = next(layer.pack.id for layer in pack.chain if file.is_relative_to(layer.folder))
        advice = f"{CHINESE_NAMES.until}以前还能用；运行 gongkai migrate {own_pack} 看要改哪些，加 --write 改好"
        yield Finding("GK524", Level.WARNING, told, advice, place=Place(str(file), first.line, first.column))


@lru_cache(_TEMPLATES_REMEMBERED)
def _old_names(source: str, own: Kept) -> Sequence[Edit]:
    """Packs share most of their templates, and their kinds and years nearly all."""
    return english_names(source, own)


def _wrong_options(pack: AssembledPack, name: str, file: Path, facts: _Facts) -> Iterator[Finding]:
    """Options that no kind of document has, or not the kind that the template is for."""
    kind = name.partition("/")[0]
    kinds = [kind] if kind in KINDS else [*KINDS]
    known = [option for option, having in pack.kinds_of.items() if any(each in having for each in kinds)]
    old = {f"{kind}{option}" for kind in kinds for option in known}
    for option, line in facts.options.items():
        if option in known or option in old:
            continue
        others = "、".join(pack.kinds_of.get(option, ()))
        told = f"：它是{others}的，这个模板是{kind}的" if others else ""
        yield error_at(Place(str(file), line, 1), f"模板用了不存在的选项“{option}”{told}", nearest(option, known))


@lru_cache(_TEMPLATES_REMEMBERED)
def _facts(source: str) -> _Facts:
    """Raises TemplateSyntaxError. The kinds and years of a pack share most of their templates."""
    environment = PackEnvironment(LayeredLoader(()), {})
    tree = environment.parse(source)
    environment.compile(tree, raw=True)  # sees filters and tests, which parsing does not
    return _Facts(own_names(tree), _undeclared(tree), tuple(_figures(tree)), _options(tree))


def _options(tree: nodes.Template) -> Mapping[str, int]:
    """Options by name with the line where each is first asked for; a template may use their name for its own things."""
    sure = {id(f.node) for f in tree.find_all(nodes.Filter) if f.name == "default"}
    sure |= {id(test.node) for test in tree.find_all(nodes.Test) if test.name in {"defined", "undefined"}}
    owners = _OPTIONS.difference(given(tree))
    lines: dict[str, int] = {}
    asked: list[tuple[nodes.Expr, nodes.Expr, object]] = []
    asked += [(node, node.node, node.attr) for node in tree.find_all(nodes.Getattr)]
    asked += [(node, node.node, getattr(node.arg, "value", None)) for node in tree.find_all(nodes.Getitem)]
    for node, owner, name in asked:
        if isinstance(owner, nodes.Name) and owner.name in owners and isinstance(name, str) and id(node) not in sure:
            lines.setdefault(name, node.lineno)
    return lines


def _undeclared(tree: nodes.Template) -> Mapping[str, int]:
    lines: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        lines.setdefault(node.name, node.lineno)
    return {name: lines.get(name, 0) for name in meta.find_undeclared_variables(tree)}


def _figures(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for data in tree.find_all(nodes.TemplateData):
        for match in _FIGURE.finditer(data.data):
            yield match[0], data.lineno + data.data.count("\n", 0, match.start())
