"""Random valid final accounts, as the data that a clerk's YAML file gives: text scalars under Chinese keys.

An account is drawn 科目 by 科目: spending, what was carried in and out, other income. Income that is
not 财政拨款 is drawn last, so that both sides balance; everything that must agree with the facts
(经济分类, 上年数 of the total, 整体自评的资金) follows from them, so that a finding against such an
account is a mistake of the rules.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from gongkai import catalog
from gongkai.document.compose import words_of
from gongkai.document.contexts import DeclaredTables
from gongkai.model.final.final_account import FinalAccount
from gongkai.model.schema import known
from gongkai.packs.open import AssembledPack, open_pack
from gongkai.source.tree import parse
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.tables.table import Table
from support.strategies import InParts, divided_parts, economic_entries, parts_of

Data = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

GENERAL, GOVERNMENT, CAPITAL, OTHER = "一般公共预算", "政府性基金预算", "国有资本经营预算", "其他资金"
FISCAL = (GENERAL, GOVERNMENT, CAPITAL)
MONEY = (*FISCAL, OTHER)
INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
OWN_SPENDING = ("上缴上级支出", "经营支出", "对附属单位补助支出")
THREE_PUBLIC = {
    "因公出国（境）费": "30212",
    "公务用车购置费": "31013",
    "公务用车运行维护费": "30231",
    "公务接待费": "30217",
}
VEHICLE_KINDS = (
    "副部（省）级及以上领导用车",
    "主要负责人用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部服务用车",
    "其他用车",
)
FISCAL_LINES = {2023: ("中央安排", "自治区安排", "地州市安排", "县市区安排"), 2024: ("上级资金", "本级资金")}
SECRET = "不可公开"
"""Stands in every text of a secret project that must never be printed."""

# Lines of 公开01表 and 04表; no unit spends under the other 类.
_GOVERNMENT_GROUPS = ("20707", "20822", "21208", "21366", "22904", "22960")
_NO_LINE = ("209", "227", "230", "233")
_ITEMS = sorted(s.code for s in catalog.functional() if len(s.code) == 7 and not s.code.startswith(_NO_LINE))
_CODES = {
    GENERAL: [code for code in _ITEMS if not code.startswith((*_GOVERNMENT_GROUPS, "223"))],
    GOVERNMENT: [code for code in _ITEMS if code.startswith(_GOVERNMENT_GROUPS)],
    CAPITAL: [code for code in _ITEMS if code.startswith("223")],
}
# The 类 of 公开06表.
_ECONOMIC = sorted(
    s.code
    for s in catalog.economic()
    if len(s.code) == 5 and s.code.startswith(("301", "302", "303", "307", "310", "312", "399"))
)

# No figures in a clerk's words: every amount of the printed prose must come from the figures; and no word
# of more or less, which would be wrong for half of the figures.
_REASONS = (
    "人员工资、社保、公积金等按政策调整",
    "落实过紧日子的要求，统筹安排一般性支出。",
    "人员和工作任务有变化",
    "项目资金按进度安排；上年结转资金在本年使用",
    "“一带一路”经贸活动安排有变化（含<口岸>调研 & 接待）",
    "{单位}职能调整，见 {{ 附件 }}",
)
_UNIT_NAMES = ("某自治州商务局", "某县教育和科学技术局", "某市第一中学", "某地区“三农”服务中心")


# --------------------------------------------------------------------------------------
# From a clerk's data to what the product makes of it


def file_data(path: Path) -> Data:
    """A file's data as the product reads them: text scalars under Chinese keys."""
    return copy.deepcopy(_parsed(path))


@cache
def _parsed(path: Path) -> Data:
    tree = parse(path.read_text(encoding="utf-8"), str(path), known())
    assert not tree.findings
    return dict(tree.data)


def account_of(data: Data) -> FinalAccount:
    """The model of a final account's data; 元 become exact 万元."""
    in_yuan = data.get("金额单位") == "元"
    context = {"scale": Decimal("0.0001") if in_yuan else Decimal(1), "places": 2 if in_yuan else 6}
    return FinalAccount.model_validate(data, context=context)


@cache
def final_pack(name: str, year: int) -> AssembledPack:
    """A template pack in its edition for final accounts of a year."""
    return open_pack(name, "决算", year)


def final_tables_of(account: FinalAccount, pack: str = "base") -> dict[str, Table]:
    """The nine statements of a final account by their keys, laid out by a pack."""
    ready = final_pack(pack, account.year)
    tables = DeclaredTables(FinalFigures(account), ready, words_of(account, ready))
    return {table.key: table for table in tables.published()}


# --------------------------------------------------------------------------------------
# Facts


@dataclass
class Subject:
    """One 科目's year in the file's smallest step, by kind of money."""

    code: str
    basic: dict[str, int] = field(default_factory=dict)
    project: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    opening: dict[str, int] = field(default_factory=dict)
    closing: dict[str, int] = field(default_factory=dict)
    income: dict[str, int] = field(default_factory=dict)
    prior: dict[str, int] = field(default_factory=dict)

    def spent(self, money: Iterable[str] = MONEY) -> int:
        wanted = set(money)
        own = sum(self.own.values()) if OTHER in wanted else 0
        return own + sum(part.get(m, 0) for part in (self.basic, self.project) for m in wanted)


@dataclass
class Ledger:
    """All facts, and how their amounts are written in the file."""

    subjects: Sequence[Subject]
    unit: str
    step: Decimal
    used: int = 0
    distributed: int = 0

    def written(self, steps: int) -> str:
        """An amount as a clerk may write it: bare, with two decimals, or with thousands separators."""
        amount = steps * self.step
        styles = (f"{amount.normalize():f}", f"{amount:.2f}", f"{amount:,.2f}")
        style = styles[steps % 3]
        return style if Decimal(style.replace(",", "")) == amount else styles[0]

    def of(self, part: str, money: Iterable[str] = MONEY) -> int:
        return sum(getattr(s, part).get(m, 0) for s in self.subjects for m in set(money))

    def spent(self, money: Iterable[str] = MONEY) -> int:
        return sum(s.spent(money) for s in self.subjects)

    @property
    def total(self) -> int:
        """收入总计, which is 支出总计."""
        return self.spent() + self.distributed + self.of("closing")


_amounts = st.one_of(st.just(0), st.integers(1, 200), st.integers(1, 5_000_000))
_positive = st.one_of(st.integers(1, 200), st.integers(1, 5_000_000))
_reasons = st.sampled_from(_REASONS)
_small = st.integers(0, 60)


def _split(draw: Draw, total: int, parts: int) -> list[int]:
    """``total`` in at most ``parts`` positive parts; nothing of zero."""
    cuts = sorted({draw(st.integers(0, total)) for _ in range(parts - 1)} | {0, total})
    return [high - low for low, high in pairwise(cuts)]


def _fiscal_year(draw: Draw, subject: Subject, money: str) -> None:
    """A fund's year under one 科目; what was carried in is spent or carried out."""
    if draw(st.integers(0, 4)) == 0:
        subject.prior[money] = draw(_positive)
        return
    if draw(st.booleans()):
        subject.basic[money] = draw(_positive)
    if money not in subject.basic or draw(st.booleans()):
        subject.project[money] = draw(_positive)
    if draw(st.booleans()):
        subject.closing[money] = draw(_positive)
    _overdraw(draw, subject, money)
    available = subject.spent((money,)) + subject.closing.get(money, 0)
    if available and draw(st.booleans()):
        subject.opening[money] = draw(st.integers(1, available))
    subject.prior[money] = draw(_amounts)


def _overdraw(draw: Draw, subject: Subject, money: str) -> None:
    """Now and then more was spent than there was: nothing is left but what is due."""
    spent = subject.spent((money,))
    if spent and draw(st.integers(0, 5)) == 0:
        subject.closing[money] = -draw(st.integers(1, spent))
        subject.opening[money] = -draw(_positive)


def _other_year(draw: Draw, subject: Subject) -> None:
    for part in (subject.basic, subject.project, subject.opening, subject.closing):
        if draw(st.booleans()):
            part[OTHER] = draw(_positive)
    for kind in draw(st.sets(st.sampled_from(OWN_SPENDING))):
        subject.own[kind] = draw(_positive)
    _overdraw(draw, subject, OTHER)


@st.composite
def _ledgers(draw: Draw) -> Ledger:
    unit = draw(st.sampled_from(("万元", "元")))
    finest = draw(st.booleans())
    step = {("万元", False): "0.01", ("万元", True): "0.000001", ("元", False): "100", ("元", True): "0.01"}
    subjects: dict[str, Subject] = {}
    other: list[Subject] = []
    funds = draw(st.lists(st.sampled_from((GENERAL, GENERAL, *FISCAL)), min_size=1, max_size=5))
    for fund in funds:
        code = draw(st.sampled_from(_CODES[fund]))
        subject = subjects.setdefault(code, Subject(code))
        if not subject.prior:
            _fiscal_year(draw, subject, fund)
        if fund == GENERAL and subject not in other and draw(st.booleans()):
            _other_year(draw, subject)
            other.append(subject)
    ledger = Ledger(tuple(subjects.values()), unit, Decimal(step[unit, finest]))
    if other:
        _balance(draw, ledger, other)
    return ledger


def _balance(draw: Draw, ledger: Ledger, other: Sequence[Subject]) -> None:
    """Income that is not 财政拨款: what makes 年初＋收入＋使用结余 equal 支出＋分配＋年末."""
    ledger.distributed = draw(_amounts)
    gap = ledger.spent((OTHER,)) + ledger.distributed + ledger.of("closing", (OTHER,)) - ledger.of("opening", (OTHER,))
    if gap < 0:
        last = other[-1]
        last.closing[OTHER] = last.closing.get(OTHER, 0) - gap
        return
    ledger.used = draw(st.sampled_from((0, gap // 3, gap)))
    for part in _split(draw, gap - ledger.used, 4):
        income = draw(st.sampled_from(other)).income
        kind = draw(st.sampled_from(INCOME))
        income[kind] = income.get(kind, 0) + part


# --------------------------------------------------------------------------------------
# The file


def _explained(draw: Draw, ledger: Ledger, prior: int) -> Data:
    return {"上年": ledger.written(prior), "原因": draw(_reasons)}


def _compared(draw: Draw, ledger: Ledger, prior: int, budget: int) -> Data:
    stated = {"年初预算": ledger.written(budget)} if budget else {}
    return {**_explained(draw, ledger, prior), **stated, "差异原因": draw(_reasons)}


def _subject_entry(draw: Draw, ledger: Ledger, subject: Subject) -> Data:
    parts = {
        "基本支出": subject.basic,
        "项目支出": subject.project,
        "收入": subject.income,
        "年初结转和结余": subject.opening,
        "年末结转和结余": subject.closing,
    }
    entry: Data = {"科目": subject.code}
    entry |= {key: {m: ledger.written(v) for m, v in part.items()} for key, part in parts.items() if part}
    entry |= {key: ledger.written(value) for key, value in subject.own.items()}
    changes = {money: _explained(draw, ledger, prior) for money, prior in subject.prior.items()}
    return entry | ({"变动": changes} if changes else {})


def _comparisons(draw: Draw, ledger: Ledger, fiscal_budget: int) -> Data:
    """Totals of both years: last year's are what was spent and what was left, the budget is that of its funds."""
    funds = [f for f in (GOVERNMENT, CAPITAL) if any(f in subject.prior for subject in ledger.subjects)]
    general, *budgets = _shares(draw, fiscal_budget, 1 + len(funds))
    prior = ledger.of("prior", FISCAL) + ledger.of("opening", FISCAL)
    stated = {
        "收支总计": _explained(draw, ledger, prior + draw(_amounts)),
        "财政拨款": _compared(draw, ledger, prior, fiscal_budget),
        GENERAL: _compared(draw, ledger, ledger.of("prior", (GENERAL,)), general),
    }
    for fund, budget in zip(funds, budgets, strict=True):
        whole = ledger.of("prior", (fund,)) + ledger.of("opening", (fund,))
        stated[fund] = _compared(draw, ledger, whole, budget)
    return stated


def _by_economic(draw: Draw, ledger: Ledger) -> dict[str, int]:
    codes = draw(st.lists(st.sampled_from(_ECONOMIC), min_size=1, max_size=8, unique=True))
    parts = _split(draw, ledger.of("basic", (GENERAL,)), len(codes))
    return dict(zip(codes, parts, strict=False))


def _three_public(draw: Draw, ledger: Ledger, by_economic: dict[str, int]) -> Data:
    """“三公”经费: what basic spending has under the same 款, and perhaps more; never above its budget."""
    stated: Data = {"原因": draw(_reasons), "差异原因": draw(_reasons), "公务用车原因": draw(_reasons)}
    counts = {
        "因公出国（境）费": ("团组数", "人次"),
        "公务用车购置费": ("购置数",),
        "公务用车运行维护费": ("保有量",),
        "公务接待费": ("批次", "人次"),
    }
    for name, code in THREE_PUBLIC.items():
        spent = by_economic.get(code, 0) + (draw(_amounts) if draw(st.integers(0, 2)) == 0 else 0)
        figures = {"支出": spent, "上年": draw(_amounts), "全年预算": spent + draw(st.sampled_from((0, 0, 1, 30_000)))}
        item: Data = {key: ledger.written(value) for key, value in figures.items() if value}
        item["差异原因"] = draw(_reasons)
        if name in {"因公出国（境）费", "公务接待费"}:
            item["原因"] = draw(_reasons)
        if spent:
            numbers = sorted(draw(st.integers(1, 3000)) for _ in counts[name])  # parties, then their people
            item |= {count: str(number) for count, number in zip(counts[name], numbers, strict=True)}
            item |= {} if name == "公务用车购置费" else {"开支内容": "差旅费、燃料费、用餐费等。"}
        if name == "公务用车运行维护费":
            item["保有量差异原因"] = draw(_reasons)
        stated[name] = item
    return stated


def _funding(draw: Draw, ledger: Ledger, adjusted: int, original: int | None = None) -> Data:
    spent = draw(st.integers(0, adjusted))
    figures = {"年初预算": draw(_amounts) if original is None else original, "全年预算": adjusted, "执行": spent}
    return {key: ledger.written(value) for key, value in figures.items() if value}


def _results(draw: Draw, mark: str, *, project: bool) -> list[Data]:
    weights = draw(st.sampled_from((("90",), ("40", "50"), ("30", "30", "30"), ("44.5", "45.5"))))
    results = []
    for number, weight in enumerate(weights, 1):
        result: Data = {
            "一级": "产出指标",
            "二级": draw(st.sampled_from(("数量指标", "质量指标"))),
            "三级": f"{mark}完成情况{number}",
            "指标值": ">=5批次",
            "依据": "计划标准",
            "权重": weight,
            "完成值": "5批次",
            "得分": draw(st.sampled_from((weight, "0", "18.52", "30"))),
        }
        if project and draw(st.booleans()):
            result["偏差原因"] = f"{mark}项目启动较晚。\n改进措施：加快支付进度。"
        results.append(result)
    return results


def _project(draw: Draw, ledger: Ledger, number: int) -> Data:
    secret = draw(st.integers(0, 4)) == 0
    mark = SECRET if secret else ""
    project: Data = {
        "名称": f"{mark}商务<工作>经费 & 展会之{number}",
        "预期目标": f"{mark}推动各项工作按期完成",
        "完成情况": f"{mark}各项工作已经完成",
        "指标": _results(draw, mark, project=True),
    }
    for key in ("财政拨款", "其他资金"):
        if draw(st.booleans()):
            project[key] = _funding(draw, ledger, draw(_amounts))
    if draw(st.booleans()):
        project["实施单位"] = f"{mark}某下属中心"
    return project | ({"涉密": draw(st.sampled_from(("是", "true")))} if secret else {})


def _unit_evaluation(draw: Draw, ledger: Ledger, year: int, fiscal_budget: int) -> Data:
    """整体自评, whose money is that of the account: 收入总计, 本年支出, and the original budget."""
    lines = FISCAL_LINES[year]
    other = ledger.total - (ledger.spent(FISCAL) + ledger.of("closing", FISCAL))
    wholes = (fiscal_budget, ledger.total - other, ledger.spent(FISCAL))
    columns = [_shares(draw, whole, len(lines)) for whole in wholes]
    rows = [dict(zip(("年初预算", "全年预算", "执行"), row, strict=True)) for row in zip(*columns, strict=True)]
    funding = dict(zip(lines, rows, strict=True))
    funding["其他资金"] = {"年初预算": draw(_amounts), "全年预算": other, "执行": ledger.spent((OTHER,))}
    return {
        "资金": {line: {key: ledger.written(v) for key, v in row.items() if v} for line, row in funding.items()},
        "预期目标": "目标：保障运转\n目标：完成任务",
        "完成情况": "已经完成",
        "指标": _results(draw, "", project=False),
    }


def _shares(draw: Draw, total: int, parts: int) -> list[int]:
    """``total`` in exactly ``parts`` parts, some of which may be zero."""
    cuts = [0, *sorted(draw(st.integers(0, total)) for _ in range(parts - 1)), total]
    return [high - low for low, high in pairwise(cuts)]


def _assets(draw: Draw, ledger: Ledger) -> Data:
    kinds = draw(st.sets(st.sampled_from(VEHICLE_KINDS)))
    fleet: Data = {"价值": ledger.written(draw(_amounts)), **{kind: str(draw(_small)) for kind in sorted(kinds)}}
    if "其他用车" in kinds:
        fleet["其他用车说明"] = "一般公务用车。"
    assets: Data = {"房屋": {"面积": "1,418.73", "价值": ledger.written(draw(_amounts))}, "车辆": fleet}
    if draw(st.booleans()):
        assets["固定资产原值"] = ledger.written(draw(_amounts))
    return assets | {"100万元以上设备": str(draw(_small))}


def _procurement(draw: Draw, ledger: Ledger) -> Data:
    kinds = {kind: draw(_amounts) for kind in ("货物", "工程", "服务")}
    small_medium = draw(st.integers(0, sum(kinds.values())))
    given = {"授予中小企业": small_medium, "授予小微企业": draw(st.integers(0, small_medium))}
    return {name: ledger.written(amount) for name, amount in (kinds | given).items()}


def _head(draw: Draw, ledger: Ledger, year: int) -> Data:
    people = {}
    for kind in ("在职", "退休"):
        count = draw(_small)
        people[kind] = {"人数": str(count), "增减": str(draw(st.integers(-5, min(5, count))))}
    organisation = {"内设机构": ["办公室", "内贸科"]} if draw(st.booleans()) else {}
    organisation |= {"下属单位": ["某招商服务中心"]} if draw(st.booleans()) else {}
    profile: Data = {"主要职能": ["贯彻执行有关方针政策。", "完成交办的其他任务。"], "人员": people}
    head: Data = {
        "文种": "决算",
        "年度": str(year),
        "金额单位": ledger.unit,
        "公开日期": f"{year + 1}-08-20",
        "单位": {
            "名称": draw(st.sampled_from(_UNIT_NAMES)),
            "性质": draw(st.sampled_from(("行政单位", "参公事业单位", "事业单位"))),
        },
        "概况": profile | ({"机构设置": organisation} if organisation else {}),
    }
    if scope := draw(st.sampled_from((None, "单位", "部门"))):
        head["口径"] = scope
    return head


def _running_costs(draw: Draw, ledger: Ledger, by_economic: Mapping[str, int | InParts]) -> Data:
    """All of 公用经费, or a part of it that is stated."""
    operating = sum(parts_of(code, stated)[1] for code, stated in by_economic.items())
    stated = {"本年": ledger.written(min(operating, draw(_amounts)))} if draw(st.integers(0, 3)) == 0 else {}
    return {**_explained(draw, ledger, draw(_amounts)), **stated}


@st.composite
def final_accounts(draw: Draw) -> Data:
    """The data of a valid final account; only a missing evaluation or narrative may earn a warning."""
    year = draw(st.sampled_from((2023, 2024)))
    ledger = draw(_ledgers())
    by_economic = _by_economic(draw, ledger)
    divided = divided_parts(draw, by_economic)
    fiscal_budget = draw(_amounts)
    projects = [_project(draw, ledger, number) for number in range(draw(st.integers(0, 2)))]
    data: Data = {
        **_head(draw, ledger, year),
        "科目收支": [_subject_entry(draw, ledger, s) for s in draw(st.permutations(list(ledger.subjects)))],
        "总体变动": _comparisons(draw, ledger, fiscal_budget),
        "三公经费": _three_public(draw, ledger, by_economic),
        "机关运行经费": _running_costs(draw, ledger, divided),
    }
    parts: Data = {
        "使用非财政拨款结余": ledger.written(ledger.used) if ledger.used else None,
        "结余分配": ledger.written(ledger.distributed) if ledger.distributed else None,
        "基本支出经济分类": economic_entries(ledger.written, divided),
        "政府采购": _procurement(draw, ledger) if draw(st.booleans()) else None,
        "国有资产": _assets(draw, ledger) if draw(st.booleans()) else None,
        "整体绩效自评": _unit_evaluation(draw, ledger, year, fiscal_budget) if draw(st.booleans()) else None,
        "项目绩效自评": projects,
        "绩效管理": {"成效": ["成效显著"], "问题": ["经验不足。"], "措施": ["加强培训", "加强管理"]}
        if draw(st.booleans())
        else None,
        "其他说明": ["没有其他\n说明。"] if draw(st.booleans()) else None,
    }
    return data | {key: part for key, part in parts.items() if part}
