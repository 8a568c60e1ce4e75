"""What the templates of a pack call the figures that they print: the words before ``{{ 金额(数.财政拨款) }}万元``.

A sentence that only one pack prints is read by its own template, without the pack being run: of the sections that the
pack itself brings, the words that stand before a figure are those by which it is known in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jinja2 import TemplateNotFound

from gongkai.findings import FindingsError
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.load.find import ROOT_PACK

from .flat import flat_text
from .sections import FUNDS
from .subjects import bare, key_of

_GENERAL, _GOVERNMENT, _CAPITAL = FUNDS
_ALL = "全部"
_THREE = {"因公出国": "出国", "公务用车购置": "购置", "公务用车运行": "运行", "公务接待": "接待"}

Meaning = tuple[str, str]
"""Our name of a subject and of which money it is."""

_OF_BUDGET: Mapping[str, Meaning] = {
    "数.合计": ("总计", _ALL),
    "数.财政拨款": ("财政总计", "财政拨款"),
    "数.基本支出.金额": ("基本支出", _ALL),
    "数.项目支出.金额": ("项目支出", _ALL),
    **{f"数.{fund}.合计": ("拨款", fund) for fund in FUNDS},
    **{f"数.{fund}.{nature}.金额": (nature, fund) for fund in FUNDS for nature in ("基本支出", "项目支出")},
    "数.人员经费": ("人员经费", _GENERAL),
    "数.公用经费": ("公用经费", _GENERAL),
    "数.三公经费.合计.金额": ("三公", ""),
    **{f"数.三公经费.{name}.金额": (key, "") for name, key in _THREE.items()},
    "数.上年结转": ("上年结转", ""),
    "数.政府采购": ("采购", ""),
    "数.运行经费.金额": ("运行经费", ""),
    "数.财政项目金额": ("财政项目", ""),
    "数.其他项目金额": ("其他项目", ""),
}
_OF_FINAL: Mapping[str, Meaning] = {
    "数.收入总计": ("收入总计", _ALL),
    "数.支出总计": ("支出总计", _ALL),
    "数.收入": ("本年收入", _ALL),
    "数.支出": ("本年支出", _ALL),
    "数.使用结余": ("使用结余", _ALL),
    "数.结余分配": ("结余分配", _ALL),
    "数.年初结转": ("年初结转", _ALL),
    "数.年末结转": ("年末结转", _ALL),
    "数.财政.合计": ("财政收入总计", ""),
    "数.财政.支出总计": ("财政支出总计", ""),
    "数.财政.收入": ("本年财政拨款收入", ""),
    "数.财政.支出": ("本年财政拨款支出", ""),
    "数.一般公共预算.支出": ("拨款", _GENERAL),
    **{f"数.{fund}.{name}": (key, fund) for fund in (_GOVERNMENT, _CAPITAL)
       for name, key in {"合计": "基金收入总计", "支出总计": "基金支出总计", "收入": "本年收入", "支出": "本年支出",
                         "年初结转": "年初结转", "年末结转": "年末结转"}.items()},
    "数.基本支出": ("基本支出", _GENERAL),
    "数.人员经费": ("人员经费", _GENERAL),
    "数.公用经费": ("公用经费", _GENERAL),
    "数.三公经费.金额": ("三公", ""),
    "数.公务用车.金额": ("车辆", ""),
    "数.运行经费.金额": ("运行经费", ""),
    "数.自评预算": ("自评预算", ""),
    "数.自评执行": ("自评执行", ""),
}  # fmt: skip

_PRINTED = re.compile(r"\{\{ *金额\((?P<figure>[\w.]{1,60})\) *\}\} *万元")
_LED = re.compile(r"(?P<before>\{\{[^{}]{1,80}\}\})?(?P<words>(?:[^{}<>%\n]|\{\{ *选项\.\w{1,20} *\}\}){2,80})$")
_LOOKED_BACK = 200
"""Characters before a figure among which its words are."""
_WHO_AND_WHEN = re.compile(r"\{\{ *(?:subject|年度|上年度|单位\.名称|选项\.\w+) *\}\}")
_OPTION = re.compile(r"\{\{ *选项\.(\w+) *\}\}")
_LAST_CLAUSE = re.compile(r"[^，。；：、]{2,40}$")
_MOST_SECTIONS = 40


def template_words(pack: AssembledPack) -> Mapping[str, Meaning]:
    """What words before a figure mean where only the pack's templates say it; what everybody calls so is left out."""
    meanings = _OF_FINAL if pack.folder == "决算" else _OF_BUDGET
    found: dict[str, Meaning] = {}
    unsure: set[str] = set()
    for source in _sources(pack):
        for printed in _PRINTED.finditer(source):
            meaning = meanings.get(printed["figure"])
            led = _LED.search(source[max(0, printed.start() - _LOOKED_BACK) : printed.start()])
            words = _words(led, pack) if led is not None and meaning is not None else ""
            if meaning is None or not words or key_of(words):
                continue
            if found.setdefault(words, meaning) != meaning:
                unsure.add(words)
    return {words: meaning for words, meaning in found.items() if words not in unsure}


def _sources(pack: AssembledPack) -> Iterator[str]:
    """The templates of sections that the pack or one above it brings, not those that all packs share."""
    sections = pack.options.get("章节")
    for name in sections[:_MOST_SECTIONS] if isinstance(sections, list | tuple) else ():
        try:
            template = pack.loader.find(f"{pack.folder}/说明/{name}.html")
            if template.partition("!")[0].partition("/")[0] != ROOT_PACK:
                yield pack.loader.get_source(None, template)[0]
        except (TemplateNotFound, FindingsError):
            continue  # whoever prints with the pack is told


def _words(led: re.Match[str], pack: AssembledPack) -> str:
    """The last words before a figure, options filled in, in one spelling; empty where they are but a part of a name."""
    filled = flat_text(_OPTION.sub(lambda option: str(pack.options.get(option[1], "")), led["words"]))
    last = _LAST_CLAUSE.search(filled)
    if last is None:
        return ""
    before = led["before"]
    if last.start() == 0 and before and not _WHO_AND_WHEN.fullmatch(before):
        return ""
    return bare(re.sub("^年度?的?", "", last[0]))
