"""Of what an amount in running text is: the words before it, brought to a key that tables are known by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .sections import fund_in

_TAIL = (
    r"(?:（[^）]{1,20}）)?(?:财政拨款)?(?:支出|收入)?(?:年初|全年|调整)?(?:预算|决算)?(?:支出)?(?:总额|数额|数|金额)?"
)
"""What may stand between the name of a thing and its amount."""

_TWO_FUNDS = r"(?:政府性基金(?:预算)?|国有资本经营(?:预算)?)"
_BUDGETS = rf"(?:一般公共预算|{_TWO_FUNDS})"

_KINDS: Sequence[tuple[str, str]] = (
    ("出国", r"因公出国（?境?）?(?:费用?|经费)?" + _TAIL),
    ("车辆", r"公务(?:用车|车)购置(?:及|和|与)(?:公务用车)?运行(?:维护)?(?:费用?|经费)?" + _TAIL),
    ("购置", r"公务用车购置(?:费用?|经费)?" + _TAIL),
    ("运行", r"公务(?:用车|车用车|车)运行(?:维护)?(?:费用?|经费)?" + _TAIL),
    ("接待", r"公务接待(?:费用?|经费)?" + _TAIL),
    ("三公", r"三公经费" + _TAIL),
    ("运行经费", r"(?:机关|事业单位|单位)运行经费" + _TAIL),
    ("采购货物", r"(?:政府采购货物|货物类?采购|采购货物)" + _TAIL),
    ("采购工程", r"(?:政府采购工程|工程类?采购|采购工程)" + _TAIL),
    ("采购服务", r"(?:政府采购服务|服务类?采购|采购服务)" + _TAIL),
    ("车辆价值", r"车辆[\d,]+辆"),
    ("一般公务用车", r"一般公务用车[\d,]+辆"),
    ("执法执勤用车", r"执法执勤用车[\d,]+辆"),
    ("其他车辆", r"其他车辆[\d,]+辆"),
    ("一般公共预算结转", r"一般公共预算(?:拨款)?结转(?:结余)?"),
    ("政府性基金结转", r"政府性基金(?:预算)?(?:拨款)?结转(?:结余)?"),
    ("国有资本经营结转", r"国有资本经营(?:预算)?(?:拨款)?结转(?:结余)?"),
    ("财政专户结转", r"财政专户(?:管理资金)?结转(?:结余)?"),
    ("单位资金结转", r"单位资金结转(?:结余)?"),
    ("中小企业", r"(?<!其他政府采购项目中，)面向中小企业预留政府采购项目预算金额|授予中小企业合同金额"),
    ("小微企业", r"(?:面向)?小微企业预留政府采购项目预算金额|授予小微企业合同金额"),
    ("采购", r"(?<!预留政府)采购" + _TAIL),
    ("财政项目", r"(?<!非)财政拨款项目(?:\d+个)?"),
    ("财政项目之一", r"(?<!非)财政拨款项目有[\d,]+个(?:涉密项目)?"),
    ("其他项目之一", r"非财政拨款项目有[\d,]+个(?:涉密项目)?"),
    ("其他项目", r"非财政拨款项目(?:\d+个)?"),
    ("整体绩效", r"整体(?:预算)?绩效目标(?:[1-9]\d*个)?"),
    ("自评项目", r"绩效评价项目[\d,]+个"),
    ("自评预算", r"全年预算总额"),
    ("自评执行", r"实际执行总额"),
    ("财政收入总计", r"财政拨款收入总计"),
    ("财政支出总计", r"财政拨款支出总计"),
    ("财政总计", r"财政拨款(?:收、支总计|收支总预算|收支预算总额|收入支出总体|收入支出总计|收支总计)"),
    ("本年财政拨款收入", r"本年财政拨款收入"),
    ("本年财政拨款支出", r"本年财政拨款支出"),
    ("年初结转", r"年初(?:财政拨款)?结转和结余"),
    ("年末结转", r"年末(?:财政拨款)?结转和结余"),
    ("使用结余", r"使用非财政拨款结余(?:（[^）]{1,10}）)?"),
    ("结余分配", r"结余分配"),
    ("上年结转", r"使用上年结转结余安排的支出|上年结转(?:和)?结余(?:资金)?"),
    ("收入总计", r"收入总计"),
    ("支出总计", r"支出总计"),
    ("总计", r"收、支总计|收支总预算|收支预算总额|收入支出总体|收入支出总计|收支总计"),
    ("上级一般公共预算转移支付", r"上级一般公共预算(?:安排的?)?转移支付(?:资金)?"),
    ("上级政府性基金转移支付", r"上级政府性基金(?:预算)?(?:安排的?)?转移支付(?:资金)?"),
    ("上级国有资本经营预算转移支付", r"上级国有资本经营(?:预算)?(?:安排的?)?转移支付(?:资金)?"),
    ("上级补助收入", r"上级补助收入"),
    ("附属单位上缴收入", r"附属单位上缴收入"),
    ("经营收入", r"(?:事业单位)?经营收入"),
    ("事业收入", r"事业收入"),
    ("其他收入", r"其他收入"),
    ("财政专户", r"财政专户(?:管理)?(?:核拨)?(?:资金|拨款)?(?:收入)?|财政专户核拨"),
    ("单位资金", r"单位资金(?:收入)?"),
    ("上缴上级支出", r"上缴上级支出"),
    ("经营支出", r"经营支出"),
    ("对附属单位补助支出", r"对附属单位补助支出"),
    ("基本支出", r"基本支出(?:预算)?(?:合计)?"),
    ("项目支出", r"项目支出(?:预算)?(?:合计)?"),
    ("人员经费", r"人员经费(?:支出)?(?:预算)?(?:合计)?"),
    ("公用经费", r"(?:日常)?公用经费(?:支出)?(?:预算)?(?:合计)?"),
    ("拨款", _BUDGETS + r"(?:当年)?(?:财政)?拨款(?:支出)?(?:预算|决算)?(?:收入)?(?:合计)?"),
    ("基金收入总计", _TWO_FUNDS + r"财政拨款收入总计"),
    ("基金支出总计", _TWO_FUNDS + r"财政拨款支出总计"),
    ("基金总计", _TWO_FUNDS + r"财政拨款收入支出总(?:体|计)"),
    ("预算", r"(?<!上级)一般公共预算|(?<!上级)政府性基金(?:预算)?|(?<!上级)国有资本经营(?:预算)?"),
    ("财政收入", r"(?<!非)财政拨款收入(?:预算)?(?:合计)?"),
    ("财政支出", r"(?<!非)财政拨款支出(?:预算)?(?:合计)?"),
    ("本年收入", r"本年收入(?:合计)?|收入预算(?:总额)?|收入合计"),
    ("本年支出", r"本年支出(?:合计)?|支出预算(?:总额)?|支出合计"),
)
"""Our name of a subject, and how its words end in running text."""

_NAMING = {"三公数": "三公", "采购预算": "采购", "使用结余名称": "使用结余"}
"""Options that name one thing, and what it is."""
_NAMING_EACH: Mapping[str, Mapping[str, str]] = {
    "收入名称": {},
    "全年预算项目名称": {
        "因公出国（境）费": "出国",
        "公务用车购置费": "购置",
        "公务用车运行维护费": "运行",
        "公务接待费": "接待",
    },
}
"""Options that name several: of each of their entries what it is, where that is called otherwise here."""

_FORMS = [(key, re.compile(f"(?:{form})$")) for key, form in _KINDS]

_ROLE_WORDS = re.compile(
    r"(?P<planned>(?:年初|全年|调整|年度)预算(?:安排)?数?)|(?P<prior>(?:当年)?(?:预算)?执行数|上年(?:预算|决算)数)"
    r"|(?P<current>全年执行数|(?:支出)?决算数?|支出决算|(?:年度)?预算(?:安排)?数?|预算安排规模|安排规模|安排|涉及(?:预算)?(?:金额|资金)|价值)"
)
_LINK = re.compile(r"(?:均为|各为|均|各|为|是|共计|共|约|达到|达)$")
_NUMBER = re.compile(
    r"^(?:（?[一二三四五六七八九十]{1,3}）、?|\d{1,3}(?:[.、]|(?=[^\d年月日]))|[一二三四五六七八九十]{1,3}、|（\d{1,2}）)"
)
_YEAR = re.compile(r"(20\d\d)年(?:度)?(?:的)?")
_AMONG = re.compile(r"^(?:其中|具体为|具体包括|包括|分别是|主要包括)：?")


def bare(words: str) -> str:
    """The words of a subject without the number of an item, 其中, the year and who speaks, and 为 at the end."""
    said = _LINK.sub("", words)
    said = _AMONG.sub("", _NUMBER.sub("", said))
    years = list(_YEAR.finditer(said))
    return said[years[-1].end() :] if years else said


def year_in(words: str) -> int | None:
    """The year that the words of a subject name."""
    years = _YEAR.findall(words)
    return int(years[-1]) if years else None


def role_in(words: str) -> tuple[str, str]:
    """A subject's words without those that only say which amount of it is meant, and these: 年初预算数."""
    for start in range(len(words)):
        found = _ROLE_WORDS.fullmatch(words, start)
        if found is not None:
            return words[:start], next(name for name, said in found.groupdict().items() if said)
    return words, ""


def key_of(words: str) -> str:
    """Our name of what the words end with; empty for what is not known. The longest ending counts."""
    best, length = "", 0
    for key, form in _FORMS:
        found = form.search(words)
        if found is not None and len(found[0]) > length:
            best, length = key, len(found[0])
    return best


def own_words(options: Mapping[str, object]) -> Mapping[str, str]:
    """What a pack's options call things: its words, and our name of what they mean."""
    found = {words: key for option, key in _NAMING.items() if isinstance(words := options.get(option), str)}
    for option, keys in _NAMING_EACH.items():
        said = options.get(option)
        for name, words in said.items() if isinstance(said, dict) else ():
            found[str(words)] = keys.get(name, name)
    return {words: key for words, key in found.items() if words}


def fund_of(words: str, above: str) -> str:
    """Of which money a subject is: as its own words say, else as what stands before or above it."""
    return fund_in(words) if re.search("一般公共预算|政府性基金|国有资本", words) else above
