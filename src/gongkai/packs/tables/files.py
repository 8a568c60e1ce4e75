"""What the packs of a chain say of each table (表格.yaml), and in which order it holds.

The most specific pack first; of one pack what it says of the table, then what it says of all tables (统一):
a pack's 统一 stands above everything that its parents say. A table that is the same as another (同) has, beneath
what is said of itself, what is said of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gongkai.findings import Finding, FindingsError, Level, shown
from gongkai.packs.load.find import Layer
from gongkai.packs.load.merged import Branch, Merged, Vain, nearest, validate
from gongkai.packs.load.yaml_file import load, pack_error
from gongkai.source.tree import Node, Tree
from gongkai.statements.tables.form import TableForm

TABLES = "表格.yaml"
COMMON = "统一"
"""The entry of a table file whose values hold for every table of which the pack does not say otherwise."""
QUANTITIES = "量"
"""The entry of a table file that names expressions for all its tables."""
_SAME = "同"
_HEADS, _LABELS = "栏目", "列名称"
_LOSING = (("行名称",), (_LABELS,), ("功能类名称",), ("合计行", "名称"))
"""The mappings of a table of which a pack may take entries away (无)."""


def _trees(chain: Sequence[Layer], folder: str) -> list[Tree]:
    return [load(layer.folder / f"{folder}/{TABLES}", layer.pack.folder) for layer in chain]


def quantities(chain: Sequence[Layer], folder: str) -> Merged:
    """What the packs of a chain name for all their tables (量)."""
    return Merged([Branch(tree, (QUANTITIES,)) for tree in _trees(chain, folder)])


def table_texts(chain: Sequence[Layer], folder: str) -> dict[str, Merged]:
    """What is said of each table, by its name. Raises FindingsError for what cannot be put together."""
    trees = _trees(chain, folder)
    for tree in trees:
        common = tree.data.get(COMMON, {})
        if not isinstance(common, dict) or _SAME in common:
            message = f"“{COMMON}”下面应是各表通用的写法，没有“{_SAME}”"
            raise pack_error(message, tree.place((COMMON,)), f"写作 {COMMON}: {{编号行: true}}", code="GK502")
    texts = {key: _with_own_heads(_said_of(trees, key)) for key in _names(trees)}
    findings = list(_in_vain(texts))
    if findings:
        raise FindingsError(findings)
    return texts


def validated(texts: Mapping[str, Merged]) -> dict[str, TableForm]:
    """The forms of the tables. Raises FindingsError for every mistake in every one of them."""
    forms: dict[str, TableForm] = {}
    findings: list[Finding] = []
    for key, merged in texts.items():
        try:
            forms[key] = validate(TableForm, merged, (key,))
        except FindingsError as error:
            findings += _of_a_misspelt_name(key, texts) or [_named(finding, key, merged) for finding in error.findings]
    if findings:
        raise FindingsError(dict.fromkeys(findings))  # what is wrong with 统一 is so in every table
    return forms


def _named(finding: Finding, key: str, merged: Merged) -> Finding:
    """A finding that says in which table it is, or that it is in what is said of all tables."""
    common = (branch.tree for branch in merged.sources if branch.path == (COMMON,))
    places = {tree.values.get(path) for tree in common for path in tree.values if path[:1] == (COMMON,)}
    if finding.place in places:
        return replace(finding, message=finding.message.replace(f"“{key}", f"“{COMMON}", 1))
    return replace(finding, message=f"表格{finding.message}")


def _of_a_misspelt_name(key: str, texts: Mapping[str, Merged]) -> list[Finding]:
    """What to say of a table that lacks what every table has, because no parent has one of this name."""
    own = [branch for branch in texts[key].sources if branch.path != (COMMON,)]
    if len(own) != 1 or own[0].has((_HEADS,)) or own[0].has((_SAME,)):
        return []
    others = [name for name in texts if name != key]
    advice = f"{nearest(key, others)}；要加一张新表的，写明“标题”“{_HEADS}”，或写“{_SAME}: 表名”"
    message = f"表格“{shown(key)}”：上级没有这张表，这里也没有写“{_HEADS}”"
    return [Finding("GK502", Level.ERROR, message, advice, place=own[0].tree.key_place((key,)))]


def _names(trees: Sequence[Tree]) -> list[str]:
    """Every table, those of the root pack first."""
    return list(dict.fromkeys(key for tree in reversed(trees) for key in tree.data if key not in {COMMON, QUANTITIES}))


def _of_packs(trees: Sequence[Tree], key: str) -> list[Branch]:
    return [branch for tree in trees for branch in (Branch(tree, (key,)), Branch(tree, (COMMON,)))]


def _said_of(trees: Sequence[Tree], key: str, met: tuple[tuple[str, int], ...] = ()) -> list[Branch]:
    """What is said of a table down to the pack that calls it the same as another (同), and then of that other.

    The other is meant as that pack and its parents have it: what a child changes in one does not change both.
    Raises FindingsError where the other is not there, or leads back to the first.
    """
    own = [Branch(tree, (key,)) for tree in trees]
    number, stated = next(((i, b) for i, b in enumerate(own) if b.has((_SAME,))), (0, None))
    if stated is None:
        return _of_packs(trees, key)
    name, place = stated.value((_SAME,)), stated.tree.place((key, _SAME))
    if not isinstance(name, str) or not any(name in tree.data for tree in trees[number:]):
        others = [other for other in _names(trees[number:]) if other != key]
        raise pack_error(f"表格“{key}”的“{_SAME}”：没有名为“{shown(str(name))}”的表", place, nearest(str(name), others))
    met = (*met, (key, len(trees)))
    if (name, len(trees) - number) in met or name == key:
        circle = " → ".join([*(met_name for met_name, _ in met), name])
        raise pack_error(f"表格“{key}”的“{_SAME}”绕成了圈：{circle}", place, "请把其中一张表写全")
    return [*_of_packs(trees[:number], key), own[number], *_said_of(trees[number:], name, met)]


def _with_own_heads(branches: Sequence[Branch]) -> Merged:
    """What is said of a table; heads renamed (列名称) beneath where the heads are written anew (栏目) are not there."""
    merged = Merged(branches, _LOSING)
    data = merged.data
    heads = next((i for i, branch in enumerate(merged.sources) if branch.has((_HEADS,))), None)
    labels = data.get(_LABELS) if isinstance(data, dict) else None
    if heads is None or not isinstance(labels, dict):
        return merged
    above = merged.sources[: heads + 1]
    kept: dict[str, Node] = {k: v for k, v in labels.items() if any(branch.has((_LABELS, k)) for branch in above)}
    assert isinstance(data, dict), "it has labels"
    merged.data = {**data, _LABELS: kept}
    return merged


def _in_vain(texts: Mapping[str, Merged]) -> Iterator[Finding]:
    """Entries that are taken away where there are none: of a table in it, of all tables (统一) in none of them."""
    common: dict[tuple[str, tuple[str | int, ...]], list[Vain]] = {}
    for key, merged in texts.items():
        for vain in merged.vain:
            if vain.source.path == (key,):
                yield _vain(f"表格“{key}”", vain)
            elif vain.source.path == (COMMON,):
                common.setdefault((vain.source.tree.file, vain.path), []).append(vain)
    for (file, path), found in common.items():
        having = [m for m in texts.values() if any(b.tree.file == file and b.path == (COMMON,) for b in m.sources)]
        if len(found) == len(having):
            names = dict.fromkeys(name for vain in found for name in vain.names)
            yield _vain(f"“{COMMON}”", Vain(found[0].source, path, tuple(names)))


def _vain(what: str, vain: Vain) -> Finding:
    message, advice = vain.problem
    way = " › ".join(map(str, vain.path[:-1]))
    return Finding("GK502", Level.ERROR, f"{what}的“{way}”：{message}", advice, place=vain.place)
