"""What is wrong with a pack before anything is rendered with it: names, blocks, variables, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError, meta, nodes

from gongkai.findings import Finding, Level, Place

from .environment import PARENT, PackEnvironment
from .inspect import template_files
from .pack import TABLES, ReadyPack
from .render import CONTEXT_NAMES, FUNCTIONS

# A figure that the data should give. Terms of the form (50万元以上大型设备) are no figures.
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?\s*(?:万元|%|亿元|平方米|人次|人|辆|批次)(?!（含）|以上|以下)")


def verify(pack: ReadyPack) -> list[Finding]:
    """Every mistake that can be seen without rendering, with the pack's file and line."""
    environment = PackEnvironment(pack.chain, FUNCTIONS)
    findings = list(_missing_parts(pack, environment))
    templates = _parsed(pack, environment, findings)
    known = _known_names(templates)
    for name, layer, file, tree in templates:
        findings += _undefined(tree, file, known)
        findings += _figures(tree, file)
        findings += _unknown_blocks(name, layer, file, tree, templates)
    return findings


Parsed = tuple[str, str, Path, nodes.Template]


def _error(message: str, file: Path, line: int = 0, advice: str = "", level: Level = Level.ERROR) -> Finding:
    return Finding("GK504", level, message, advice, place=Place(str(file), line, 1 if line else 0))


def _parsed(pack: ReadyPack, environment: PackEnvironment, findings: list[Finding]) -> list[Parsed]:
    parsed = []
    for name, layer, file in template_files(pack):
        try:
            parsed.append((name, layer, file, environment.parse(file.read_text(encoding="utf-8"))))
        except TemplateSyntaxError as error:
            findings.append(_error(f"模板写法有误：{error.message}", file, error.lineno))
    return parsed


def _missing_parts(pack: ReadyPack, environment: PackEnvironment) -> Iterator[Finding]:
    """Options that list tables, parts or sections which do not exist."""
    prefix = "" if pack.folder == "预算" else pack.folder
    manifest = pack.chain[0].pack.folder / "pack.yaml"
    for option, folder in ((f"{prefix}部分", pack.folder), (f"{prefix}章节", f"{pack.folder}/说明")):
        for entry in _listed(pack, option):
            try:
                environment.layers.find(f"{folder}/{entry}.html")
            except TemplateNotFound:
                yield _error(f"选项“{option}”里的“{entry}”没有模板 {folder}/{entry}.html", manifest)
    for entry in _listed(pack, f"{prefix}表格"):
        if entry not in pack.layouts:
            known = "、".join(pack.layouts)
            yield _error(
                f"选项“{prefix}表格”里的“{entry}”在 {pack.folder}/{TABLES} 里没有", manifest, advice=f"可写：{known}"
            )


def _listed(pack: ReadyPack, option: str) -> Sequence[str]:
    value = pack.options[option]
    return [str(entry) for entry in value] if isinstance(value, list) else []


def _known_names(templates: Sequence[Parsed]) -> frozenset[str]:
    """The document's names, the functions', and what any template sets for those that it includes."""
    assigned = {
        name.name for _, _, _, tree in templates for name in tree.find_all(nodes.Name) if name.ctx in {"store", "param"}
    }
    imported = {
        name if isinstance(name, str) else name[1]
        for _, _, _, tree in templates
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    }
    return (
        CONTEXT_NAMES
        | imported
        | {function.__name__ for function in FUNCTIONS}
        | assigned
        | {"loop", "super", "caller"}
    )


def _undefined(tree: nodes.Template, file: Path, known: frozenset[str]) -> Iterator[Finding]:
    for name in sorted(meta.find_undeclared_variables(tree) - known):
        line = next((node.lineno for node in tree.find_all(nodes.Name) if node.name == name), 0)
        yield _error(f"模板用了不存在的名称“{name}”", file, line, "可用的名称见模板包手册")


def _figures(tree: nodes.Template, file: Path) -> Iterator[Finding]:
    for data in tree.find_all(nodes.TemplateData):
        for match in _FIGURE.finditer(data.data):
            line = data.lineno + data.data.count("\n", 0, match.start())
            yield _error(f"模板里写了数字“{match[0]}”", file, line, "数字应从数据得出，模板里不写数字")


def _unknown_blocks(
    name: str, layer: str, file: Path, tree: nodes.Template, templates: Sequence[Parsed]
) -> Iterator[Finding]:
    """Blocks of a template that extends another one, which nothing beneath it has."""
    extends = tree.find(nodes.Extends)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return
    target = str(extends.template.value).removeprefix(PARENT)
    below = [other for other in templates if other[0] == target and (other[0] != name or other[1] != layer)]
    known = {block.name for _, _, _, other in below for block in other.find_all(nodes.Block)}
    for block in tree.find_all(nodes.Block):
        if block.name not in known:
            yield _error(
                f"被改的模板里没有块“{block.name}”", file, block.lineno, f"可改的块：{'、'.join(sorted(known))}"
            )
