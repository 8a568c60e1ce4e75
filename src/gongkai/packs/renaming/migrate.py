"""Old names brought to those of today, in the text of a pack or of a data file: by places, nothing else is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

from jinja2 import TemplateSyntaxError

from gongkai.files.read import is_within, read_regular
from gongkai.findings import Finding, FindingsError, Place
from gongkai.findings import Path as Way
from gongkai.kinds import USUAL
from gongkai.model.schema import known
from gongkai.packs.load.find import Layer, Pack, find_pack, layers, lineage, search_path
from gongkai.packs.load.yaml_file import pack_error
from gongkai.packs.options import Definitions, Stated, definitions_of, old_names, old_options
from gongkai.packs.renaming.edits import Edit, edited, plain_breaks
from gongkai.packs.renaming.english import Kept, english_names, own_names
from gongkai.packs.renaming.register import Where, new_names
from gongkai.packs.review.editions import LATEST
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import LayeredLoader, read_template
from gongkai.source.text_file import MAX_BYTES, read_text
from gongkai.source.tree import Node, parse

from .moved_options import ByHandError, with_moved

_MARK = "\ufeff"
_OPTIONS = "选项"


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name that is changed: where it stands now, how it is written, how it will be."""

    place: Place
    old: str
    new: str


@dataclass(slots=True)
class Migration:
    """What is to be changed, the files as they will be, and what only a person should change."""

    renamed: list[Renamed] = field(default_factory=list)
    contents: dict[Path, bytes] = field(default_factory=dict)
    by_hand: list[Finding] = field(default_factory=list)

    def add(self, file: Path, before: str, after: str, renamed: Iterable[Renamed]) -> None:
        """The new text of a file, where it differs."""
        if after != before:
            self.contents[file] = after.encode()
            self.renamed += renamed


def pack_of(name: str, folders: Sequence[Path] = ()) -> Pack:
    """The pack of this name. Raises FindingsError where there is none."""
    return find_pack(name, search_path(folders))


def migrated_pack(name: str, folders: Sequence[Path] = ()) -> Migration:
    """What is to be changed in a pack; not in its parents. Raises FindingsError for a pack that cannot be read."""
    path = search_path(folders)
    pack = find_pack(name, path)
    chain = layers(pack, path, USUAL, LATEST, "单位")
    definitions = definitions_of(chain)
    found = Migration()
    _manifest(found, pack, definitions)
    kept = reduce(Kept.__or__, (own for each in lineage(pack, path) for own in _own_names(each)), Kept())
    editions = {edition.folder for edition in pack.manifest.editions}
    for file in _files(pack, ".html"):
        parts = file.relative_to(pack.folder).parts
        kind = parts[1] if parts[0] in editions and len(parts) > 1 else parts[0]
        options = {f"{kind}{option}": option for option in definitions.get(kind, ())}
        before = _text(file)
        try:
            edits = english_names(
                before, kept, {old: new for old, new in options.items() if old not in definitions[kind]}
            )
        except TemplateSyntaxError:
            continue  # told by pack check
        _edit(found, file, before, edits)
    for file_name, where in (("表格.yaml", Where.TABLES), ("style.yaml", Where.STYLE)):
        for file in _files(pack, file_name):
            _keys(found, file, where)
    return found


def migrated_data(file: Path) -> Migration:
    """What is to be changed in a data file (YAML). Raises FindingsError for one that cannot be read."""
    found = Migration()
    _keys(found, file, Where.DATA)
    return found


def _keys(found: Migration, file: Path, where: Where) -> None:
    text = read_text(file)
    tree = parse(text, str(file), known())
    if tree.findings:
        raise FindingsError(tree.findings)
    names = new_names(where)
    edits = []
    for way, place in tree.keys.items():
        if (name := str(way[-1])) in names:
            line = text.split("\n")[place.line - 1]
            edits.append(Edit(place.line, line.index(name, place.column - 1) + 1, name, names[name]))
    if edits:
        _edit(found, file, _text(file), edits)


def _edit(found: Migration, file: Path, before: str, edits: Sequence[Edit]) -> None:
    mark = _MARK if before.startswith(_MARK) else ""
    after = mark + edited(before.removeprefix(_MARK), edits)
    renamed = [Renamed(Place(str(file), edit.line, edit.column), edit.old, edit.new) for edit in edits]
    found.add(file, before, after, renamed)


def _manifest(found: Migration, pack: Pack, definitions: Mapping[str, Definitions]) -> None:
    """The options of a pack.yaml that stand under old names."""
    old: dict[Way, list[Stated]] = {}
    for stated in old_options(Layer(pack.id, pack.folder, pack), definitions):
        old.setdefault(stated.branch.path[:-1], []).append(stated)
    before = _text(pack.file)
    after = before.removeprefix(_MARK)
    data: Node = pack.source.tree.data
    renamed: list[Renamed] = []
    for way, options in old.items():
        try:
            new = with_moved(after, way, options)
            expected = _moved(data, way, options)
            if parse(plain_breaks(new), str(pack.file), known()).data != expected:
                raise ByHandError
        except (ByHandError, FindingsError):
            found.by_hand += old_names(options)
            continue
        after, data = new, expected
        renamed += [Renamed(_key_place(each), each.old, _called(each)) for each in options]
    found.add(pack.file, before, f"{_MARK if before.startswith(_MARK) else ''}{after}", renamed)


def _key_place(stated: Stated) -> Place:
    return stated.branch.tree.key_place(stated.branch.path)


def _called(stated: Stated) -> str:
    return stated.name if len({*stated.kinds}) == 1 else f"{stated.kind}: {{{stated.name}: …}}"


def _moved(data: Node, way: Way, options: Sequence[Stated]) -> Node:
    """The data of a manifest with the options of the mapping at ``way`` as they are to be."""
    if way:
        step, *rest = way
        if isinstance(data, dict):
            return {key: _moved(value, tuple(rest), options) if key == step else value for key, value in data.items()}
        assert isinstance(data, list), "the way leads there"
        return [_moved(value, tuple(rest), options) if n == step else value for n, value in enumerate(data)]
    assert isinstance(data, dict), "the manifest was validated"
    by_name = {stated.old: stated for stated in options}
    moved: dict[str, Node] = {key: value for key, value in data.items() if key not in by_name}
    for key, stated in by_name.items():
        if len({*stated.kinds}) == 1:
            moved[stated.name] = data[key]
            continue
        group = moved.get(str(stated.kind), {})
        assert isinstance(group, dict), "the options were looked over"
        moved[str(stated.kind)] = {**group, stated.name: data[key]}
    return moved


def _own_names(pack: Pack) -> Iterator[Kept]:
    environment = PackEnvironment(LayeredLoader(()), {})
    for file in _files(pack, ".html"):
        try:
            yield own_names(environment.parse(read_template(file)))
        except TemplateSyntaxError:
            continue


def _files(pack: Pack, ending: str) -> list[Path]:
    """The files whose names end so; what is hidden, or is a link out of the pack, is not of the pack."""
    found = (file for file in sorted(pack.folder.rglob("*")) if file.name.endswith(ending) and file.is_file())
    return [
        file
        for file in found
        if is_within(file, pack.folder)
        and not any(part.startswith(".") for part in file.relative_to(pack.folder).parts)
    ]


def _text(file: Path) -> str:
    """The text of a file as it is, with its line ends and the mark with which it may begin."""
    try:
        return read_regular(file, MAX_BYTES, source=False).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise pack_error("文件读不出来，或不是 UTF-8 编码", Place(str(file)), "请用编辑器另存为 UTF-8") from None
