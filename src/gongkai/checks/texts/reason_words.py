"""The words by which a reason says what a figure does: more, less, unchanged, new, or nothing at all."""

from __future__ import annotations

import re

UP = "增加|增长|上升|上涨|提高|调增|新增|增多|增大|上调|追加"
DOWN = "减少|下降|降低|压减|压缩|缩减|调减|削减|核减|下调|减支|节约|不再安排"
ANY = re.compile(f"(?P<up>{UP})|(?P<down>{DOWN})")
QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")
# People who retire are paid from elsewhere: their number going up brings basic spending down as well.
# Nor does it say anything of this year's money that an attitude improves, that growth is kept down, that
# something is not added, or what was added last year.
EITHER_WAY = re.compile(
    rf"""
    # 例：退休人员增加
    退休(人员|人数)?(增加|增多|新增)|新增退休(人员|人数)?|提高(工作|资金|使用)?(效率|效益|质量)
    |提高(政治|思想)(站位|认识)|(严控|控制)[^，。；]{{0,60}}?(增长|增加)
    |增长放缓|(压减|缴费)比例[^，。；]*
    |(没有|无|未|不再|不)(?!安排)[^，。；]{{0,4}}({UP}|{DOWN})
    |(?<![比较与同])(上年|去年)(?!相比)[^，。；]*
    """,
    re.VERBOSE,
)
# Thrift is why a figure stays as it is, as well as why it falls.
THRIFT = re.compile("(?:厉行|勤俭|坚持|倡导|提倡|注重)节约")
CONCLUSION = re.compile(
    rf"""
    # 例：相应经费减少
    (导致|致使|使得|因此|所以|故|相应|相关)(?![^，。；]{{0,60}}(上年|去年|结转|结余|节余|项目支出|基本支出))[^，。；]{{0,20}}(经费|支出|收入|预算|决算|资金|拨款|费用?)[^，。；]{{0,4}}
    ({UP}|{DOWN})[^，。；]{{0,2}}。?$
    """,
    re.VERBOSE,
)

YEAR = r"(?:本年|今年|当年|\d{4}年)?(?:度)?"
MONEY = r"(?:的|预决算|预算|决算|支出|收入|安排|经费|资金|金额|项目|总体|数)*"
FLAT = re.compile(
    rf"""
    # 例：与上年持平
    {YEAR}{MONEY}(?:(?:与|同|和|较|比)?(?:上年|去年|上一年|\d{{4}}年)(?:度)?{MONEY}(?:相比|比)?)?
    (?:保持|维持)?(?P<about>基本)?(?:持平|一致|相同|相等|(?:无|没有)(?:增减|任何)?(?:变化|变动)|无增减|未变化|未变动|不变|无差异)
    """,
    re.VERBOSE,
)
SAME = re.compile(r"持平|一致|相同|相等|不变|(?:无|没有)(?:增减|任何)?(?:变化|变动)|无差异|无增减")
# “新增项目” may be a part of the whole: only what is said of this very item is a claim about it.
THIS = r"(?:(?:此|该|本)项?(?:科目|项目|预算|支出|资金|经费)?|科目)?"
NEW = re.compile(rf"{YEAR}(?:为)?新(?:增加?|设)的?{THIS}。?")
NOT_BEFORE = re.compile(rf"(?:上年|去年)(?:度)?(?:预算|决算)?(?:未|没有|无)(?:安排)?{THIS}。?")
NOT_NOW = re.compile(rf"{YEAR}(?:未|没有|不再|无)(?:安排)?{THIS}。?")
NEITHER = re.compile(
    r"""
    # 例：两年均无支出
    (?:两年|(?:上年|去年|\d{4}年)(?:度)?[与和、](?:本年|今年|\d{4}年)(?:度)?|(?:本年|今年)(?:度)?[与和](?:上年|去年)(?:度)?)
    均?(?:未|没有|无)(?:安排|发生)?(?P<rest>[^，。；]*)。?
    """,
    re.VERBOSE,
)
AMOUNT = rf"(?P<way>{UP}|{DOWN})了?(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元|%|％)"
WHOLE = re.compile(
    rf"""
    # 例：比上年增加5万元。
    (?:^|(?<=[，。；]))(?P<head>[^，。；]{{0,12}}?)(?:比|较|与|同)(?P<base>上年|去年|年初预算|全年预算)(?:度)?
    (?:预算|决算)?数?(?:相比)?，?{AMOUNT}(?=[，。；]|$)
    """,
    re.VERBOSE,
)
WHOLE_HEAD = re.compile(r"(?:本年|今年|\d{4}年|度|预算|决算|支出|收入|安排|经费|总体|总|数|合计|总计|的)*")
PART_OF_MONEY = re.compile("项目|基本支出|人员经费|公用经费")
PART = re.compile(AMOUNT)
EMPTY = re.compile(
    rf"""
    # 例：正常变动
    (?:同上|同前|见附件|详见附件|其他|其他原因|正常|正常变动|正常增减|变动原因|原因|主要原因|
    (?:根据)?实际(?:情况|需要)|工作需要
    # What is normal, as budgeted or simply more is no cause.
    |(?:属于?|系|为|均为)?(?:正常|合理)(?:范围(?:内的?)?)?(?:增减)?(?:浮动|波动|变动|变化|增减|增长|调整|支出|执行|情况|范围)
    |(?:年中|年度|本年度?|当年)?预算(?:正常)?(?:调整|变动|变化|调剂|安排|执行|下达|增减)
    |(?:严格)?(?:按|按照|依照|根据)(?:年初|年度|本年|批复)?的?(?:预算|计划|批复)(?:安排|执行|支出|完成|批复|数|下达)*
    |(?:全部|全面|已|按时|按期|如期)?完成(?:了)?(?:年初|年度|全年|本年)?预算(?:数|任务|执行)?
    |(?:与|同|和)(?:年初|年度|全年)?预算数?(?:基本)?(?:一致|持平|相符|相同)
    |(?:按|按照|根据)?(?:工作|业务|实际)(?:安排|需求|需要|情况)(?:安排|调整|支出|列支)?
    |据实(?:列支|支出|结算)
    |(?:按|按照|根据)?实际(?:支出|运行|发生|开支)(?:情况|需要|数)?|(?:本年度?)?项目(?:经费|资金)?(?:有所)?(?:调整|变动|变化)
    |(?:本年度?|今年)?(?:预算|经费|支出|费用|金额|资金)(?:安排)?(?:有所|略有)?(?:{UP}|{DOWN}|变动|变化|调整))。?
    """,
    re.VERBOSE,
)
MORE_OR_LESS = re.compile(
    rf"""
    # 例：经费有所增加
    (?:预算|支出|收入)?(?:经费|资金|费用)?(?:预算|支出|收入)?(?:安排)?(?:有所|略有|相应)?(?:{UP}|{DOWN})。?
    """,
    re.VERBOSE,
)
