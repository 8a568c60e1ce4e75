"""Rules about reasons: what a reason says of a figure must be what the figure does (文字与数字相符)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.catalog import ancestors
from gongkai.checks.rule import Figures, Problem, disclosure, in_file_unit, printed, rule
from gongkai.checks.subjects.reasons import Reason, reasons
from gongkai.findings import Level, Path
from gongkai.model.final.final_account import NO_VARIANCE
from gongkai.model.reading import ANSWERS_NOTHING
from gongkai.prose.numbers import ratio_percent, round_half_up

UP = "增加|增长|上升|上涨|提高|调增|新增|增多|增大|上调|追加"
DOWN = "减少|下降|降低|压减|压缩|缩减|调减|削减|核减|下调|减支|节约|不再安排"
_ANY = re.compile(f"(?P<up>{UP})|(?P<down>{DOWN})")
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")
# People who retire are paid from elsewhere: their number going up brings basic spending down as well.
# Nor does it say anything of this year's money that an attitude improves, that growth is kept down, that
# something is not added, or what was added last year.
_EITHER_WAY = re.compile(
    r"退休(人员|人数)?(增加|增多|新增)|新增退休(人员|人数)?|提高(工作|资金|使用)?(效率|效益|质量)"
    r"|提高(政治|思想)(站位|认识)|(严控|控制)[^，。；]{0,60}?(增长|增加)|增长放缓|(压减|缴费)比例[^，。；]*"
    rf"|(没有|无|未|不再|不)(?!安排)[^，。；]{{0,4}}({UP}|{DOWN})|(?<![比较与同])(上年|去年)(?!相比)[^，。；]*"
)
# Thrift is why a figure stays as it is, as well as why it falls.
_THRIFT = re.compile("(?:厉行|勤俭|坚持|倡导|提倡|注重)节约")
_CONCLUSION = re.compile(
    r"(导致|致使|使得|因此|所以|故|相应|相关)(?![^，。；]{0,60}(上年|去年|结转|结余|节余|项目支出|基本支出))[^，。；]{0,20}(经费|支出|收入|预算|决算|资金|拨款|费用?)[^，。；]{0,4}"
    rf"({UP}|{DOWN})[^，。；]{{0,2}}。?$"
)

_YEAR = r"(?:本年|今年|当年|\d{4}年)?(?:度)?"
_MONEY = r"(?:的|预决算|预算|决算|支出|收入|安排|经费|资金|金额|项目|总体|数)*"
_FLAT = re.compile(
    rf"{_YEAR}{_MONEY}(?:(?:与|同|和|较|比)?(?:上年|去年|上一年|\d{{4}}年)(?:度)?{_MONEY}(?:相比|比)?)?"
    r"(?:保持|维持)?(?P<about>基本)?(?:持平|一致|相同|相等|(?:无|没有)(?:增减|任何)?(?:变化|变动)|无增减|未变化|未变动|不变|无差异)"
)
_SAME = re.compile(r"持平|一致|相同|相等|不变|(?:无|没有)(?:增减|任何)?(?:变化|变动)|无差异|无增减")
# “新增项目” may be a part of the whole: only what is said of this very item is a claim about it.
_THIS = r"(?:(?:此|该|本)项?(?:科目|项目|预算|支出|资金|经费)?|科目)?"
_NEW = re.compile(rf"{_YEAR}(?:为)?新(?:增加?|设)的?{_THIS}。?")
_NOT_BEFORE = re.compile(rf"(?:上年|去年)(?:度)?(?:预算|决算)?(?:未|没有|无)(?:安排)?{_THIS}。?")
_NOT_NOW = re.compile(rf"{_YEAR}(?:未|没有|不再|无)(?:安排)?{_THIS}。?")
_NEITHER = re.compile(
    r"(?:两年|(?:上年|去年|\d{4}年)(?:度)?[与和、](?:本年|今年|\d{4}年)(?:度)?|(?:本年|今年)(?:度)?[与和](?:上年|去年)(?:度)?)"
    r"均?(?:未|没有|无)(?:安排|发生)?(?P<rest>[^，。；]*)。?"
)
_AMOUNT = rf"(?P<way>{UP}|{DOWN})了?(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元|%|％)"
_WHOLE = re.compile(
    r"(?:^|(?<=[，。；]))(?P<head>[^，。；]{0,12}?)(?:比|较|与|同)(?P<base>上年|去年|年初预算|全年预算)(?:度)?"
    rf"(?:预算|决算)?数?(?:相比)?，?{_AMOUNT}(?=[，。；]|$)"
)
_WHOLE_HEAD = re.compile(r"(?:本年|今年|\d{4}年|度|预算|决算|支出|收入|安排|经费|总体|总|数|合计|总计|的)*")
_PART_OF_MONEY = re.compile("项目|基本支出|人员经费|公用经费")
_PART = re.compile(_AMOUNT)
_EMPTY = re.compile(
    r"(?:同上|同前|见附件|详见附件|其他|其他原因|正常|正常变动|正常增减|变动原因|原因|主要原因|"
    r"(?:根据)?实际(?:情况|需要)|工作需要"
    # What is normal, as budgeted or simply more is no cause.
    r"|(?:属于?|系|为|均为)?(?:正常|合理)(?:范围(?:内的?)?)?(?:增减)?(?:浮动|波动|变动|变化|增减|增长|调整|支出|执行|情况|范围)"
    r"|(?:年中|年度|本年度?|当年)?预算(?:正常)?(?:调整|变动|变化|调剂|安排|执行|下达|增减)"
    r"|(?:严格)?(?:按|按照|依照|根据)(?:年初|年度|本年|批复)?的?(?:预算|计划|批复)(?:安排|执行|支出|完成|批复|数|下达)*"
    r"|(?:全部|全面|已|按时|按期|如期)?完成(?:了)?(?:年初|年度|全年|本年)?预算(?:数|任务|执行)?"
    r"|(?:与|同|和)(?:年初|年度|全年)?预算数?(?:基本)?(?:一致|持平|相符|相同)"
    r"|(?:按|按照|根据)?(?:工作|业务|实际)(?:安排|需求|需要|情况)(?:安排|调整|支出|列支)?|据实(?:列支|支出|结算)"
    r"|(?:按|按照|根据)?实际(?:支出|运行|发生|开支)(?:情况|需要|数)?|(?:本年度?)?项目(?:经费|资金)?(?:有所)?(?:调整|变动|变化)"
    rf"|(?:本年度?|今年)?(?:预算|经费|支出|费用|金额|资金)(?:安排)?(?:有所|略有)?(?:{UP}|{DOWN}|变动|变化|调整))。?"
)
_OTHERWISE_CALLED = {
    "公务用车运行费": ("公务用车费",),
    "公务用车购置费": ("公务用车费", "公务车购置费", "车辆购置费"),
    "公务用车购置及运行维护费": ("公务用车费", "公务用车购置及运行费", "公务用车购置和运行维护费"),
    "因公出国（境）费": ("因公出国(境)费", "出国（境）费", "因公出国费"),
    "公务接待费": ("接待费",),
    "“三公”经费": ("三公经费", "“三公”经费财政拨款"),
}
"""What else an item of the money is called in its own reason."""

_CENT = Decimal("0.01")
_SAME_REASON = 5
"""So many 科目 with one and the same reason are no coincidence."""


def _ways(text: str) -> set[str]:
    """Which ways a reason speaks of: up, down, both or neither; what stands in quotes is a name."""
    plain = _EITHER_WAY.sub("", _QUOTED.sub("", text))
    return {"up" if match["up"] else "down" for match in _ANY.finditer(plain)}


def says_unchanged(text: str) -> bool:
    """Whether a reason says that two figures are the same, or nearly, and nothing else."""
    return _SAME.search(text) is not None and not _ways(text)


def moved(figures: Figures, reason: Reason) -> str:
    """“……本年 3.00 万元，上年 2.00 万元，增加 1.00 万元”."""
    now = "本年" if reason.base == "上年" else "决算"
    way = "增加" if reason.change > 0 else "减少"
    by = f"{way} {printed(figures, abs(reason.change), reason.path)}" if reason.change else "没有增减"
    this, before = (printed(figures, amount, reason.path) for amount in (reason.now, reason.before))
    return f"{reason.what}{now} {this}，{reason.base} {before}，{by}"


def _contradiction(figures: Figures, reason: Reason, but: str, level: Level | None = None) -> Problem:
    stated, expected = (in_file_unit(figures, amount, reason.path) for amount in (reason.now, reason.before))
    return Problem(reason.path, f"{moved(figures, reason)}；{but}", stated, expected, level)


@rule("GK701", "请核对原因和两个数；金额无误的，写明真正使它变动的原因", Level.WARNING)
def direction_agrees(figures: Figures) -> Iterator[Problem]:
    """检查什么：金额增加的，原因不只说减少；金额减少的，原因不只说增加；没有增减的，原因不只说一边。
    为何重要：数字和文字方向相反，是公开文件里最容易被看出来的错误；结论也说反的（“导致经费减少”）按错误处理。
    依据：预算法第十四条（对重要事项作出说明）；情况说明与报表应当一致。
    怎样改：改正原因，或核对本年数、上年数。
    """
    for reason in reasons(figures):
        ways = _ways(reason.text if reason.change else _THRIFT.sub("", reason.text))
        right = "up" if reason.change > 0 else "down" if reason.change < 0 else ""
        if len(ways) != 1 or right in ways:
            continue
        if not right and (_SAME.search(reason.text) or not reason.now):
            continue
        said = "增加" if "up" in ways else "减少"
        certain = right and _CONCLUSION.search(reason.text)
        yield _contradiction(figures, reason, f"原因里却只说{said}", Level.ERROR if certain else None)


@rule("GK702", "请核对；有增减的写明变动的主要原因")
def unchanged_is_unchanged(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因说与上年（预算）持平、一致、无变化的，两个数相等；说“基本持平”的，相差不超过百分之五。
    为何重要：表上有增减而文字说没有，自相矛盾。
    依据：情况说明与报表应当一致。
    怎样改：写明变动的原因，或核对两个数。
    """
    for reason in reasons(figures):
        if not reason.change or _ways(reason.text):
            continue
        if reason.path[0] == "三公经费" and reason.text == NO_VARIANCE:
            continue  # said by the rule about 全年预算
        clauses = [clause for clause in re.split("[，。；]", reason.text) if clause]
        plain = [_without_subject(clause, reason) for clause in clauses]
        claims = [match for clause in plain if (match := _FLAT.fullmatch(clause)) and not _of_a_part(match[0], reason)]
        if not claims or abs(reason.change) <= max(_CENT, reason.before / 1000):
            continue
        if not claims[0]["about"]:
            level = None if len(claims) == len(clauses) or reason.base != "上年" else Level.WARNING
            yield _contradiction(figures, reason, "原因里却说没有变化", level)
        elif abs(reason.change) * 20 > reason.before:
            yield _contradiction(figures, reason, "原因里却说基本没有变化", Level.WARNING)


def _without_subject(clause: str, reason: Reason) -> str:
    """A clause without the name of the item that it is the reason of, when that is its subject.

    What an item is called without 费 is money only where the clause says so: the cars themselves may be as many.
    """
    for name in (reason.what, f"{reason.what.removesuffix('费')}维护费", *_OTHERWISE_CALLED.get(reason.what, ())):
        if clause.startswith(name):
            return clause.removeprefix(name)
        rest = clause.removeprefix(name.removesuffix("费"))
        if rest != clause and re.match("支出|经费|费用|预算|决算", rest):
            return rest
    return clause


def _of_a_part(clause: str, reason: Reason) -> bool:
    """Whether a clause speaks of a part of the money, or of another comparison than the reason's own."""
    part = _PART_OF_MONEY.search(clause)
    return bool(part and part[0] not in reason.what) or ("预决算" in clause and reason.base == "上年")


@rule("GK703", "请核对上年数；确有金额的，改写原因")
def new_is_new(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因说这一项是新增、上年没有的，上年数为零；说本年没有、两年均未安排的，相应的数为零。
    为何重要：上年有数而说新增，本年有数而说未安排，自相矛盾。
    依据：情况说明与报表应当一致。
    怎样改：核对两个数，或改写原因。
    """
    for reason in reasons(figures):
        if ANSWERS_NOTHING.fullmatch(reason.text.strip()):
            continue  # no reason at all, and that is said already
        neither = _NEITHER.fullmatch(reason.text)
        rest = neither["rest"] if neither else ""
        whole = not rest or reason.what.removesuffix("费") in rest or re.match("(?:此|该|本)项", rest)
        if reason.before and _NEW.fullmatch(reason.text):
            yield _contradiction(figures, reason, "原因里却说是新增的")
        elif reason.before and _NOT_BEFORE.fullmatch(reason.text):
            yield _contradiction(figures, reason, f"原因里却说{reason.base}没有")
        elif reason.now and _NOT_NOW.fullmatch(reason.text):
            yield _contradiction(figures, reason, "原因里却说本年没有")
        elif neither and whole and (reason.now or reason.before):
            yield _contradiction(figures, reason, "原因里却说两年都没有")


@rule("GK704", "请核对原因里的数；由程序算出的增减额不必在原因里再写")
def stated_change_agrees(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因里写的“比上年增加……万元”“增长……%”与算出的一致；各部分增加之和不比总的增加还多。
    为何重要：同一个增减写两处，改了一处就对不上。
    依据：一个事实只写一次；情况说明与报表应当一致。
    怎样改：删去原因里的数，或核对本年数、上年数。
    """
    for reason in reasons(figures):
        whole = [match for match in _WHOLE.finditer(reason.text) if _is_whole(match, reason)]
        for match in whole:
            yield from _stated(figures, reason, match)
        if not whole:
            yield from _parts(figures, reason)


def _is_whole(match: re.Match[str], reason: Reason) -> bool:
    """Whether a stated change is the figure's own, against the same base: not that of a wage or of a rate."""
    head, base = match["head"].removeprefix(reason.what), match["base"].replace("去年", "上年")
    return bool(_WHOLE_HEAD.fullmatch(head)) and base == reason.base


def _stated(figures: Figures, reason: Reason, match: re.Match[str]) -> Iterator[Problem]:
    figure, unit = match["figure"], match["unit"]
    said = Decimal(figure.replace(",", "")) * (-1 if re.fullmatch(DOWN, match["way"]) else 1)
    places = len(figure.partition(".")[2])
    if unit in "%％":
        if reason.before <= 0:
            return  # no growth of something
        actual = round_half_up(ratio_percent(reason.change, reason.before), places)
        told, shown = f"{figure}%", f"{abs(actual):,f}%"
    else:
        actual = round_half_up(reason.change if unit == "万元" else reason.change * 10_000, places)
        told, shown = f"{figure} {unit}", f"{abs(actual):,f} {unit}"
    rounded = unit == "元" and disclosure(figures).unit_of(reason.path[0]) == "万元"
    if abs(said - actual) > (Decimal(100) if rounded else _CENT):
        way = "增加" if actual >= 0 else "减少"
        message = f"{reason.what}的原因里说{match['way']} {told}，由两个数算出是{way} {shown}"
        yield Problem(reason.path, message, said, actual)


def _parts(figures: Figures, reason: Reason) -> Iterator[Problem]:
    """Parts that all go one way cannot be more than the whole."""
    # A change of something else, or against something else, is no part of this one.
    found = [m for m in _PART.finditer(_WHOLE.sub("", reason.text)) if m["unit"] in {"万元", "元"}]
    if not found or len(_ways(reason.text)) != 1:
        return
    parts = [Decimal(m["figure"].replace(",", "")) * (1 if m["unit"] == "万元" else Decimal("0.0001")) for m in found]
    total, change = sum(parts, Decimal(0)), abs(reason.change)
    if total > change + Decimal("0.01") * len(parts):
        whole, difference = (printed(figures, amount, reason.path) for amount in (total, change))
        message = f"{reason.what}的原因里各部分增减合计 {whole}，两个数只相差 {difference}"
        stated, expected = (in_file_unit(figures, amount, reason.path) for amount in (total, change))
        yield Problem(reason.path, message, stated, expected, Level.WARNING)


@rule("GK705", "请写明具体原因：增减了什么人、什么事、什么标准", Level.WARNING)
def reason_says_something(figures: Figures) -> Iterator[Problem]:
    """检查什么：有增减的地方，原因不是“同上”“正常浮动”“完成预算”“工作需要”之类的空话，不只是把科目或项的名称和增减再说一遍，也不是各科目全用同一句。
    为何重要：公开的说明要让人看懂为什么变；照抄的原因多半没有逐项核对。
    依据：预算法第十四条（对重要事项作出说明）；地方预决算公开操作规程。
    怎样改：逐项写明原因。
    """
    by_item: dict[Path, str] = {}
    for reason in reasons(figures):
        if not reason.change:
            continue
        if ANSWERS_NOTHING.fullmatch(reason.text.strip()):
            continue  # no reason at all, and that is said already
        if _EMPTY.fullmatch(reason.text) or _says_itself(figures, reason):
            yield _contradiction(figures, reason, "原因里没有说明为什么")
        elif "变动" in reason.path:
            by_item[reason.path[:2]] = reason.text
    if len(by_item) >= _SAME_REASON and len(set(by_item.values())) == 1:
        yield Problem((figures.item_list,), f"{len(by_item)} 个科目的变动原因是同一句话")


_MORE_OR_LESS = re.compile(
    rf"(?:预算|支出|收入)?(?:经费|资金|费用)?(?:预算|支出|收入)?(?:安排)?(?:有所|略有|相应)?(?:{UP}|{DOWN})。?"
)


def _says_itself(figures: Figures, reason: Reason) -> bool:
    """Whether a reason is the name of what it is the reason of, and that there is more or less of it."""
    section, place, *_ = reason.path
    names = [reason.what]
    if section == figures.item_list and isinstance(place, int):
        code = figures.item_codes[place]
        names = [figures.name(part) for part in (*ancestors(code), code)]
    rest = re.sub(f"^{_YEAR}", "", reason.text.strip())
    while found := next((name for name in reversed(names) if name and rest.startswith(name)), None):
        rest = rest.removeprefix(found)
        if _MORE_OR_LESS.fullmatch(rest):
            return True
    return False
