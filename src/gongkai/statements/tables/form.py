"""How a pack lays a table out (表格.yaml), with the words in its texts to be filled in.

A layout names a table's title, header tree, columns, fixed rows and notes; the figures
come keyed by column or row key, so a pack can rename, reorder or drop them without code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from gongkai.findings import Path, shown
from gongkai.model.base import Flag

from .grid import placed
from .row_sets import FormatForm, LayoutPart, Reckoned
from .table import CellKind, Column, Label
from .words import Words, fill

Say = Callable[[Path, str], str]
"""What becomes of a printed text, given where in the layout it stands."""

Width = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
ClassCode = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
Columns = Annotated[int, Field(ge=1, le=50)]
Indent = Annotated[int, Field(ge=0, le=2)]
Rows = Annotated[int, Field(ge=1, le=1000)]


class HeaderNode(LayoutPart):
    """A header cell with the cells under it, or a column."""

    text: str = Field(alias="标目")
    key: str | None = Field(None, alias="列")
    figure: str | None = Field(None, alias="数", description="这一列的式；不写时照表里的“列数”")
    width: Width | None = Field(None, alias="宽")
    kind: CellKind = Field("数字", alias="类型")
    number_format: FormatForm = Field(FormatForm(), alias="格式", description="这一列的金额怎样印")
    children: tuple[HeaderNode, ...] = Field((), alias="下级")

    @property
    def leaves(self) -> list[HeaderNode]:
        """The columns under this node, left to right."""
        return [leaf for child in self.children for leaf in child.leaves] if self.children else [self]

    @property
    def all(self) -> list[HeaderNode]:
        """This node and all under it, from left to right."""
        return [self, *(node for child in self.children for node in child.all)]

    @property
    def depth(self) -> int:
        """Header rows that this node needs."""
        return 1 + max((child.depth for child in self.children), default=0)


class FixedRow(LayoutPart):
    """A row whose label is fixed; ``key`` names the figure beside it."""

    label: str = Field("", alias="项目")
    key: str | None = Field(None, alias="数")
    blank: Rows | None = Field(None, alias="空行", description="这么多行空行，代替 项目")
    indent: Indent = Field(0, alias="缩进", description="缩进几个字（0 到 2），“其中”的各项用")
    number_format: FormatForm = Field(FormatForm(), alias="格式", description="这一行的金额怎样印")

    @model_validator(mode="after")
    def _says_something(self) -> FixedRow:
        """A row has its words, or stands for empty ones."""
        if self.blank is not None and (self.label or self.key or self.indent):
            raise ValueError("“空行”不能和“项目”“数”“缩进”写在一条里")
        if self.blank is None and not {"label", "项目"} & self.model_fields_set and not self.label:
            raise ValueError("要写“项目”，或写“空行: 几行”")
        return self


class TotalRow(LayoutPart):
    """The grand total: its labels by column, and where it stands."""

    label: str | dict[str, str] = Field("合计", alias="名称", description="印的字；两列都印时写 列名: 字")
    column: str | None = Field(None, alias="列", description="印在哪一列")
    position: Literal["首行", "末行", "无"] = Field("末行", alias="位置")
    when_empty: Flag = Field(True, alias="空表也印", description="空表是否也印合计行")

    joined: Flag = Field(False, alias="合并空格", description="合计行里相邻的空格并成一格，名称占它右边的空格")

    @property
    def labels(self) -> dict[str, str]:
        """Words by column."""
        return self.label if isinstance(self.label, dict) else {self.column or "": self.label}


class FormCell(LayoutPart):
    """A label or a value in the form above a performance grid."""

    label: str | None = Field(None, alias="标")
    value: str | None = Field(None, alias="值")
    colspan: Columns = Field(1, alias="跨列")
    rowspan: Rows = Field(1, alias="跨行")
    kind: CellKind | None = Field(None, alias="类型", description="不写时，标印作标目，值居中")


class TableForm(Reckoned):
    """One table of a pack."""

    same: str = Field("", alias="同", description="没有写的都与这张表相同")
    number: str = Field("", alias="编号")
    title: str = Field(alias="标题")
    subtitle: str = Field("", alias="副题")
    landscape: Flag = Field(False, alias="横向")
    dense: Flag | None = Field(None, alias="紧凑", description="行距收紧；不写时行多的表自动收紧")
    left_line: str = Field("", alias="表头左")
    right_line: str = Field("", alias="表头右")
    header: tuple[HeaderNode, ...] = Field(alias="栏目", min_length=1)
    column_labels: dict[str, str] = Field(
        default_factory=dict, alias="列名称", description="改标目：列的名称或上一级的标目: 印出的字"
    )
    total: TotalRow = Field(TotalRow(), alias="合计行")
    left_rows: tuple[FixedRow, ...] = Field((), alias="左栏")
    row_labels: dict[str, str] = Field(default_factory=dict, alias="行名称", description="改行名：数的名称: 印出的字")
    right_rows: tuple[FixedRow, ...] = Field((), alias="右栏")
    classes: tuple[ClassCode, ...] = Field((), alias="功能类", description="右栏逐行列出的功能分类“类”编码")
    class_names: dict[str, str] = Field(default_factory=dict, alias="功能类名称", description="与目录不同的类名")
    rows: tuple[FixedRow, ...] = Field((), alias="行")
    numbered: Flag = Field(False, alias="编号行", description="表头下加 ※ 和 1、2、3 的编号行")
    unit_row: Flag = Field(False, alias="单位行", description="项目支出表：合计下面加一行单位名称")
    heads: tuple[str, ...] = Field((), alias="固定一级指标", description="整体绩效表：没有指标也要列出的一级指标")
    column_numbers: tuple[str, ...] = Field((), alias="栏次", description="表头下面的编号行，一列一个")
    always_notes: tuple[str, ...] = Field((), alias="注", description="不论是否空表都印的注")
    empty_note: str = Field("", alias="空表说明")
    tail_note: str = Field(
        "", alias="尾数说明", description="金额四舍五入到万元两位小数、合计与各项之和可能差 0.01 时印的注"
    )
    merged: tuple[str, ...] = Field((), alias="合并列")
    form: tuple[tuple[FormCell, ...], ...] = Field((), alias="表单")
    form_widths: tuple[Width, ...] = Field((), alias="表单列宽")

    @field_validator("header")
    @classmethod
    def _has_widths(cls, header: tuple[HeaderNode, ...]) -> tuple[HeaderNode, ...]:
        """A column's share of the page is its width in proportion to the others': each must have one."""
        for leaf in (leaf for node in header for leaf in node.leaves):
            if leaf.width is None:
                raise ValueError(f"“{shown(leaf.text or leaf.key or '')}”这一列没有写“宽”")
        return header

    @model_validator(mode="after")
    def _labels_columns(self) -> TableForm:
        """A label for a column that is not there would be lost in silence."""
        keys = [node.key or node.text for top in self.header for node in top.all]
        for key in self.column_labels:
            if key not in keys:
                raise ValueError(f"“列名称”里的“{shown(key)}”这一列没有，可写：{'、'.join(keys)}")
        return self

    @model_validator(mode="after")
    def _form_has_its_columns(self) -> TableForm:
        """A cell beyond the last column would have no place in any output."""
        for line, column, cell in placed(self.form):
            if column + cell.colspan > len(self.form_widths):
                told = (
                    f"“表单”第 {line + 1} 行到了第 {column + cell.colspan} 列，“表单列宽”有 {len(self.form_widths)} 列"
                )
                raise ValueError(told)
        return self

    def map_texts(self, say: Say) -> TableForm:
        """The layout with what ``say`` makes of each text that it prints; what names a column or figure stays."""
        plain = {name: say((str(type(self).model_fields[name].alias),), getattr(self, name)) for name in _PLAIN}
        return self.model_copy(
            update={
                **plain,
                "header": tuple(_said_node(node, ("栏目", i), say) for i, node in enumerate(self.header)),
                "column_labels": _said_labels(self.column_labels, ("列名称",), say),
                "total": _said_total(self.total, say),
                "left_rows": _said_rows(self.left_rows, "左栏", say),
                "right_rows": _said_rows(self.right_rows, "右栏", say),
                "rows": _said_rows(self.rows, "行", say),
                "row_labels": _said_labels(self.row_labels, ("行名称",), say),
                "class_names": _said_labels(self.class_names, ("功能类名称",), say),
                "heads": _said_list(self.heads, "固定一级指标", say),
                "column_numbers": _said_list(self.column_numbers, "栏次", say),
                "always_notes": _said_list(self.always_notes, "注", say),
                "form": tuple(
                    tuple(_said_cell(cell, ("表单", i, j), say) for j, cell in enumerate(line))
                    for i, line in enumerate(self.form)
                ),
            }
        )

    def filled(self, words: Words) -> TableForm:
        """The layout with {单位}, {年度} and the like filled in wherever it prints something."""
        return self.map_texts(lambda _, text: fill(text, words))

    @property
    def texts(self) -> list[tuple[Path, str]]:
        """The texts that are filled in, and where in the layout each is."""
        found: list[tuple[Path, str]] = []

        def note(path: Path, text: str) -> str:
            found.append((path, text))
            return text

        self.map_texts(note)
        return found

    def fixed_rows(self, name: str) -> tuple[FixedRow, ...]:
        """The rows that are written under 左栏, 右栏 or 行, empty ones together."""
        return {"左栏": self.left_rows, "右栏": self.right_rows, "行": self.rows}[name]

    @property
    def leaf_paths(self) -> list[tuple[Path, HeaderNode]]:
        """The columns, each with the way to it."""
        return [found for number, node in enumerate(self.header) for found in _leaf_paths(node, ("栏目", number))]

    @property
    def left(self) -> list[FixedRow]:
        """The rows at the left, one by one."""
        return one_by_one(self.left_rows)

    @property
    def right(self) -> list[FixedRow]:
        """The rows at the right, one by one."""
        return one_by_one(self.right_rows)

    @property
    def lines(self) -> list[FixedRow]:
        """The rows of a table with one side, one by one."""
        return one_by_one(self.rows)

    def label(self, row: FixedRow) -> Label:
        """The printed label of a fixed row."""
        return Label(self.row_labels.get(row.key or "", row.label), row.indent)

    @property
    def columns(self) -> list[Column]:
        """The columns, left to right, with widths that add up to 100 %."""
        leaves = [leaf for node in self.header for leaf in node.leaves]
        widths = [leaf.width or 0 for leaf in leaves]
        return [
            Column(
                leaf.key or leaf.text,
                leaf.kind,
                share(width, sum(widths)),
                self.number_format.plain.under(leaf.number_format.plain),
            )
            for leaf, width in zip(leaves, widths, strict=True)
        ]


def _leaf_paths(node: HeaderNode, path: Path) -> list[tuple[Path, HeaderNode]]:
    if not node.children:
        return [(path, node)]
    return [found for n, child in enumerate(node.children) for found in _leaf_paths(child, (*path, "下级", n))]


def one_by_one(rows: Iterable[FixedRow]) -> list[FixedRow]:
    """Fixed rows with every empty one by itself."""
    return [one for row in rows for one in ([FixedRow(项目="")] * row.blank if row.blank else [row])]


_PLAIN = ("number", "title", "subtitle", "left_line", "right_line", "empty_note", "tail_note")


def _said_node(node: HeaderNode, path: Path, say: Say) -> HeaderNode:
    children = tuple(_said_node(child, (*path, "下级", i), say) for i, child in enumerate(node.children))
    # Figures come by the name of the column, whatever is printed over it.
    key = node.key or node.text
    return node.model_copy(update={"text": say((*path, "标目"), node.text), "key": key, "children": children})


def _said_labels(labels: Mapping[str, str], path: Path, say: Say) -> dict[str, str]:
    return {key: say((*path, key), text) for key, text in labels.items()}


def _said_total(total: TotalRow, say: Say) -> TotalRow:
    path, label = ("合计行", "名称"), total.label
    said = _said_labels(label, path, say) if isinstance(label, dict) else say(path, label)
    return total.model_copy(update={"label": said})


def _said_rows(rows: tuple[FixedRow, ...], name: str, say: Say) -> tuple[FixedRow, ...]:
    return tuple(row.model_copy(update={"label": say((name, i, "项目"), row.label)}) for i, row in enumerate(rows))


def _said_list(texts: tuple[str, ...], name: str, say: Say) -> tuple[str, ...]:
    return tuple(say((name, i), text) for i, text in enumerate(texts))


def _said_cell(cell: FormCell, path: Path, say: Say) -> FormCell:
    return cell if cell.label is None else cell.model_copy(update={"label": say((*path, "标"), cell.label)})


def share(width: float, whole: float) -> str:
    """A width in percent of the whole."""
    return f"{Decimal(str(width)) * 100 / Decimal(str(whole)):.2f}"
