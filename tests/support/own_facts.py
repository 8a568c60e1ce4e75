"""A pack with facts of every type and owner, some of them called like what is there already, and data with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongkai.intake.guide import Guide, guide_of_model
from gongkai.produce.models import models_of_packs

NAME = "有事实"
PACK = """\
名称: 有事实
上级: base
事实:
  会议开支:
    类型: 金额
    必填: 是
    含义: 会议开支的支出
    比较: {上年预算: {原因: 原因, 含义: 上年预算的数}, 上年执行数: {原因: 执行差异原因, 必填: 否}}
  接待: {类型: 数量, 单位: 人次, 比较: {上年: {必填: 否}}}
  到课率: {类型: 比率, 含义: 百分之几, 比较: {年初: {必填: 否}}}
  满意率: {类型: 比率}
  批次: {类型: 数量, 单位: 个, 含义: 几批}
  成文日: {类型: 日期}
  余款: {类型: 金额}
  简介: {类型: 文字, 必填: 是, 含义: 一句话}
  项目指标:
    类型: 清单
    必填: 是
    含义: 购买的各项服务
    各项:
      名目: {类型: 文字, 必填: 是, 含义: 买什么}
      数额: {类型: 金额, 必填: 是}
      个数: {类型: 数量, 单位: 个}
      比例: {类型: 比率}
      日子: {类型: 日期}
  人员: {类型: 清单, 各项: {姓名: {}}}
  合计: {类型: 金额, 属于: 科目}
  科目名称_: {类型: 文字, 属于: 科目, 必填: 是, 含义: 科目的别名}
  说法: {类型: 文字, 属于: 科目}
  财政拨款收入: {类型: 金额, 属于: 科目}
  新增资产: {类型: 金额, 属于: 科目, 比较: {上年: {原因: 原因, 必填: 否}}}
  件数: {类型: 数量, 属于: 科目}
  核定日: {类型: 日期, 属于: 科目}
  比例: {类型: 比率, 属于: 科目}
  绩效等级: {类型: 文字, 属于: 项目, 必填: 是}
  受益: {类型: 数量, 属于: 项目, 单位: 人, 比较: {上年: {原因: 原因, 必填: 否}}}
  立项日: {类型: 日期, 属于: 项目}
  配套: {类型: 金额, 属于: 项目}
  进度: {类型: 比率, 属于: 项目}
  部分: {类型: 数量, 属于: 三公项, 必填: 是, 含义: 几个部分}
  场次: {类型: 金额, 属于: 三公项, 比较: {上年: {必填: 否}}}
  备注: {类型: 文字, 属于: 三公项}
  到岗率: {类型: 比率, 属于: 三公项}
  签字日: {类型: 日期, 属于: 三公项}
  下属: {类型: 文字, 口径: [部门], 必填: 是}
比较:
  年中数:
    用于: [三公项, 科目变动, 收入, 支出变动, 机关运行经费, 总体变动]
    原因: 年中原因
    必填: 否
    含义: 年中调整以后的数
"""
_SAMPLES = {"金额": "12.34", "数量": "3", "比率": "87.5", "文字": "一段话", "日期": "2024-03-01"}


def pack_in(folder: Path, text: str = PACK) -> Path:
    """The folder of packs with this one in it."""
    (folder / "有事实").mkdir(parents=True, exist_ok=True)
    (folder / "有事实/pack.yaml").write_text(text, encoding="utf-8")
    return folder


def guide_with(packs: Path, data: dict[str, Any]) -> Guide:
    """What may stand in data, with the facts of the pack."""
    model = models_of_packs([packs], needed=True)(data)
    assert model is not None
    return guide_of_model(model)


def with_facts(data: dict[str, Any], packs: Path, said: Callable[[str], str] = _SAMPLES.__getitem__) -> dict[str, Any]:
    """Data of a file that names the pack, with all of its facts; ``said`` gives the text of a value by its type."""
    data["模板"] = NAME
    guide = guide_with(packs, data)
    _fill(data, (), guide, said)
    return data


def _fill(node: Any, path: tuple[Any, ...], guide: Guide, said: Callable[[str], str]) -> None:
    if isinstance(node, list):
        for index, item in enumerate(node):
            _fill(item, (*path, index), guide, said)
    if not isinstance(node, dict):
        return
    for name, inner in node.items():
        _fill(inner, (*path, name), guide, said)
    for name in guide.at(path).get("properties", {}):
        kind = guide.own_type((*path, name))
        if kind:
            node[name] = _value((*path, name), kind, guide, said)


def _value(path: tuple[Any, ...], kind: str, guide: Guide, said: Callable[[str], str]) -> Any:
    if kind == "清单":
        return [_record((*path, 0), guide, said), _record((*path, 0), guide, said)]
    return _record(path, guide, said) if guide.names(path) else said(kind)


def _record(path: tuple[Any, ...], guide: Guide, said: Callable[[str], str]) -> dict[str, str]:
    return {name: said(guide.own_type((*path, name))) for name in guide.names(path)}
