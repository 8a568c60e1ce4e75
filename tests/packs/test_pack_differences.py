"""The same figures with another pack differ in exactly the places that the forms differ in, and nowhere else.

Each golden file lists every line of the document that changes (− own pack, + the other); each line must
be accounted for by a property of the forms' difference tables, and each property must show.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from lxml import html

from gongkai.document.compose import render_disclosure
from gongkai.intake.read import read
from support.examples import GOLDEN, ROOT, pack_of
from support.published import text_of

FOLDER = GOLDEN / "差异"
KEZHOU, QITAI = "kezhou-swj-2024-budget.yaml", "qitai-sgj-2024-budget.yaml"

# What the difference tables of the forms name, as it shows in a changed line.
NEW_FORM = {
    "总计 first, in T2 to T11, under its new name": r"^[+-]｜*(合 ?计|总计)｜",
    "※ row": r"^\+※",
    "no row 234 and no blank row beside it": r"234 抗疫特别国债",
    "非财政拨款结转结余 row of T1": r"2\.非财政拨款结",
    "T4 bottom unspaced": r"收 ?入 ?总 ?计",
    "heads of T7 and T11": r"科目名称｜项目名称|项 目 名 称｜总计|项目｜合计|^[+-]小计｜|^[+-]合计｜基本支出",
    "notes without 备注": r"为空表。",
    "title of the first section": r"收支预算情况(的)?总体说明",
    "subject of the income section": r"收入预算1,046\.82万元",
    "；between classes": r"一般公共预算支出包括",
    "五(一): 其中 as a line of its own": r"一般公共预算拨款合计|^[+-](基本支出525\.70|项目支出20\.00)万元",
    "五(三): numbers and no colon": r"（项）：",
    "比上年预算 of 三公": r"“三公”经费(预算)?比上年预算",
    "十二(一): one sentence": r"机关运行经费财政拨款预算",
    "十二(三): no 及下属各预算单位": r"占用使用国有资产总体情况",
    "十二(四): one count of projects": r"预算绩效管理整体预算绩效目标",
    "十二(五): 本单位": r"无其他需说明事项",
    "glossary: 单位（单位）, 新能源汽车": r"^[+-][六七]、",
    "labels of the performance forms without a colon": r"联系电话|年度预算总额",
    "二级指标 not merged in the form of the whole unit": r"(社会消费品零售总额|招商引资到位资金)增长（%）",
    "date without zeros": r"2024年0?2月25日",
}
OTHER_PREFECTURE = {
    "part titles": r"^[+-]第.部分",
    "cover": r"2024年.{2}预算公开$",
    "subject of headings and sentences": r"信息化局(单位)?(2024年|收入预算|面向)",
    "heads of T1 and T4": r"功 ?能 ?分 ?类｜(预算数|合 计)",
    "last item of the offices": r"安全监督科",
    "等 after the kinds of income": r"^[+-]收入预算包括：",
    "数 of 三公": r"“三公”经费(预算)?数为",
    "合 计 last": r"^[+-]｜*(合 ?计|总计)｜",
    "※ row": r"^[+-]※",
    "numbers of T1": r"[123][.、](一般公共|国有资本经营)预算拨款|[12][.、](财政拨款结转|非财政拨款结)|基金预算拨款",
    "heads": r"支出功能分类|商品和?服务支出",
    "bottom of T1 and T4": r"收 ?入 ?总 ?计",
    "row 234 of T4": r"234 抗疫",
    "T7's row of the unit": r"奇台县商务和工业信息化局｜",
    "notes": r"为空表。",
    "whole paragraphs of uses": r"主要用于",
    "punctuation and numbers of lists": r"（类）|^[+-]\d+[.、]项目名称",
    "采购预算": r"采购预算",
    "assets": r"占用使用国有资产总体情况",
    "secret words": r"完全不予公开",
    "total of 财政拨款": r"财政拨款收支总预算",
    "glossary": r"^[+-][六七]、",
    "date": r"2024年0?2月21日",
    "whole-unit targets in the common form": r"绩效目标|指标|资金|名称（盖章）|联系人|本级安排|合计"
    r"|运行成本|管理效率|履职效能|社会效益|可持续|满意度",
}
CASES = {
    "克州2024数据-2025版": (KEZHOU, "克州", 2025, NEW_FORM),
    "奇台数据-克州包": (QITAI, "克州", 2024, OTHER_PREFECTURE),
}


def lines(example: str, pack: str, year: int) -> list[str]:
    """A document as lines: a paragraph each, and a row of a table each."""
    budget = read(ROOT / "examples" / example).model
    root = html.document_fromstring(render_disclosure(budget, pack_of(pack, year)).html)
    return [line for line in _lines(root.find("body")) if line]


def _lines(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter("h1", "h2", "h3", "p", "tr"):
        if element.tag == "tr":
            yield "｜".join(text_of(cell).strip() for cell in element)
        else:
            yield text_of(element).strip()


def difference(example: str, pack: str, year: int) -> str:
    own = read(ROOT / "examples" / example).model.pack
    assert own is not None
    before, after = lines(example, own, 2024), lines(example, pack, year)
    changed = difflib.unified_diff(before, after, n=0, lineterm="")
    return "\n".join(line for line in list(changed)[2:] if not line.startswith("@@")) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_only_what_the_forms_differ_in_changes(name):
    example, pack, year, _ = CASES[name]
    golden = FOLDER / f"{name}.txt"

    assert difference(example, pack, year) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_every_changed_line_is_named_by_the_difference_tables(name):
    properties: Mapping[str, str] = CASES[name][3]
    changed = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()

    assert [line for line in changed if not any(re.search(p, line) for p in properties.values())] == []
    assert [key for key, p in properties.items() if not any(re.search(p, line) for line in changed)] == []


if __name__ == "__main__":  # writes the golden files anew
    for name, (example, pack, year, _) in CASES.items():
        Path(FOLDER).mkdir(exist_ok=True)
        (FOLDER / f"{name}.txt").write_text(difference(example, pack, year), encoding="utf-8")
