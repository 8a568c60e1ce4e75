"""The reference part of the pack manual, made from the code and the base pack so that it cannot go stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from gongkai.kinds import KINDS, USUAL
from gongkai.model.own.places import COMPARED
from gongkai.packs.emblem import CoverEmblem, Emblem, HeadEmblem
from gongkai.packs.load.facts import COMPARISONS, FACTS, ComparisonForm, FactForm, FieldForm, OwnComparisonForm
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.open import AssembledPack, open_pack
from gongkai.packs.picture import picture, png, svg
from gongkai.packs.picture.read import ENDINGS
from gongkai.packs.style import CellPadding, FontStyle, Margins, PageStyle, RoleStyle, Style, TableStyle, Typesetting
from gongkai.statements.tables.form import FixedRow, FormCell, HeaderNode, TableForm, TotalRow
from gongkai.statements.tables.row_sets import FormatForm

from .inspect import OptionRow, option_rows
from .language_manual import language_reference

MARK = "<!-- 以下由 make docs 生成，不要手改 -->"

_LAYOUT_MODELS = (TableForm, HeaderNode, FixedRow, TotalRow, FormCell, FormatForm)
_FACT_MODELS = (FactForm, ComparisonForm, FieldForm, OwnComparisonForm)
_STYLE_MODELS = (
    Style, PageStyle, Margins, FontStyle, RoleStyle, TableStyle, CellPadding, Typesetting, Emblem,
    CoverEmblem, HeadEmblem,
)  # fmt: skip
LATEST = 9999
"""A year in which the newest editions hold."""


def reference() -> str:
    """Options, table and style keys, and what expressions may name, as Markdown."""
    return "\n".join([*_options(), *_models(), *language_reference()]) + "\n"


def _options() -> Iterator[str]:
    yield "## 选项\n\n写在 `pack.yaml` 的 `选项` 或 `版本 › 选项` 里。文字里的 {单位}、{年度}、{口径} 自动填写。"
    yield "只管一个文种的写在 `预算:`、`决算:` 下面；共用的选项也可以写在文种下面，只管那个文种。"
    yield "“文种”一列说选项管哪个文种：两个文种各有一个同名选项的，各写各的，互不影响。"
    packs = {kind: open_pack(ROOT_PACK, kind, LATEST) for kind in KINDS}
    usual = packs[USUAL]
    yield from _option_table("共用的选项", usual, [row for row in option_rows(usual) if row.name in usual.common])
    for kind, pack in packs.items():
        rows = [row for row in option_rows(pack) if row.name not in pack.common]
        yield from _option_table(f"{kind}的选项", pack, rows)


def _option_table(title: str, pack: AssembledPack, rows: Sequence[OptionRow]) -> Iterator[str]:
    yield f"\n### {title}\n\n| 选项 | 文种 | 类型 | 默认 | 含义 |\n|---|---|---|---|---|"
    for row in rows:
        others = [kind for kind in pack.kinds_of[row.name] if kind not in row.kinds]
        kinds = "、".join(row.kinds) + (f"（{'、'.join(others)}另有）" if others else "")
        type_ = row.kind + ("，可增减" if pack.definitions[row.name].extensible else "")
        yield f"| {row.name} | {kinds} | {type_} | {cell(row.shown)} | {cell(row.explained)} |"


def _models() -> Iterator[str]:
    for heading, lead, models in (
        ("事实和比较的写法", f"写在 `pack.yaml` 的 `{FACTS}`、`{COMPARISONS}` 里。", _FACT_MODELS),
        (
            "表格",
            "写在 `预算/表格.yaml`、`决算/表格.yaml` 里，只写要改的；`统一` 下面写的各表通用。"
            "印出来的字（标题、标目、行名、合计行、注……）里 {单位}、{年度}、{口径}、"
            "{表头称谓}、{自评主体}、{标题主体}、{表格金额单位} 自动填写，"
            "公开的各表还有 {序号}、{表序}（第几张表，{表序} 写两位）；"
            "{三公经费表号} 这样的是另一张表的编号；"
            "要印花括号本身的，用全角｛｝。",
            _LAYOUT_MODELS,
        ),
        ("版式", "写在 `style.yaml` 里，只写要改的。", _STYLE_MODELS),
    ):
        yield f"\n## {heading}\n\n{lead}\n"
        for model in models:
            yield from _model(model)
        if models is _FACT_MODELS:
            yield from _places()
    yield from _pictures()


def _places() -> Iterator[str]:
    """Where further comparisons may be, by the kind of document."""
    for kind, places in COMPARED.items():
        yield f"- `用于`可写（{kind}）：{'、'.join(f'`{place}`' for place in places)}"


def _pictures() -> Iterator[str]:
    """What a picture may be, as it is looked at."""
    shapes = "、".join(f"`{name}`" for name in svg.DRAWN)
    yield (
        f"\n徽标的文件是 {' 或 '.join(f'`{ending}`' for ending in ENDINGS)}，最多 {picture.MOST_BYTES:,} 字节，"
        f"长边最多是短边的 {1 / picture.NARROWEST:g} 倍。"
    )
    yield f"PNG：不会动，每个颜色值 8 位以内，最多 {png.MOST_PIXELS:,} 像素、每边 {png.MOST_SIDE:,}。"
    yield (
        f"SVG：UTF-8，最多 {svg.MOST_NODES:,} 个元素、{svg.MOST_DEPTH} 层，只画 {shapes}；"
        f"不能有 {'、'.join(f'`{name}`' for name in svg.REFUSED)}、事件属性、文档类型声明和指向文件之外的引用。"
    )


def _model(model: type[BaseModel]) -> Iterator[str]:
    names = "、".join(
        f"`{field.alias or name}`" + (f"（{field.description}）" if field.description else "")
        for name, field in model.model_fields.items()
    )
    yield f"- {_TITLES[model.__name__]}：{names}"


_TITLES = {
    "FactForm": "一个事实",
    "ComparisonForm": "事实的一个比较",
    "FieldForm": "清单的一项",
    "OwnComparisonForm": "`比较` 里的一条",
    "TableForm": "一张表",
    "HeaderNode": "栏目（标目的树）",
    "FixedRow": "左栏、右栏、行",
    "TotalRow": "合计行",
    "FormCell": "表单的一格",
    "FormatForm": "格式（写在表、栏目或行里；表里写了单位的，表头右的 {表格金额单位} 跟着变）",
    "Style": "整个版式",
    "PageStyle": "页面",
    "Margins": "边距",
    "FontStyle": "字体",
    "RoleStyle": "样式",
    "TableStyle": "表格",
    "Typesetting": "排版",
    "CellPadding": "单元格边距",
    "Emblem": "徽标",
    "CoverEmblem": "徽标的封面",
    "HeadEmblem": "徽标的页眉",
}


def cell(text: str) -> str:
    """A text in a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")
