"""The sample (样表) of a pack: that of the kind of document, with the facts of the pack where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.findings import Path
from gongkai.intake.guide import Guide, guide_of_model
from gongkai.model.disclosure import Disclosure
from gongkai.source.known import Known
from gongkai.source.tree import Node, Tree, parse
from gongkai.texts.width import ems

_PACK = re.compile(r"^# 模板: .*$", re.MULTILINE)
_COMMENTS_AT = 29
"""The column, in halves of a 汉字, at which the sample says what a name means."""
_OPTIONAL = "没有就不写"
_STEP = "  "


def sample_of_pack(sample: str, pack: str, model: type[Disclosure]) -> str:
    """A sample, naming the pack, with its facts: required ones open, others behind ``#``, each with its meaning."""
    guide = guide_of_model(model)
    text = _PACK.sub(lambda _: f"模板: {_plain(pack)}", sample, count=1)
    for path in [path for path, _ in _records(_tree(text).data, ())]:
        names = _own(guide, path)
        if names and not guide.own_type(path):
            text = _with_names(text, path, names, guide)
    own = _own(guide, ())
    if own:
        text = f"{text.rstrip()}\n\n# 模板“{pack}”另外要填的\n"
        text += "".join(f"{line}\n" for name in own for line in _lines((name,), "", guide))
    return text


def _plain(text: str) -> str:
    """The name of a pack as YAML takes it."""
    return text if re.fullmatch(r"\w[\w·-]*", text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tree(text: str) -> Tree:
    return parse(text, "样表", Known(frozenset(), frozenset()))


def _own(guide: Guide, path: Path) -> list[str]:
    """The facts of a pack in the record at a path."""
    return [name for name in guide.at(path).get("properties", {}) if guide.own_type((*path, name))]


def _records(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """The records below a node, with their paths."""
    if isinstance(node, dict):
        if path:
            yield path, node
        for name, inner in node.items():
            yield from _records(inner, (*path, name))
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _records(inner, (*path, index))


def _with_names(text: str, path: Path, names: Sequence[str], guide: Guide) -> str:
    """The sample with further names in one of its records."""
    tree, lines = _tree(text), text.split("\n")
    keys = [place for key, place in tree.keys.items() if key[:-1] == path]
    if not keys:
        return text
    start = tree.place(path)
    bracket = lines[start.line - 1].find("{", start.column - 1)
    if 0 <= bracket < keys[0].column - 1 and keys[0].line == start.line:
        _into_braces(lines, start.line - 1, bracket, path, names, guide)
        _told_above(lines, tree.keys[path[:1]].line - 1, path, names, guide)
        return "\n".join(lines)
    indent = " " * (keys[0].column - 1)
    single = len({place.line for place in keys}) == len(keys) and keys[-1].line - keys[0].line == len(keys) - 1
    after = keys[-1].line if single and not _has_lines_below(lines, keys[-1].line, indent) else keys[0].line
    lines[after:after] = [line for name in names for line in _lines((*path, name), indent, guide)]
    return "\n".join(lines)


def _has_lines_below(lines: Sequence[str], line: int, indent: str) -> bool:
    """Whether what stands on a line goes on in the next."""
    return line < len(lines) and lines[line].startswith(indent + " ")


def _into_braces(lines: list[str], line: int, bracket: int, path: Path, names: Sequence[str], guide: Guide) -> None:
    """Put the required names into a record that is written in braces."""
    text, depth = lines[line], 0
    for at in range(bracket, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            break
    added = "".join(f", {_in_braces((*path, name), guide)}" for name in names if _required((*path, name), guide))
    lines[line] = text[:at].rstrip() + (" " if added and text[:at].rstrip().endswith(":") else "") + added + text[at:]
    if not added:
        lines[line] = text


def _in_braces(path: Path, guide: Guide) -> str:
    inner = [name for name in guide.names(path) if _required((*path, name), guide)]
    return f"{path[-1]}: " + ("{" + ", ".join(f"{name}: " for name in inner) + "}" if inner else "")


def _told_above(lines: list[str], line: int, path: Path, names: Sequence[str], guide: Guide) -> None:
    """Say above a section what the names mean that are written in braces, once."""
    for name in names:
        inner = "、".join(guide.names((*path, name)))
        parts = "；".join([*([f"写 {{{inner}}}"] if inner else []), *_meaning((*path, name), guide)])
        told = f"# 模板另外要的“{name}”" + (f"：{parts}" if parts else "")
        if told not in lines[max(0, line - len(names) - 1) : line]:
            lines.insert(line, told)
            line += 1


def _meaning(path: Path, guide: Guide) -> list[str]:
    """What a fact means, and whether it may be left out, where the pack does not say that itself."""
    said = guide.description(path)
    optional = not _required(path, guide) and "不写" not in said
    return [*([said] if said else []), *([_OPTIONAL] if optional else [])]


def _required(path: Path, guide: Guide) -> bool:
    return path[-1] in guide.at(path[:-1]).get("required", ())


def _lines(path: Path, indent: str, guide: Guide) -> Iterator[str]:
    """The lines of a fact: its name, and what is written below it."""
    required = _required(path, guide)
    mark = "" if required else "# "
    told = "；".join(_meaning(path, guide))
    listed = "items" in guide.at(path)
    yield _line(f"{indent}{mark}{path[-1]}:", told)
    record = (*path, 0) if listed else path
    for number, name in enumerate(guide.names(record)):
        bullet = _STEP + ("- " if number == 0 else _STEP) if listed else _STEP
        yield from (
            _below(line, f"{indent}{mark}{bullet}", commented=bool(mark)) for line in _lines((*record, name), "", guide)
        )


def _below(line: str, before: str, *, commented: bool) -> str:
    """A line of a part of a fact; within one that is commented out no other sign stands."""
    name, sign, told = line.removeprefix("# ").partition("#")
    first = before.rstrip().endswith("-")
    optional = "" if commented or first or not line.startswith("# ") else "# "
    return _line(f"{before}{optional}{name.rstrip()}", told.strip() if sign else "")


def _line(name: str, told: str) -> str:
    if not told:
        return name
    return name + " " * max(_COMMENTS_AT - int(ems(name) * 2), 2) + f"# {told}"
