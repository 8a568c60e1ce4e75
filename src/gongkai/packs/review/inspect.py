"""What a pack is made of and how two packs differ, for those who design packs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import nodes

from gongkai.kinds import KINDS
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.contract import FUNCTION_NAMES
from gongkai.packs.lengths import POINTS_PER_MM
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import read_template
from gongkai.packs.tables.files import TABLES

_BEGINNING = 36
"""Characters of the beginning of a block."""

_TAGS, _SPACES = re.compile(r"<[^<>]*>"), re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option as a pack has it: of which type and of which kinds of document; ``layer`` says who gave its value.

    ``layer`` is '' where the default stands.
    """

    name: str
    kind: str
    kinds: Sequence[str]
    meaning: str
    value: Any
    layer: str
    choices: Sequence[str] = ()

    @property
    def shown(self) -> str:
        """The value in the words of a manual."""
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        if isinstance(self.value, list):
            return "、".join(map(str, self.value))
        if isinstance(self.value, dict):
            return "；".join(f"{key}：{entry}" for key, entry in self.value.items())
        return str(self.value)

    @property
    def explained(self) -> str:
        """What it means, and what may be chosen."""
        choices = " ".join(f"“{choice}”" for choice in self.choices)
        return self.meaning + (f"；可选 {choices}" if choices else "")


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block that a child may override: where the version in force is."""

    template: str
    block: str
    layer: str
    line: int
    says: str
    """How what it prints begins; 〔…〕 stands for a value or a macro, … for what a function makes."""


def option_rows(pack: AssembledPack) -> list[OptionRow]:
    """Every option with its meaning, value and the layer it came from."""
    return [
        OptionRow(
            name,
            d.kind,
            [*KINDS] if name in pack.common else [pack.folder],
            d.meaning,
            pack.options[name],
            pack.origins[name],
            d.choices,
        )
        for name, d in pack.definitions.items()
    ]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part or section as a pack has it: its title, and the layer whose template is in force."""

    option: str
    name: str
    title: str
    template: str
    layer: str


def part_rows(pack: AssembledPack) -> list[PartRow]:
    """The parts (部分) and the sections (章节), in their order."""
    rows = []
    for option, folder in (("部分", pack.folder), ("章节", f"{pack.folder}/说明")):
        titles = pack.options[f"{option}标题"]
        assert isinstance(titles, dict), "the manifest checks the type of an option"
        for name in pack.listed(option):
            template = f"{folder}/{name}.html"
            layer = pack.loader.find(template).partition("!")[0]
            rows.append(PartRow(option, name, titles.get(name, name), template, layer))
    return rows


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table as a pack has it: number and title, the layers that speak of it, and whether it is published."""

    name: str
    title: str
    layers: Sequence[str]
    published: bool


def table_rows(pack: AssembledPack) -> list[TableRow]:
    """The tables that are published in their order, then those that are not, or are set elsewhere (绩效)."""
    published = pack.listed("表格")
    names = [*published, *(name for name in pack.layouts if name not in published)]
    files = {str(layer.folder / pack.folder / TABLES): layer.name for layer in pack.chain}
    return [
        TableRow(
            name,
            f"{_number(pack, name)} {pack.layouts[name].title}".strip(),
            list(dict.fromkeys(files[b.tree.file] for b in pack.table_texts[name].sources if b.path == (name,))),
            name in published,
        )
        for name in names
    ]


def _number(pack: AssembledPack, table: str) -> str:
    """The number of a table (编号) with its place among those that are published."""
    number = pack.layouts[table].number
    for word, place in pack.order_words(table).items():
        number = number.replace(f"{{{word}}}", place)
    return number


def block_rows(pack: AssembledPack) -> list[BlockRow]:
    """Every block of every template of the kind of document, in the version that is in force."""
    environment = PackEnvironment(pack.loader, {})
    found: dict[tuple[str, str], BlockRow] = {}
    for name, layer, file in _templates_of_kind(pack):
        for block in environment.parse(read_template(file)).find_all(nodes.Block):
            found.setdefault((name, block.name), BlockRow(name, block.name, layer, block.lineno, _beginning(block)))
    return sorted(found.values(), key=lambda row: (row.template, row.line))


def _templates_of_kind(pack: AssembledPack) -> Iterator[tuple[str, str, Path]]:
    """The template files but those in the folders of other kinds."""
    others = {kind for kind in KINDS if kind != pack.folder}
    return (found for found in pack.template_files() if found[0].partition("/")[0] not in others)


def _beginning(block: nodes.Block) -> str:
    said = _SPACES.sub("", _TAGS.sub("", "".join(_said(block)))).replace("……", "…")
    return said if len(said) <= _BEGINNING else f"{said[:_BEGINNING]}…"


def _said(node: nodes.Node) -> Iterator[str]:
    """What a part of a template prints, a value by its name."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Output):
            yield from (part.data if isinstance(part, nodes.TemplateData) else _named(part) for part in child.nodes)
        elif isinstance(child, nodes.Include):
            yield f"〔{child.template.value}〕" if isinstance(child.template, nodes.Const) else "…"
        elif not isinstance(child, nodes.Macro):
            yield from _said(child)


def _named(value: nodes.Node) -> str:
    """A value by the name that a template has for it; … where it is worked out."""
    if isinstance(value, nodes.Filter) and value.node is not None:
        return _named(value.node)
    if isinstance(value, nodes.Name):
        return f"〔{value.name}〕"
    if isinstance(value, nodes.Getattr):
        return f"{_named(value.node).rstrip('〕')}.{value.attr}〕"
    if isinstance(value, nodes.Call) and isinstance(value.node, nodes.Name):
        if value.node.name == "填写":
            return _named(value.args[0])
        return "…" if value.node.name in FUNCTION_NAMES else f"〔{value.node.name}〕"
    return "…"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two packs differ; None where a side has nothing."""

    where: str
    left: Any
    right: Any


def differences(left: AssembledPack, right: AssembledPack) -> list[Difference]:
    """Everything that two packs say otherwise: options, tables, style, blocks and templates."""
    return [
        *_compare("选项", dict(left.options), dict(right.options)),
        *_compare("表格", _tables(left), _tables(right)),
        *_compare("版式", _style(left), _style(right)),
        *_compare("模板", _templates(left), _templates(right)),
    ]


def _style(pack: AssembledPack) -> dict[str, Any]:
    """What the style says, and which picture it shows."""
    said = pack.style.model_dump(by_alias=True)
    if (emblem := pack.style.emblem) is not None:
        said["徽标"]["图片"] = hashlib.sha256(emblem.picture.data).hexdigest()[:12]
    return said


def emblem_lines(pack: AssembledPack) -> Iterator[str]:
    """What the emblem is, and where it stands; nothing where there is none."""
    emblem = pack.style.emblem
    if emblem is None:
        return
    picture = emblem.picture
    yield f"{emblem.file}（{picture.kind.upper()}，{pack.emblem_place}）：{emblem.alternative}"
    for name, place in (("封面", emblem.cover), ("页眉", emblem.head)):
        if place is not None:
            size = " × ".join(f"{points / POINTS_PER_MM:.1f}" for points in (emblem.width(place), place.height))
            yield f"{name}：{place.side}，宽 × 高 {size} mm"


def _tables(pack: AssembledPack) -> dict[str, Any]:
    return {key: layout.model_dump(by_alias=True) for key, layout in pack.layouts.items()}


def _templates(pack: AssembledPack) -> dict[str, str]:
    """The layer whose version of each template, or of each block in it, is in force."""
    files: dict[str, str] = {}
    for name, layer, _ in _templates_of_kind(pack):
        files.setdefault(name, layer)
    blocks = {f"{row.template} › {row.block}": row.layer for row in block_rows(pack)}
    return {**files, **blocks}


def _compare(where: str, left: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[Difference]:
    for key in [*left, *(key for key in right if key not in left)]:
        before, after = left.get(key), right.get(key)
        if before == after:
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _compare(f"{where} › {key}", before, after)
        else:
            yield Difference(f"{where} › {key}", before, after)
