"""The data of a file as YAML that a clerk reads and our own reader reads back exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from gongkai.findings import Path
from gongkai.intake.guide import Guide, guide_of, guide_of_model
from gongkai.model.disclosure import Disclosure
from gongkai.source.tree import Node

_WIDEST_LINE = 110
"""Characters of a mapping that stands on one line."""
_ENDLESS = 1_000_000
"""No text is broken into lines."""
_LEFT_TO_QUOTES = frozenset("#:\\\"'&*!|>%@`{}[],~?=<")
"""A text with one of these may be read otherwise than it was meant."""
_BLANK = {"", "~", "null", "-", "---", "..."}
_KIND = "文种"


class _Dumper(yaml.SafeDumper):
    """Every scalar is a text; the reader knows no other."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented below their names."""
        super().increase_indent(flow, False)


_Dumper.yaml_implicit_resolvers = {}


def yaml_text(data: Mapping[str, Node], model: type[Disclosure] | None = None) -> str:
    """The YAML of a data file, its names in the order of the schema (of its ``model``), sections apart."""
    guide = guide_of(str(data.get(_KIND))) if model is None else guide_of_model(model)
    parts: list[str] = []
    for name, value in _in_order(data, (), guide):
        part = yaml.MappingNode(
            "tag:yaml.org,2002:map", [(_scalar(name), _node(value, (name,), guide))], flow_style=False
        )
        parts.append(yaml.serialize(part, Dumper=_Dumper, allow_unicode=True, width=_ENDLESS))
    return "".join(_apart(parts))


def _apart(parts: list[str]) -> Iterator[str]:
    """Sections of several lines with a blank line before them."""
    for index, part in enumerate(parts):
        several = part.count("\n") > 1
        yield f"\n{part}" if index and (several or parts[index - 1].count("\n") > 1) else part


def _in_order(data: Mapping[str, Node], path: Path, guide: Guide) -> Iterator[tuple[str, Node]]:
    names = guide.names(path)
    rank = {name: place for place, name in enumerate(names)}
    return iter(sorted(data.items(), key=lambda item: rank.get(item[0], len(rank))))


def _node(value: Node, path: Path, guide: Guide) -> yaml.Node:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, list):
        items = [_node(item, (*path, index), guide) for index, item in enumerate(value)]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=not items)
    pairs = [(_scalar(name), _node(item, (*path, name), guide)) for name, item in _in_order(value, path, guide)]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=_fits_a_line(value))


def _fits_a_line(value: Mapping[str, Node]) -> bool:
    """Whether a mapping of texts alone stands on one line, as clerks write 上年 and 原因."""
    texts = [text for text in value.values() if isinstance(text, str)]
    if len(texts) < len(value) or any("\n" in text for text in texts):
        return False
    return sum(len(name) + len(str(text)) + 4 for name, text in value.items()) <= _WIDEST_LINE


def _scalar(text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    if text in _BLANK or text != text.strip() or _LEFT_TO_QUOTES & set(text) or text.startswith("- "):
        return '"'
    if "\n" in text or not text.isprintable():
        return '"'
    # Codes are quoted, so that other programs do not take them for numbers.
    return '"' if text.isdecimal() and len(text) in {3, 5, 7} else None
