"""The part of the pack manual about expressions: measures, dimensions, functions and rows, made from the code."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.kinds import KINDS
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.open import AssembledPack, open_pack
from gongkai.statements.facts.vocabulary import Dimension
from gongkai.statements.language.choices import ALL
from gongkai.statements.language.functions import FUNCTIONS
from gongkai.statements.tables.row_sets import RowSet

_YEAR = 9999


def language_reference() -> Iterator[str]:
    """What an expression may name, as Markdown."""
    yield "\n## 表格的式\n"
    yield "一列、一行的数写成式，见上面“表格里的数怎样来”。式里可以写的名称："
    for kind in KINDS:
        yield from _of_kind(open_pack(ROOT_PACK, kind, _YEAR))
    yield "\n### 函数\n\n| 函数 | 得出 |\n|---|---|"
    for pack in (open_pack(ROOT_PACK, kind, _YEAR) for kind in KINDS):
        for name, function in pack.language.more(pack.options).items():
            yield f"| `{name}({', '.join(function.arguments)})`（{pack.folder}） | {function.meaning} |"
    for name, function in FUNCTIONS.items():
        yield f"| `{name}({', '.join(function.arguments)})` | {function.meaning} |"
    yield "\n### 行集\n\n一条写且只写一样，另可写 `条件`、`量`、`列数`。\n\n| 写法 | 有哪些行 |\n|---|---|"
    for field in RowSet.model_fields.values():
        yield f"| `{field.alias}` | {field.description} |"


def _of_kind(pack: AssembledPack) -> Iterator[str]:
    vocabulary = pack.language.vocabulary
    yield f"\n### {pack.folder}\n\n| 数 | 分哪些维度 | 是什么（万元） |\n|---|---|---|"
    for measure in vocabulary.measures:
        name = measure.name + (f"@{measure.comparison}" if measure.comparison else "")
        divided = [*measure.dimensions, *(f"{one}（{'、'.join(all_)}合计）" for one, all_ in measure.together.items())]
        yield f"| `{name}` | {'、'.join(divided) or '不分'} | {measure.meaning} |"
    yield "\n| 维度 | 值 | 含义 |\n|---|---|---|"
    for dimension in vocabulary.dimensions:
        yield f"| `{dimension.name}` | {_values(dimension)} | {dimension.meaning} |"
    named = "、".join(
        f"`{name}`" for name in pack.tables["收入" if pack.folder == "决算" else "收入总体"].names.quantities
    )
    yield f"\n`量` 里已有的名称：{named}。"


def _values(dimension: Dimension) -> str:
    if dimension.codes:
        return "三位、五位、七位编码，写上级就是它下面的全部"
    if dimension.records:
        return f"不写，逐行取；`{ALL}` 是合计"
    sets = [f"{name}（即 {'、'.join(values)}）" for name, values in dimension.sets.items()]
    return "、".join([*sets, *dimension.values])
