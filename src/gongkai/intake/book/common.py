"""Sheets that the books of all kinds have."""

from __future__ import annotations

from gongkai.findings import Path

from .blocks.block import Block
from .blocks.by_code import ByCode
from .blocks.fixed import Fixed
from .blocks.records import Records
from .blocks.texts import Texts
from .layout import BookSheet

NAME_OF_CODE = (
    'IFERROR(VLOOKUP({{{0}}}&"",{{自定名称}},2,FALSE)&"",IFERROR(VLOOKUP({{{0}}}&"",{{科目目录}},2,FALSE),""))'
)
"""The formula of the name of a code, which may be a text or a number: the file's own name, or the catalogue's.

The title of its column goes in; where both tables stand, the writer knows.
"""


def the_unit(*head: Path) -> BookSheet:
    """The sheet of the unit: the head of the file, and its people."""
    people = ("概况", "人员")
    return BookSheet(
        "单位",
        "先填这一张：是哪个单位、哪一年的什么文件",
        (
            Fixed("基本情况", head),
            Fixed("人员", tuple((*people, name) for name in ("在职", "退休", "离休")), grid=True),
        ),
    )


def organisation() -> BookSheet:
    """The sheet of duties and offices."""
    return BookSheet(
        "职能机构",
        "一条一行，不写序号",
        (
            Texts(
                "职能机构",
                {
                    "主要职能": ("概况", "主要职能"),
                    "内设机构": ("概况", "机构设置", "内设机构"),
                    "下属单位": ("概况", "机构设置", "下属单位"),
                },
                whole={"主要职能": "主要职能（不分条）"},
            ),
        ),
    )


def custom_texts(*blocks: Block) -> BookSheet:
    """The sheet of what else a unit or its pack says."""
    return BookSheet(
        "其他文字",
        "其他需要说明的；没有的不填",
        (
            *blocks,
            Texts("其他说明", {"其他说明": ("其他说明",)}),
            ByCode("补充说明", ("补充说明",), "名称", "文字"),
        ),
        optional=True,
    )


def settings() -> BookSheet:
    """The sheet of units of sections, names of 科目, and of what the file says of its own checking."""
    return BookSheet(
        "其他设置",
        "个别部分的金额单位、目录里没有的科目名称、对核对的豁免；一般不用填",
        (
            Fixed("分节金额单位", (("分节金额单位",),)),
            ByCode("科目名称", ("科目名称",), "编码", "名称"),
            ByCode("规则级别", ("校验", "级别"), "代码", "级别", ("理由",), lead="级别"),
            Records("豁免", ("校验", "豁免")),
            Texts("允许公开", {"允许公开": ("校验", "允许公开")}),
        ),
        optional=True,
    )
