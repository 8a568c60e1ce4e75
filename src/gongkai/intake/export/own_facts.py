"""What a pack asks for beside the official tables: questions, as the tables do not say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.findings import Path
from gongkai.intake.guide import Guide, guide_of_model
from gongkai.model.disclosure import Disclosure
from gongkai.source.tree import Node

from .imported import Question

_ASKED = "模板要填"


def questions_of_pack(data: Mapping[str, Node], model: type[Disclosure] | None) -> list[Question]:
    """A question for each fact that the pack of ``model`` requires and the data do not have, wherever it is due."""
    if model is None or not model.own_declared:
        return []
    guide = guide_of_model(model)
    return [Question(path, _what(guide, path)) for path in _missing(dict(data), (), guide)]


def _what(guide: Guide, path: Path) -> str:
    meaning = guide.description(path)
    return f"{_ASKED}：{meaning}" if meaning else _ASKED


def _missing(node: Node, path: Path, guide: Guide) -> Iterator[Path]:
    """The places of required facts of a pack in a node and below that are not written."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _missing(item, (*path, index), guide)
    elif isinstance(node, dict):
        for name in guide.at(path).get("required", ()):
            if name not in node and guide.own_type((*path, name)):
                yield from _parts((*path, name), guide)
        for name, inner in node.items():
            yield from _missing(inner, (*path, name), guide)


def _parts(path: Path, guide: Guide) -> Iterator[Path]:
    """A fact itself, or what is required of one that has comparisons."""
    if guide.names(path):
        yield from ((*path, name) for name in guide.at(path).get("required", ()))
    else:
        yield path
