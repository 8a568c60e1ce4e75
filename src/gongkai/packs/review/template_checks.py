"""What is wrong with a pack's templates before anything is rendered with them: names, filters, figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta, nodes

from gongkai.findings import Finding, Place
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.contract import KNOWN_NAMES
from gongkai.packs.load.messages import syntax_meaning
from gongkai.packs.load_checks import error_at
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import LayeredLoader, read_template
from gongkai.texts.suggest import alike

_TEMPLATES_REMEMBERED = 1000

# A figure that the data should give. Terms of the form (50万元以上大型设备) and widths of columns are no figures.
_FIGURE = re.compile(
    r"(?<!width:)(?<![\d.,])\d[\d,]*(?:\.\d+)?\s*(?:万元|%|亿元|平方米|人次|人|辆|批次)(?!（含）|以上|以下)"
)

# Names that the template language itself gives.
_LANGUAGE = frozenset({"loop", "super", "caller"})


@dataclass(frozen=True)
class _Facts:
    """What a template says that can be wrong: names with the lines where they first stand, and figures."""

    given: frozenset[str]
    """Names that it sets, takes as parameters, defines as macros or imports."""
    undeclared: Mapping[str, int]
    figures: tuple[tuple[str, int], ...]


def verify(pack: AssembledPack) -> list[Finding]:
    """Every mistake in an opened pack's templates that can be seen without rendering, with file and line."""
    findings: list[Finding] = [*pack.old_names]
    seen: list[tuple[Path, _Facts]] = []
    for _, _, file in pack.template_files():
        try:
            seen.append((file, _facts(read_template(file))))
        except TemplateSyntaxError as error:
            findings.append(error_at(Place(str(file), error.lineno, 1), f"模板写法有误：{syntax_meaning(error)}"))
    # What any template sets, those that it includes may use.
    known = KNOWN_NAMES | _LANGUAGE | {name for _, facts in seen for name in facts.given}
    for file, facts in seen:
        findings += _told(file, facts, known)
    return findings


def _told(file: Path, facts: _Facts, known: Collection[str]) -> Iterator[Finding]:
    for name, line in sorted(facts.undeclared.items()):
        if name not in known:
            place = Place(str(file), line, 1 if line else 0)
            near = alike(name, [own for own in known if not own.isascii()])
            advice = f"是否想写“{near[0]}”？" if near else ""
            yield error_at(place, f"模板用了不存在的名称“{name}”", f"{advice}可用的名称见模板包名称表")
    for figure, line in facts.figures:
        yield error_at(Place(str(file), line, 1), f"模板里写了数字“{figure}”", "数字应从数据得出，模板里不写数字")


@lru_cache(_TEMPLATES_REMEMBERED)
def _facts(source: str) -> _Facts:
    """Raises TemplateSyntaxError. The kinds and years of a pack share most of their templates."""
    environment = PackEnvironment(LayeredLoader(()), {})
    tree = environment.parse(source)
    environment.compile(tree, raw=True)  # sees filters and tests, which parsing does not
    return _Facts(frozenset(_given(tree)), _undeclared(tree), tuple(_figures(tree)))


def _given(tree: nodes.Template) -> Iterator[str]:
    for name in tree.find_all(nodes.Name):
        if name.ctx in {"store", "param"}:
            yield name.name
    for macro in tree.find_all(nodes.Macro):
        yield macro.name
    for imports in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in imports.names)


def _undeclared(tree: nodes.Template) -> Mapping[str, int]:
    lines: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        lines.setdefault(node.name, node.lineno)
    return {name: lines.get(name, 0) for name in meta.find_undeclared_variables(tree)}


def _figures(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    for data in tree.find_all(nodes.TemplateData):
        for match in _FIGURE.finditer(data.data):
            yield match[0], data.lineno + data.data.count("\n", 0, match.start())
