"""The part of the packs' manual about HTML: the elements and classes of which a template may consist."""

from __future__ import annotations

from collections.abc import Iterator

from .vocabulary import CELLS, ELEMENTS, EVERYWHERE, ROLES, STRUCTURES

_ATTRIBUTES = {
    "class": "类，见下",
    "id": "名字，供 a 指向",
    "lang": "语言",
    "data-contents": "目录里的叫法；空着就不列入目录",
    "data-orientation": "portrait（纵向）或 landscape（横向）",
    "href": "# 和一处的 id",
    "style": "只能是宽，如 width:12.5%",
    "colspan": "跨几列",
    "rowspan": "跨几行",
    "scope": "表头的一格管列（col）、管几列（colgroup）还是管行（row）",
}
"""Attributes of the elements that templates write, with what they mean."""


def reference() -> str:
    """Elements, attributes and classes, as Markdown."""
    return "\n".join([*_elements(), *_classes()]) + "\n"


def _elements() -> Iterator[str]:
    yield "\n## HTML 元素\n\n模板里只能有下面的元素和属性；每个元素都可以有 `class`、`id`、`lang`。\n"
    yield "| 元素 | 含义 | 属性 |\n|---|---|---|"
    for name, element in ELEMENTS.items():
        if element.meaning:
            attributes = "、".join(f"`{own}`" for own in sorted(element.attributes))
            yield f"| `{name}` | {element.meaning} | {attributes} |"
    yield "\n| 属性 | 含义 |\n|---|---|"
    written = {own for element in ELEMENTS.values() if element.meaning for own in element.attributes} | EVERYWHERE
    yield from (f"| `{own}` | {meaning} |" for own, meaning in _ATTRIBUTES.items() if own in written)


def _classes() -> Iterator[str]:
    yield "\n## 类\n\n写作 `元素.类`；样子写在 `style.yaml` 的 `样式`（段落）、`表格`（表格）里。\n"
    yield "| 类 | 含义 |\n|---|---|"
    yield from (f"| `{role.selector}` | 样式“{role.name}” |" for role in ROLES)
    yield from (f"| `td.{name}` | {kind.meaning} |" for name, kind in CELLS.items())
    yield "| `td.in-1`、`td.in-2` | 文字缩进一个字、两个字 |"
    yield from (f"| `{selector}` | {meaning} |" for selector, meaning in STRUCTURES.items())
