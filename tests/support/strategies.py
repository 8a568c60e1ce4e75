"""Random valid budgets, as the data that a clerk's YAML file gives: text scalars under Chinese keys.

A budget is drawn from its primary facts, amounts of money with their coordinates
(功能科目 × 资金来源 × 支出性质, this year's and last year's); everything that must agree with
them (经济分类, 项目, 上年数 of every total, 核定数) follows from the same facts, so that a finding
against such a budget is a mistake of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from gongkai import catalog

Data = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

GENERAL_SOURCES = ("一般公共预算", "上级一般公共预算转移支付")
GOVERNMENT_SOURCES = ("政府性基金预算", "上级政府性基金转移支付")
CAPITAL_SOURCES = ("国有资本经营预算", "上级国有资本经营预算转移支付")
FUND_SOURCES = {
    "一般公共预算": GENERAL_SOURCES,
    "政府性基金预算": GOVERNMENT_SOURCES,
    "国有资本经营预算": CAPITAL_SOURCES,
    "财政专户": ("财政专户",),
    "单位资金": ("单位资金",),
}
FISCAL_FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
FISCAL_CARRIED = ("一般公共预算结转", "政府性基金预算结转", "国有资本经营预算结转")
OTHER_CARRIED = ("财政专户结转结余", "单位资金结转结余")
CARRIED_SOURCES = (*FISCAL_CARRIED, *OTHER_CARRIED)
CURRENT_SOURCES = tuple(source for sources in FUND_SOURCES.values() for source in sources)
OWN_INCOME = ("事业收入", "上级补助收入", "附属单位上缴收入", "事业单位经营收入", "其他收入")
ECONOMIC_CLASSES = ("301", "302", "303", "307", "309", "310", "311", "312", "313", "399")
THREE_PUBLIC_ITEMS = {
    "因公出国（境）费": "30212",
    "公务用车购置费": "31013",
    "公务用车运行费": "30231",
    "公务接待费": "30217",
}

_GOVERNMENT_GROUPS = ("20707", "20822", "21208", "21366", "22904", "22960")
_ITEMS = sorted(subject.code for subject in catalog.functional() if len(subject.code) == 7)
_CODES = {
    "政府性基金预算": [code for code in _ITEMS if code.startswith(_GOVERNMENT_GROUPS)],
    "国有资本经营预算": [code for code in _ITEMS if code.startswith("223")],
    "一般公共预算": [code for code in _ITEMS if not code.startswith((*_GOVERNMENT_GROUPS, "223"))],
}
_SOURCES = {
    "政府性基金预算": (*GOVERNMENT_SOURCES, "政府性基金预算结转"),
    "国有资本经营预算": (*CAPITAL_SOURCES, "国有资本经营预算结转"),
    "一般公共预算": (*GENERAL_SOURCES, "一般公共预算结转", "财政专户", "单位资金", *OTHER_CARRIED),
}
_BASIC_ECONOMIC = sorted(
    subject.code
    for subject in catalog.economic()
    if len(subject.code) == 5 and subject.code[:3] in {"301", "302", "303", "310"}
)
_ANY_ECONOMIC = sorted(
    subject.code for subject in catalog.economic() if subject.code not in THREE_PUBLIC_ITEMS.values()
)

# No figures in a clerk's words: every amount of the printed prose must come from the figures; and no word
# of more or less, which would be wrong for half of the figures.
_REASONS = (
    "本年人员工资、社保、公积金等按政策调整",
    "落实过紧日子的要求，统筹安排一般性支出。",
    "人员和工作任务有变化",
    "上级提前下达的转移支付有变化；项目按进度实施",
    "“一带一路”经贸活动安排有变化（含<口岸>调研 & 接待）",
    "{单位}职能调整，见 {{ 附件 }}",
)
_PROJECT_NAMES = ("商务工作经费", "“访惠聚”驻村工作经费", "5G+智慧商务（二期）", "A&B<试点>项目", "{年度}年专项")
_UNIT_NAMES = ("某自治州商务局", "某县教育和科学技术局", "某市第一中学", "某地区“三农”服务中心")
SECRET = "机密内容"
"""Stands in every text of a secret project, which must never be printed."""
SECRET_REASON = "机密原因"
"""Stands in the reason for a change of money that is a secret project's alone."""


@dataclass(frozen=True)
class _Fact:
    """Money under one 科目 from one source, for 基本支出 or 项目支出, in the file's smallest step."""

    code: str
    source: str
    nature: str
    now: int
    prior: int


@dataclass(frozen=True)
class _Ledger:
    """The facts, and how their amounts are written in the file."""

    unit: str
    step: Decimal
    facts: Sequence[_Fact] = ()

    @property
    def positive(self) -> st.SearchStrategy[int]:
        """Something: small change, or anything up to two hundred million 元."""
        largest = Decimal(2 * 10**8 if self.unit == "元" else 2 * 10**4)
        return st.one_of(st.integers(1, 200), st.integers(1, int(largest / self.step)))

    @property
    def amounts(self) -> st.SearchStrategy[int]:
        """Something or nothing."""
        return st.one_of(st.just(0), self.positive)

    def written(self, steps: int) -> str:
        """An amount as a clerk may write it: bare, with two decimals, or with thousands separators."""
        amount = steps * self.step
        styles = (f"{amount.normalize():f}", f"{amount:.2f}", f"{amount:,.2f}")
        style = styles[steps % 3]
        return style if Decimal(style.replace(",", "")) == amount else styles[0]

    def now(self, sources: Iterable[str] | None = None, nature: str | None = None, code: str = "") -> int:
        return sum(fact.now for fact in self._chosen(sources, nature, code))

    def prior(self, sources: Iterable[str] | None = None, nature: str | None = None, code: str = "") -> int:
        return sum(fact.prior for fact in self._chosen(sources, nature, code))

    def _chosen(self, sources: Iterable[str] | None, nature: str | None, code: str) -> list[_Fact]:
        wanted = None if sources is None else set(sources)
        return [
            fact
            for fact in self.facts
            if (wanted is None or fact.source in wanted)
            and (nature is None or fact.nature == nature)
            and fact.code.startswith(code)
        ]


_reasons = st.sampled_from(_REASONS)
_small = st.integers(0, 60)


InParts = tuple[int, int]
"""人员经费 and 公用经费 of one 款."""


def divided_parts(draw: Draw, by_economic: Mapping[str, int]) -> dict[str, int | InParts]:
    """The same money, one 款 now and then divided into 人员经费 and 公用经费."""
    parts: dict[str, int | InParts] = dict(by_economic)
    if by_economic and draw(st.integers(0, 3)) == 0:
        code = draw(st.sampled_from(sorted(by_economic)))
        staff = draw(st.integers(0, by_economic[code]))
        parts[code] = staff, by_economic[code] - staff
    return parts


def parts_of(code: str, stated: int | InParts) -> InParts:
    """人员经费 and 公用经费 of a 款: its 类 decides where they are not stated apart."""
    if isinstance(stated, tuple):
        return stated
    return (stated, 0) if code[:3] in {"301", "303"} else (0, stated)


def economic_entries(written: Callable[[int], str], parts: Mapping[str, int | InParts]) -> Data:
    """基本支出经济分类 as a clerk writes it."""
    return {
        code: dict(zip(("人员经费", "公用经费"), map(written, stated), strict=True))
        if isinstance(stated, tuple)
        else written(stated)
        for code, stated in parts.items()
    }


def economic_parts(amount: Callable[[Any], Decimal], code: str, stated: str | Data) -> tuple[Decimal, Decimal]:
    """人员经费 and 公用经费 of what a file states for a 款."""
    if isinstance(stated, str):
        whole, nothing = amount(stated), Decimal(0)
        return (whole, nothing) if code[:3] in {"301", "303"} else (nothing, whole)
    return amount(stated.get("人员经费")), amount(stated.get("公用经费"))


def _split(draw: Draw, total: int, parts: int) -> list[int]:
    """``total`` in at most ``parts`` positive parts."""
    cuts = sorted({draw(st.integers(0, total)) for _ in range(parts - 1)} | {0, total})
    return [high - low for low, high in pairwise(cuts)]


@st.composite
def _ledgers(draw: Draw) -> _Ledger:
    unit = draw(st.sampled_from(("万元", "元")))
    finest = draw(st.booleans())
    step = {("万元", False): "0.01", ("万元", True): "0.000001", ("元", False): "100", ("元", True): "0.01"}
    empty = _Ledger(unit, Decimal(step[unit, finest]))
    facts: dict[tuple[str, str, str], _Fact] = {}

    def add(code: str, source: str, nature: str, now: int, prior: int) -> None:
        facts.setdefault((code, source, nature), _Fact(code, source, nature, now, prior))

    funds = draw(st.lists(st.sampled_from(("一般公共预算", *_CODES)), min_size=1, max_size=5))
    for fund in funds:
        code = draw(st.sampled_from(_CODES[fund]))
        for source in draw(st.lists(st.sampled_from(_SOURCES[fund]), min_size=1, max_size=3, unique=True)):
            for nature in draw(st.sampled_from((("基本支出",), ("项目支出",), ("基本支出", "项目支出")))):
                now = draw(empty.amounts)
                add(code, source, nature, now, draw(empty.amounts if now else empty.positive))
    if not any(fact.now for fact in facts.values()):
        code = draw(st.sampled_from([code for code in _CODES["一般公共预算"] if code not in {c for c, _, _ in facts}]))
        add(code, "一般公共预算", "基本支出", draw(empty.positive), draw(empty.amounts))
    return replace(empty, facts=tuple(facts.values()))


def _explained(draw: Draw, ledger: _Ledger, prior: int) -> Data:
    return {"上年": ledger.written(prior), "原因": draw(_reasons)}


def _explanations(draw: Draw, ledger: _Ledger, figures: dict[str, tuple[int, int]]) -> Data:
    """Last year's figure and the reason where either year has something; elsewhere only now and then."""
    idle_too = draw(st.integers(0, 4)) == 0
    return {name: _explained(draw, ledger, prior) for name, (now, prior) in figures.items() if now or prior or idle_too}


def _income(draw: Draw, ledger: _Ledger) -> Data:
    figures = {source: (ledger.now([source]), ledger.prior([source])) for source in CURRENT_SOURCES}
    figures["上年结转结余"] = (ledger.now(CARRIED_SOURCES), ledger.prior(CARRIED_SOURCES))
    income = _explanations(draw, ledger, figures)
    own = ledger.now(["单位资金"])
    if own and draw(st.booleans()):
        kinds = draw(st.permutations(OWN_INCOME))
        parts = _split(draw, own, draw(st.integers(1, 3)))
        income["单位资金"]["构成"] = {k: ledger.written(part) for k, part in zip(kinds, parts, strict=False)}
    return income


def _basic_spending(draw: Draw, ledger: _Ledger, facts: Iterable[_Fact]) -> Data:
    """基本支出 of one 科目: undivided for 一般公共预算, in 人员 and 公用 where the tables have both columns."""
    entry: Data = {}
    for fact in facts:
        free = fact.source in {"财政专户", "单位资金"}
        if fact.source in GENERAL_SOURCES or (free and draw(st.booleans())):
            entry.setdefault("基本支出", {})[fact.source] = ledger.written(fact.now)
            continue
        staff = draw(st.integers(0, fact.now))
        for key, part in (("人员经费", staff), ("公用经费", fact.now - staff)):
            if part:
                entry.setdefault(key, {})[fact.source] = ledger.written(part)
    return entry


def _expenditures(draw: Draw, ledger: _Ledger) -> list[Data]:
    entries = []
    for code in draw(st.permutations(sorted({fact.code for fact in ledger.facts}))):
        zero_too = draw(st.booleans())
        spent = [fact for fact in ledger.facts if fact.code == code and (fact.now or zero_too)]
        entry: Data = {"科目": code}
        entry |= _basic_spending(draw, ledger, [fact for fact in spent if fact.nature == "基本支出"])
        project = {fact.source: ledger.written(fact.now) for fact in spent if fact.nature == "项目支出"}
        if project:
            entry["项目支出"] = project
        changes = {
            fund: (ledger.now(sources, code=code), ledger.prior(sources, code=code))
            for fund, sources in FUND_SOURCES.items()
        }
        other_funds_too = draw(st.booleans())
        explained = {
            fund: _explained(draw, ledger, figures[1])
            for fund, figures in changes.items()
            if any(figures) and (fund in FISCAL_FUNDS or other_funds_too)
        }
        if explained:
            entry["变动"] = explained
        if len(entry) > 1:
            entries.append(entry)
    return entries


def _expenditure_changes(draw: Draw, ledger: _Ledger) -> Data:
    def of(nature: str, sources: Iterable[str] | None = None) -> tuple[int, int]:
        return ledger.now(sources, nature), ledger.prior(sources, nature)

    figures = {
        "基本支出": of("基本支出"),
        "项目支出": of("项目支出"),
        "一般公共预算基本支出": of("基本支出", GENERAL_SOURCES),
        "一般公共预算项目支出": of("项目支出", GENERAL_SOURCES),
    }
    return _explanations(draw, ledger, figures)


def _by_economic(draw: Draw, ledger: _Ledger) -> dict[str, int]:
    total = ledger.now(GENERAL_SOURCES, "基本支出")
    codes = draw(st.lists(st.sampled_from(_BASIC_ECONOMIC), min_size=1, max_size=8, unique=True))
    parts = _split(draw, total, len(codes))
    return dict(zip(codes, parts, strict=False))


def _target(draw: Draw, words: Data, goal: str, tail: Data) -> Data:
    weights = draw(st.sampled_from((("90",), ("40", "50"), ("30", "30", "30"), ("44.5", "45.5"), ("10", "20", "60"))))
    levels = draw(st.sampled_from((("产出指标", "数量指标"), ("效益指标", "社会效益指标"))))
    indicators = [
        {
            "一级": levels[0],
            "二级": levels[1],
            "三级": f"完成情况{i}",
            "指标值": ">=5批次",
            "依据": "计划标准",
            "权重": w,
        }
        for i, w in enumerate(weights)
    ]
    return {**words, goal: "推动各项工作按期完成", "指标": [{**indicator, **tail} for indicator in indicators]}


def _projects(draw: Draw, ledger: _Ledger) -> list[Data]:
    """Projects whose money adds up to 项目支出, coordinate by coordinate."""
    money: list[list[Data]] = [[] for _ in range(draw(st.integers(1, 3)))]
    for fact in ledger.facts:
        if fact.nature != "项目支出" or not fact.now:
            continue
        for part in _split(draw, fact.now, draw(st.integers(1, 2))):
            line = {"科目": fact.code, "来源": fact.source, "金额": ledger.written(part)}
            economic = draw(st.sampled_from((*ECONOMIC_CLASSES, *_ANY_ECONOMIC)))
            draw(st.sampled_from(money)).append(line | {"经济分类": economic})
    return [_project(draw, number, lines) for number, lines in enumerate(money, 1) if lines]


def _project(draw: Draw, number: int, lines: list[Data]) -> Data:
    secret = draw(st.integers(0, 4)) == 0
    mark = SECRET if secret else ""
    # Of its own: where another project is called almost the same, the warning that a secret is told is right.
    name = "夜间器材采购" if secret else draw(st.sampled_from(_PROJECT_NAMES))
    project: Data = {"名称": f"{mark}{name}之{number}", "资金": lines}
    general = any(line["来源"] in GENERAL_SOURCES for line in lines)
    if (general and not secret) or draw(st.booleans()):
        project |= {
            "政策依据": f"{mark}根据某财预〔某年〕某号文件",
            "资金分配": f"{mark}用于展会、调研和\n办公",
            "执行时间": f"{mark}全年",
        }
    if draw(st.booleans()):
        project["承担单位"] = f"{mark}某下属中心"
    if secret:
        project["涉密"] = draw(st.sampled_from(("是", "true")))
    if draw(st.integers(0, 3)):
        tail = {"赋分规则": f"{mark}满意度赋分"} if draw(st.booleans()) else {}
        project["绩效目标"] = _target(draw, {"负责人": f"{mark}×××"}, "总体目标", tail)
    return project


def _three_public(draw: Draw, ledger: _Ledger, by_economic: dict[str, int]) -> Data:
    """“三公”经费: what basic spending has under the same 款, and perhaps more out of projects."""
    left = {
        "一般公共预算": ledger.now(GENERAL_SOURCES, "项目支出"),
        "政府性基金预算": ledger.now(GOVERNMENT_SOURCES),
        "国有资本经营预算": ledger.now(CAPITAL_SOURCES),
    }
    items: Data = {}
    for name, code in THREE_PUBLIC_ITEMS.items():
        item: Data = {"原因": draw(_reasons)}
        for fund, available in left.items():
            more = draw(st.integers(0, available)) if draw(st.integers(0, 3)) == 0 else 0
            left[fund] -= more
            amount = more + (by_economic.get(code, 0) if fund == "一般公共预算" else 0)
            if amount:
                item[fund] = ledger.written(amount)
        if prior := draw(ledger.amounts):
            item["上年"] = ledger.written(prior)
        items[name] = item
    return items


def _procurement(draw: Draw, ledger: _Ledger) -> Data:
    kinds = {kind: draw(ledger.amounts) for kind in ("货物", "工程", "服务")}
    small_medium = draw(st.integers(0, sum(kinds.values())))
    reserved = {"面向中小企业": small_medium, "面向小微企业": draw(st.integers(0, small_medium))}
    return {name: ledger.written(amount) for name, amount in (kinds | reserved).items()}


def _assets(draw: Draw, ledger: _Ledger) -> Data:
    def vehicles() -> Data:
        return {"数量": str(draw(_small)), "价值": ledger.written(draw(ledger.amounts))}

    assets: Data = {
        "房屋": {
            "面积": draw(st.sampled_from(("0", "1418.73", "12,000"))),
            "价值": ledger.written(draw(ledger.amounts)),
        },
        "车辆": {kind: vehicles() for kind in ("一般公务用车", "执法执勤用车", "其他车辆") if draw(st.booleans())},
        "办公家具": ledger.written(draw(ledger.amounts)),
        "50万元以上设备": str(draw(_small)),
    }
    if draw(st.booleans()):
        assets["本年购置"] = {"车辆经费": ledger.written(draw(ledger.positive)), "100万元以上设备": str(draw(_small))}
    return assets


def _profile(draw: Draw) -> Data:
    organisation: Data = {}
    if draw(st.booleans()):
        organisation["内设机构"] = ["综合科", "招商科", "外贸科"][: draw(st.integers(1, 3))]
        organisation["机构称谓"] = draw(st.sampled_from(("科室", "处室", "股室")))
    if draw(st.booleans()):
        organisation["下属单位"] = ["某招商服务中心", "某口岸管理站"][: draw(st.integers(1, 2))]
    serving = draw(_small)
    people = {
        "编制数": str(draw(_small)),
        "在职": {"人数": str(serving), "增减": str(draw(st.integers(-5, min(5, serving))))},
        "退休": {"人数": str(draw(_small))},
    }
    if draw(st.booleans()):
        people["离休"] = {"人数": str(draw(_small)), "增减": "-1"}
    profile: Data = {"主要职能": ["贯彻执行有关方针政策。", "完成交办的其他任务。"], "人员": people}
    return profile | ({"机构设置": organisation} if organisation else {})


def _head(draw: Draw, ledger: _Ledger) -> Data:
    year = draw(st.integers(2020, 2030))
    day = draw(st.dates(date(year - 1, 12, 1), date(year, 12, 31)))
    written_day = draw(st.sampled_from((f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日")))
    head: Data = {
        "文种": "预算",
        "年度": str(year),
        "金额单位": ledger.unit,
        "公开日期": written_day,
        "单位": {
            "名称": draw(st.sampled_from(_UNIT_NAMES)),
            "性质": draw(st.sampled_from(("行政单位", "参公事业单位", "事业单位"))),
        },
        "概况": _profile(draw),
    }
    if scope := draw(st.sampled_from((None, "单位", "部门"))):
        head["口径"] = scope
    return head


def _optional_parts(draw: Draw, ledger: _Ledger) -> Data:
    parts: Data = {}
    if draw(st.integers(0, 3)):
        parts["整体绩效目标"] = _target(draw, {}, "年度目标", {})
    if draw(st.integers(0, 3)) == 0:
        parts["未公开绩效目标原因"] = "资金来自援疆单位，由援疆单位填报"
    if draw(st.booleans()):
        parts["其他说明"] = ["本单位无其他需说明事项。", "另有说明，见附件。"]
    if draw(st.booleans()):
        totals = {
            "收支总计": ledger.now(),
            "财政拨款": ledger.now(s for fund in FISCAL_FUNDS for s in FUND_SOURCES[fund]),
            "基本支出": ledger.now(nature="基本支出"),
            "项目支出": ledger.now(nature="项目支出"),
        }
        stated = draw(st.sets(st.sampled_from(sorted(totals)), min_size=1))
        parts["核定数"] = {name: ledger.written(totals[name]) for name in sorted(stated)}
    if draw(st.integers(0, 4)) == 0:
        parts["科目名称"] = {draw(st.sampled_from([fact.code for fact in ledger.facts])): "本级另有名称的支出"}
    return parts


def _mark_secret_reasons(ledger: _Ledger, data: Data) -> None:
    """Let every reason tell the secret where this year's money is that of secret projects alone."""
    projects = data.get("项目", [])
    open_money = {(m["科目"], m["来源"]) for p in projects if "涉密" not in p for m in p["资金"]}

    def mark(explained: Data | None, chosen: Sequence[_Fact]) -> None:
        spent = [fact for fact in chosen if fact.now]
        secret = all(fact.nature == "项目支出" and (fact.code, fact.source) not in open_money for fact in spent)
        if explained and spent and secret:
            explained["原因"] = SECRET_REASON

    def of(sources: Iterable[str], code: str = "") -> list[_Fact]:
        return [fact for fact in ledger.facts if fact.source in sources and fact.code.startswith(code)]

    for entry in data["支出"]:
        for fund, explained in entry.get("变动", {}).items():
            mark(explained, of(FUND_SOURCES[fund], entry["科目"]))
    for source, explained in data.get("收入", {}).items():
        mark(explained, of(CARRIED_SOURCES if source == "上年结转结余" else [source]))
    everything = [fact for fact in ledger.facts if fact.nature == "项目支出"]
    changes = data.get("支出变动", {})
    mark(changes.get("项目支出"), everything)
    mark(changes.get("一般公共预算项目支出"), [fact for fact in everything if fact.source in GENERAL_SOURCES])


def _use(draw: Draw, ledger: _Ledger, code: str) -> str | Data:
    """One text for a 类, or one for each budget that pays for it."""
    use = "在职人员工资福利支出、项目资金支出"
    facts = [fact for fact in ledger.facts if fact.code.startswith(code) and fact.now]
    paying = [fund for fund in FISCAL_FUNDS if any(fact.source in FUND_SOURCES[fund] for fact in facts)]
    return dict.fromkeys(paying, use) if draw(st.booleans()) else use


def _running_costs(draw: Draw, ledger: _Ledger, by_economic: Mapping[str, int | InParts]) -> Data:
    """All of 公用经费, or a part of it that is stated."""
    operating = sum(parts_of(code, stated)[1] for code, stated in by_economic.items())
    stated = {"本年": ledger.written(min(operating, draw(ledger.amounts)))} if draw(st.integers(0, 3)) == 0 else {}
    return {**_explained(draw, ledger, draw(ledger.amounts)), **stated}


@st.composite
def budgets(draw: Draw) -> Data:
    """The data of a valid budget file; only a missing target or use, or a name of its own, may earn a warning."""
    ledger = draw(_ledgers())
    by_economic = _by_economic(draw, ledger)
    divided = divided_parts(draw, by_economic)
    fiscal = [source for fund in FISCAL_FUNDS for source in FUND_SOURCES[fund]]
    used = sorted({fact.code[:3] for fact in ledger.facts if fact.source in fiscal and fact.now})
    if used and draw(st.integers(0, 4)) == 0:
        used.remove(draw(st.sampled_from(used)))
    data: Data = {
        **_head(draw, ledger),
        "支出": _expenditures(draw, ledger),
        "三公经费": _three_public(draw, ledger, by_economic),
        "机关运行经费": _running_costs(draw, ledger, divided),
        **_optional_parts(draw, ledger),
    }
    parts = {
        "收入": _income(draw, ledger),
        "支出变动": _expenditure_changes(draw, ledger),
        "支出用途": {code: _use(draw, ledger, code) for code in used},
        "基本支出经济分类": economic_entries(ledger.written, divided),
        "项目": _projects(draw, ledger),
        "政府采购": _procurement(draw, ledger) if draw(st.booleans()) else {},
        "国有资产": _assets(draw, ledger) if draw(st.booleans()) else {},
    }
    data |= {key: part for key, part in parts.items() if part}
    _mark_secret_reasons(ledger, data)
    return data
