"""What a secret (涉密) project says that no published text may repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai import catalog
from gongkai.checks.rule import Figures, disclosure
from gongkai.model.budget.budget import Project
from gongkai.model.final.self_evaluation import ProjectEvaluation, ProjectResult
from gongkai.model.own.extend import own_texts
from gongkai.texts.needles import Needles, runs
from gongkai.texts.plain import COMMON, bare, folded, letters

from .texts import FreeText, Kind, texts

_NUMBERED = re.compile(r"[一-鿿]{2}[〔\[【（(](?:19|20)\d\d[〕\]】）)]第?\d+号")
_STOCK = re.compile(
    r"""
    # 例：过紧日子的要求
    贯彻落实|党的二十大精神|习近平[^，。；]{0,12}思想|党委|政府|决策部署|过紧日子(的?要求)?
    |压减一般性支出|厉行节约
    """,
    re.VERBOSE,
)
_PLAN = re.compile(
    r"""
    # 例：推动各项工作按期完成
    (保障|推动|确保|促进|完成)?(单位|机关|部门|全年|年度|年初|各项|预算|绩效|目标|任务|工作)+
    (正常|顺利|圆满|按期|按时|有序|有效|全部)*(运转|开展|完成|进行|实施|实现)?
    """,
    re.VERBOSE,
)
"""A clause that stands in every plan: 推动各项工作按期完成."""
_LAW = re.compile(r"《中华人民共和国[^《》]*》")
_GENERIC = re.compile(
    r"""
    # 例：执法装备采购
    办案|执法|装备|设备|采购|巡防|巡逻|应急|信息化|信息|系统|平台|网络|培训|会议|宣传
    |改造|维修|租赁|工程|基础|设施|
    房屋|办公|用房|车辆|燃料|印刷|差旅|人员|聘用|临聘|辅警|工资|社保|福利|慰问|救助
    |能力|提升|综合|公共|安全|治安|稳定|
    社会|日常|运行|装修|物资|储备|监控|检查|调查|督查|考核|奖励|补贴|配套|试点|示范
    |推进|重点|特别|一般|特殊|
    [新旧大小一二三四五六七八九十期批类等及和与的费用款县市州区局乡镇村部门单位]+
    """,
    re.VERBOSE,
)
"""Words that so many projects are called by that they tell nothing by themselves."""
_FORMAL = re.compile(
    r"""
    # 例：台账、验收报告
    资料|原始|凭证|台账|报告|记录|材料|总结|合同|验收|说明|统计|报表|问卷|计划|标准
    |历史|行业|预期|有效|完成|比例|机关|中心|科室?|处|股
    """,
    re.VERBOSE,
)
"""Words of the columns 佐证资料, 指标值, 承担单位."""
_NAME_LENGTH, _WORDS_LENGTH, _GOAL_LENGTH, _SHORTEST = 4, 8, 12, 2
"""Characters of a run that tells: of a name, of a basis or a use, of a goal that projects may share, of a word."""
PROJECTS = ("项目", "项目绩效自评")


@dataclass(frozen=True, slots=True)
class Secret:
    """What must not be told of one project; ``which`` says what project, for messages.

    ``facts`` are the short things said of it, each as a whole: who bears it, what proves its results. ``words`` are
    those of its basis and use, ``results`` those of its target: other projects may have the same, but not ``goals``,
    its longer runs. ``opened`` are those of all these that a duty, a project or a subject is openly called by.
    """

    which: str
    name: str
    name_parts: frozenset[str]
    facts: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]
    results: frozenset[str]
    goals: frozenset[str]
    opened: frozenset[str] = frozenset()

    @property
    def phrases(self) -> frozenset[str]:
        """All that the public vocabulary may have, too."""
        return self.name_parts | self.facts | self.words | self.results | self.goals

    @property
    def telling(self) -> frozenset[str]:
        """All that tells of it wherever it stands."""
        return self.name_parts | self.facts | self.numbers | self.words | self.results | ({self.name} - {""})

    def apart_from(self, known: set[str], opened: set[str]) -> Secret:
        """The same without what the public vocabulary has, and with what is said openly apart."""
        gone = known | opened
        long = {run for run in self.phrases & opened if len(run) >= _NAME_LENGTH}
        kept = (self.name_parts - gone, self.facts - gone)
        parts = (self.words - gone, self.results - gone, self.goals - gone)
        return Secret(self.which, self.name, *kept, self.numbers, *parts, frozenset(long - known))


def is_open(text: FreeText) -> bool:
    """Whether a text is what the public knows the unit, its projects and its subjects by, in the clerk's own words."""
    is_project = text.path[0] in PROJECTS and text.path[2:] == ("名称",)
    return is_project or text.path[0] == "科目名称" or text.path[:2] == ("概况", "主要职能")


def secrets_of(figures: Figures, told_in: Figures, whose: str) -> list[Secret]:
    """The secrets in ``told_in``; what the catalogue and this year's units and offices are called is none."""
    entries = [(number, project) for number, project in enumerate(projects_of(told_in), 1) if project.secret]
    if not entries:
        return []
    found = [_secret(f"{whose}第 {number} 个项目（涉密）", _entry(project)) for number, project in entries]
    phrases = Needles(phrase for secret in found for phrase in secret.phrases)
    names = (text for text in texts(figures) if text.kind is Kind.NAME and not is_open(text))
    known = phrases.found(_plain([disclosure(figures).unit.name, *(text.text for text in names)]))
    known |= phrases.found(_catalogue())
    opened = phrases.found(_plain(text.text for text in texts(figures) if is_open(text)))
    return [secret.apart_from(known, opened) for secret in found]


def _plain(said: Iterable[str]) -> str:
    return "\n".join(letters(bare(text)) for text in said)


@cache
def _catalogue() -> str:
    return _plain(subject.name for subject in (*catalog.functional(), *catalog.economic()))


def projects_of(figures: Figures) -> Sequence[Project | ProjectEvaluation]:
    """The projects of a budget, or the evaluated ones of a final account."""
    projects: Sequence[Project | ProjectEvaluation] = disclosure(figures).listed_projects
    return projects


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the entry of a secret project says: its name, its basis and use, its target and results, and short facts."""

    name: str
    reasons: Sequence[str]
    results: Sequence[str]
    facts: Sequence[str]


def _entry(project: Project | ProjectEvaluation) -> _Entry:
    own = [*own_texts(project)]
    if isinstance(project, ProjectEvaluation):
        return _Entry(
            project.name,
            own,
            (project.goal, project.outcome, *(t for r in project.results for t in (r.third, r.deviation) if t)),
            _facts(*own, project.authority, project.bearer, *(f for r in project.results for f in _of_result(r))),
        )
    reasons = [text for text in (project.basis, project.allocation, *own) if text]
    target = project.target
    if target is None:
        return _Entry(project.name, reasons, (), _facts(*own, project.bearer, project.period))
    results = (target.goal, *(indicator.third for indicator in target.indicators))
    told = (fact for each in target.indicators for fact in (each.target, each.basis, each.last_year, each.evidence))
    return _Entry(project.name, reasons, results, _facts(*own, project.bearer, project.period, target.manager, *told))


def _of_result(result: ProjectResult) -> tuple[str, ...]:
    return result.target, result.actual, result.basis, result.last_year, result.evidence


def _facts(*facts: str | None) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def _secret(which: str, entry: _Entry) -> Secret:
    name, results = bare(entry.name), _clauses(entry.results)
    own = letters(name) if COMMON.sub("", name) else ""
    parts = [part for part in COMMON.split(name) if part]
    return Secret(
        which,
        own if len(own) >= _NAME_LENGTH else "",
        _grams(parts, _NAME_LENGTH) | frozenset(_distinctive(parts)),
        frozenset(fact for fact in (letters(bare(text)) for text in entry.facts) if _is_telling(fact)),
        _document_numbers("，".join([entry.name, *entry.reasons, *entry.results])),
        _grams(_clauses(entry.reasons), _WORDS_LENGTH),
        _grams(results, _WORDS_LENGTH),
        _grams(results, _GOAL_LENGTH),
    )


def _document_numbers(text: str) -> frozenset[str]:
    """The numbers (文号) in a text, each from the last two characters of its 机关代字: 办行〔2023〕26号."""
    return frozenset(bare(found) for found in _NUMBERED.findall("".join(folded(text).split())))


def _grams(parts: Sequence[str], length: int) -> frozenset[str]:
    """Every run of ``length`` characters in the parts."""
    return frozenset(run for part in parts for run in runs(part, length))


def _distinctive(parts: Sequence[str]) -> Iterator[str]:
    """Parts of a name that are too short for runs of four characters, but are no word that others use: 金盾."""
    short = (part for part in parts if _SHORTEST <= len(part) < _NAME_LENGTH)
    return (part for part in short if _GENERIC.sub("", part))


def _is_telling(fact: str) -> bool:
    """Whether a short fact is more than what is written in every form: 工作资料, ≥95%, 本单位."""
    return len(_FORMAL.sub("", _GENERIC.sub("", COMMON.sub("", fact)))) >= _NAME_LENGTH


def _clauses(texts: Sequence[str]) -> list[str]:
    plain = (bare(_STOCK.sub("，", _LAW.sub("", folded(text)))) for text in texts)
    parts = (part for text in plain for part in re.split(r"[\W\d_]+", text))
    return [part for part in parts if part and not _PLAN.fullmatch(part)]
