"""What templates may use, made from the code for the packs' manual: variables, all fields, functions, blocks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

from gongkai.kinds import KINDS
from gongkai.packs.contract import (
    CONTEXT_MEANINGS,
    FUNCTION_EXAMPLES,
    FUNCTION_MEANINGS,
    FUNCTION_NAMES,
    functions_of,
)
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.names import ATTRIBUTES
from gongkai.packs.open import open_pack
from gongkai.packs.renaming.register import CHINESE_NAMES, Where, renamings
from gongkai.packs.sandbox.filters import FILTER_NAMES
from gongkai.packs.wording import Wording

from .data_fields import data_models, data_rows, kind_of_field
from .inspect import block_rows
from .manual import LATEST, cell
from .meanings import FIELDS, TITLES


def reference() -> str:
    """Everything that templates may use by name, as Markdown."""
    return "\n".join([*_variables(), *_fields(), *_data(), *_functions(), *_blocks(), *_old_names()]) + "\n"


def _variables() -> Iterator[str]:
    yield "## 变量\n\n| 名称 | 含义 |\n|---|---|"
    yield from (f"| `{name}` | {cell(meaning)} |" for name, meaning in CONTEXT_MEANINGS.items())


def _fields() -> Iterator[str]:
    yield "\n## `数`、表和图的字段\n\n金额都是万元的准确值。"
    yield "“是什么”一栏写着另一个标题的，它后面再加点，是那个标题下的字段；清单用 for 逐项取，也可以用 `合计`。"
    for kind, fields in FIELDS.items():
        yield f"\n### {TITLES[kind]}\n\n| 字段 | 是什么 | 含义 |\n|---|---|---|"
        hints = {**get_type_hints(kind), **_of_properties(kind)}
        for name, meaning in fields.items():
            yield f"| `{name}` | {kind_of_field(hints[ATTRIBUTES[name]])} | {cell(meaning)} |"


def _of_properties(kind: type) -> dict[str, Any]:
    derived = {name: entry.fget for name, entry in vars(kind).items() if isinstance(entry, property)}
    return {name: get_type_hints(getter)["return"] for name, getter in derived.items()}


def _data() -> Iterator[str]:
    yield "\n## `数据` 的字段\n\n`数据` 是单位的数据文件，涉密的已经遮去；名称同数据文件里写的。"
    yield '名称里有括号一类、点后面写不成的，写在方括号里：`数据.国有资产.车辆["副部（省）级及以上领导用车"]`。'
    for title, model in data_models().items():
        yield f"\n### {title}\n\n| 字段 | 是什么 | 含义 |\n|---|---|---|"
        yield from (f"| `{name}` | {what} | {cell(meaning)} |" for name, what, meaning in data_rows(model))


def _functions() -> Iterator[str]:
    filters = "、".join(f"`{name}`" for name in FILTER_NAMES)
    yield "\n## 函数\n\n金额都是准确值，函数只在印出时四舍五入一次。"
    yield f"过滤器只有 {filters}；`lines` 保留文字里的换行。金额可以用 `合计`、`相减` 算，可以比大小；文字用 `~` 连接。"
    yield "印金额的函数给出的字里有记号（`<data>`），各种输出凭它认数：可以相连、列举、比较、印在标题里，"
    yield "不要拆开（`first`、切片）或排序；模板里也不能自己写 `<data>`。\n"
    yield "例子里直接写数，模板里写的是 `数.合计` 一类；结果照基础模板的选项。\n"
    yield "| 函数 | 含义 | 例子 | 得出 |\n|---|---|---|---|"
    functions = functions_of(Wording(open_pack(ROOT_PACK, "决算", LATEST).options))
    for name, function in FUNCTION_NAMES.items():
        parameters = ", ".join(each for each in inspect.signature(function).parameters if each != "self")
        given = FUNCTION_EXAMPLES[function]
        example = f"{name}({', '.join(map(_written, given))})"
        meaning = cell(FUNCTION_MEANINGS[function])
        yield f"| `{name}({parameters})` | {meaning} | `{example}` | {_given(functions[name], given)} |"


def _written(argument: Any) -> str:
    """An argument of an example as a template has it, amounts as figures."""
    if isinstance(argument, str):
        return f'"{argument}"'
    if isinstance(argument, list):
        return f"[{', '.join(map(_written, argument))}]"
    if isinstance(argument, Decimal | int):
        return str(argument)
    return "公开日期" if isinstance(argument, date) else "item"


def _given(function: Callable[..., Any], arguments: tuple[Any, ...]) -> str:
    made = function(*arguments)
    return cell(made.striptags() if hasattr(made, "striptags") else str(made))


def _blocks() -> Iterator[str]:
    yield '\n## 块\n\n在自己的包里放一个同名模板，写 `{% extends "parent:模板" %}` 和要改的块；'
    yield "写 `scoped`，块里才用得到本节的变量。"
    yield "大块里有小块：改大块，里面的小块一起换掉。整个文件也可以换。〔…〕是一个值或一个宏，…是函数得出的。\n"
    yield "| 模板 | 块 | 默认从这里说起 |\n|---|---|---|"
    rows = {
        (row.template, row.block): row.says for kind in KINDS for row in block_rows(open_pack(ROOT_PACK, kind, LATEST))
    }
    for (template, block), says in sorted(rows.items(), key=lambda row: row[0][0]):
        yield f"| `{template}` | `{block}` | {cell(says) or '（空）'} |"


def _old_names() -> Iterator[str]:
    yield f"\n## 以前的英文名称\n\n到 {CHINESE_NAMES.until}以前还能用，`gongkai pack check` 会提醒（GK524），"
    yield "`gongkai migrate 包 --write` 替你改成中文的。\n"
    for where in (Where.VARIABLE, Where.FIELD, Where.FUNCTION, Where.BLOCK):
        pairs = [(each.new, each.old) for each in renamings() if each.where is where]
        yield f"- {where}：{'、'.join(f'`{name}`（{english}）' for name, english in pairs)}。"
