"""Rule about secrets (涉密): what a secret project is must not be told by any text that is published.

Messages say where a secret slipped out and of which project, by its number in the file; they
never repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai import catalog
from gongkai.findings import Finding
from gongkai.model.budget import Project
from gongkai.model.plain import bare, folded
from gongkai.model.self_evaluation import ProjectEvaluation, ProjectResult

from .rule import Figures, Problem, disclosure, rule
from .texts import FreeText, Kind, texts

_NUMBERED = re.compile(r"[一-鿿]{2}[〔\[【（(](?:19|20)\d\d[〕\]】）)]第?\d+号")
_STOCK = re.compile(
    r"贯彻落实|党的二十大精神|习近平[^，。；]{0,12}思想|党委|政府|决策部署|过紧日子(的?要求)?|压减一般性支出|厉行节约"
)
_PLAN = re.compile(
    r"(保障|推动|确保|促进|完成)?(单位|机关|部门|全年|年度|年初|各项|预算|绩效|目标|任务|工作)+"
    r"(正常|顺利|圆满|按期|按时|有序|有效|全部)*(运转|开展|完成|进行|实施|实现)?"
)
"""A clause that stands in every plan: 推动各项工作按期完成."""
_LAW = re.compile(r"《中华人民共和国[^《》]*》")
_COMMON = re.compile(
    r"特定目标|完全不予公开|不公开|涉密|保密|国家秘密|关于|下达|提前|预算|通知|文件|根据|安排|中央|自治区|自治州|"
    r"年度|专项|工作|业务|经费|资金|项目|补助|支出|建设|管理|服务|保障|运转|购置|维护|其他|[\d\W_年月日第号]+"
)
_GENERIC = re.compile(
    r"办案|执法|装备|设备|采购|巡防|巡逻|应急|信息化|信息|系统|平台|网络|培训|会议|宣传|改造|维修|租赁|工程|基础|设施|"
    r"房屋|办公|用房|车辆|燃料|印刷|差旅|人员|聘用|临聘|辅警|工资|社保|福利|慰问|救助|能力|提升|综合|公共|安全|治安|稳定|"
    r"社会|日常|运行|装修|物资|储备|监控|检查|调查|督查|考核|奖励|补贴|配套|试点|示范|推进|重点|特别|一般|特殊|"
    r"[新旧大小一二三四五六七八九十期批类等及和与的费用款县市州区局乡镇村部门单位]+"
)
"""Words that so many projects are called by that they tell nothing by themselves."""
_FORMAL = re.compile(
    r"资料|原始|凭证|台账|报告|记录|材料|总结|合同|验收|说明|统计|报表|问卷|计划|标准|历史|行业|预期|有效|完成|比例|机关|中心|科室?|处|股"
)
"""Words of the columns 佐证资料, 指标值, 承担单位."""
_NAME_LENGTH, _WORDS_LENGTH, _SHORTEST = 4, 8, 2
_COMMONPLACE, _TRADE = 5, 2
"""What so many texts, or so many public projects, say is a phrase of the trade and tells nothing."""
_PROJECTS = ("项目", "项目绩效自评")


@dataclass(frozen=True, slots=True)
class Secret:
    """What must not be told of one project; ``which`` says what project, for messages.

    ``facts`` are the short things said of it, each as a whole: who bears it, what proves its results. ``words`` are
    those of its basis and use, ``results`` those of its target: other projects may have the same.
    """

    which: str
    name: str
    name_parts: frozenset[str]
    facts: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]
    results: frozenset[str]


def _document_numbers(text: str) -> frozenset[str]:
    """The numbers (文号) in a text, each from the last two characters of its 机关代字: 办行〔2023〕26号."""
    return frozenset(bare(found) for found in _NUMBERED.findall("".join(folded(text).split())))


def _grams(parts: Sequence[str], length: int, known: str) -> frozenset[str]:
    """Every run of ``length`` characters in the parts that the public vocabulary does not have."""
    runs = (part[i : i + length] for part in parts for i in range(len(part) - length + 1))
    return frozenset(run for run in runs if run not in known)


def _distinctive(parts: Sequence[str], known: str) -> frozenset[str]:
    """Parts of a name that are too short for runs of four characters, but are no word that others use: 金盾."""
    short = (part for part in parts if _SHORTEST <= len(part) < _NAME_LENGTH)
    return frozenset(part for part in short if _GENERIC.sub("", part) and part not in known)


def _secret(which: str, entry: _Entry, known: str) -> Secret:
    name = bare(entry.name)
    own = name if _COMMON.sub("", name) else ""
    parts = [part for part in _COMMON.split(name) if part]
    return Secret(
        which,
        own if len(own) >= _NAME_LENGTH else "",
        _grams(parts, _NAME_LENGTH, known) | _distinctive(parts, known),
        frozenset(word for word in map(bare, entry.facts) if _is_telling(word) and word not in known),
        _document_numbers("，".join([entry.name, *entry.reasons, *entry.results])),
        _grams(_clauses(entry.reasons), _WORDS_LENGTH, known),
        _grams(_clauses(entry.results), _WORDS_LENGTH, known),
    )


def _is_telling(fact: str) -> bool:
    """Whether a short fact is more than what is written in every form: 工作资料, ≥95%, 本单位."""
    return len(_FORMAL.sub("", _GENERIC.sub("", _COMMON.sub("", fact)))) >= _NAME_LENGTH


def _clauses(texts: Sequence[str]) -> list[str]:
    plain = (bare(_STOCK.sub("，", _LAW.sub("", folded(text)))) for text in texts)
    parts = (part for text in plain for part in re.split(r"[\W\d_]+", text))
    return [part for part in parts if part and not _PLAN.fullmatch(part)]


def secrets_of(figures: Figures, told_in: Figures, whose: str) -> list[Secret]:
    """The secrets in ``told_in``; what duties, public names and the catalogue say in this year's file is none."""
    entries = [(number, project) for number, project in enumerate(_projects(told_in), 1) if project.secret]
    if not entries:
        return []
    document = disclosure(figures)
    subjects = (subject.name for subject in (*catalog.functional(), *catalog.economic()))
    names = (text.text for text in texts(figures) if text.kind is Kind.NAME)
    known = "\n".join(map(bare, [document.unit.name, *document.profile.duties, *names, *subjects]))
    return [_secret(f"{whose}第 {number} 个项目（涉密）", _entry(project), known) for number, project in entries]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the entry of a secret project says: its name, its basis and use, its target and results, and short facts."""

    name: str
    reasons: Sequence[str]
    results: Sequence[str]
    facts: Sequence[str]


def _projects(figures: Figures) -> Sequence[Project | ProjectEvaluation]:
    projects: Sequence[Project | ProjectEvaluation] = disclosure(figures).listed_projects
    return projects


def _entry(project: Project | ProjectEvaluation) -> _Entry:
    if isinstance(project, ProjectEvaluation):
        return _Entry(
            project.name,
            (),
            (project.goal, project.outcome, *(t for r in project.results for t in (r.third, r.deviation) if t)),
            _facts(project.authority, project.bearer, *(f for r in project.results for f in _of_result(r))),
        )
    reasons = [text for text in (project.basis, project.allocation) if text]
    target = project.target
    if target is None:
        return _Entry(project.name, reasons, (), _facts(project.bearer, project.period))
    results = (target.goal, *(indicator.third for indicator in target.indicators))
    told = (fact for each in target.indicators for fact in (each.target, each.basis, each.last_year, each.evidence))
    return _Entry(project.name, reasons, results, _facts(project.bearer, project.period, target.manager, *told))


def _of_result(result: ProjectResult) -> tuple[str, ...]:
    return result.target, result.actual, result.basis, result.last_year, result.evidence


def _facts(*facts: str | None) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def tells(secret: Secret, said: str) -> bool:
    """Whether a text (in its bare form) has the name of a secret project, a word of it, or a short fact."""
    return _told(secret, said) is not None or any(fact in said for fact in secret.facts)


def _told(secret: Secret, text: str) -> str | None:
    """Which part of a secret a text tells; None when it tells nothing."""
    if secret.name and secret.name in text:
        return "名称"
    if any(number in text for number in secret.numbers):
        return "政策依据文号"
    if any(part in text for part in secret.name_parts):
        return "名称里的词"
    return None


@rule("GK771", "请删去或改写这段文字；碰巧相同而不涉密的词，在“校验 › 允许公开”里照原文写上")
def no_secret_is_told(figures: Figures) -> Iterator[Problem]:
    """检查什么：涉密项目（上年文件里的也算）的名称、依据文号和特有的词，不出现在原因、职能、绩效、用途和别的项目的文字里。
    为何重要：表上隐去了项目，文字里又说出来，等于没有隐去；泄密收不回来。
    依据：预算法第十四条（涉及国家秘密的除外）；保守国家秘密法；地方预决算公开操作规程。
    怎样改：删去或改写。提示里不重复涉密的内容，只说是第几个项目。
    """
    return _leaks(figures, secrets_of(figures, figures, ""))


def secrets_elsewhere(figures: Figures, other: Figures, key: str) -> Iterator[Finding]:
    """What texts here tell of the secret projects of a file that is named under ``key``.

    铁壁合围工程完工，本年不再安排 tells one of last year. A project that is secret there must be secret here.
    """
    told, whose = no_secret_is_told, f"{key}里"
    opened = list(_opened(figures, other, whose))
    yield from (Finding(told.code, told.level, p.message, "涉密的项目请写“涉密: 是”", p.path) for p in opened)
    known = {problem.path for problem in opened}
    for problem in _leaks(figures, secrets_of(figures, other, whose)):
        if problem.path in known:
            continue  # told already
        yield Finding(told.code, told.level, problem.message, told.advice, problem.path)


def _opened(figures: Figures, other: Figures, whose: str) -> Iterator[Problem]:
    """Projects told openly that are secret in the other file, however common their name is."""
    section = disclosure(figures).project_list
    public = {bare(project.name) for project in _projects(other) if not project.secret}
    secret = {bare(p.name): number for number, p in enumerate(_projects(other), 1) if p.secret}
    for i, project in enumerate(_projects(figures)):
        number = secret.get(bare(project.name))
        if number and not project.secret and bare(project.name) not in public:
            message = f"这个项目与{whose}第 {number} 个项目（涉密）同名，却没有写“涉密: 是”"
            yield Problem((section, i, "名称"), message)


def _leaks(figures: Figures, secrets: Sequence[Secret]) -> Iterator[Problem]:
    if not secrets:
        return
    bases = [bare(text.text) for text in texts(figures) if text.key == "政策依据"]
    allowed = disclosure(figures).validation.allowed
    published = [(text, _without(allowed, text.text)) for text in texts(figures)]
    for secret in secrets:
        words, results = _rare(secret.words, published), _rare(secret.results, published)
        facts = _rare(secret.facts, published)
        # The one document by which a whole budget was approved tells nothing of one project.
        shared = {number for number in secret.numbers if sum(number in basis for basis in bases) > 1}
        secret = replace(secret, numbers=secret.numbers - shared)
        for text, said in published:
            telling = words if text.path[0] in _PROJECTS else [*words, *results]
            what = _told(secret, said) or _of_entry(said, telling, facts)
            if what:
                yield Problem(text.path, f"“{text.where}”里说出了{secret.which}的{what}")


def _of_entry(said: str, telling: Sequence[str], facts: Sequence[str]) -> str | None:
    if any(run in said for run in telling):
        return "依据、用途或绩效里的话"
    return "单位、完成情况或佐证" if any(fact in said for fact in facts) else None


def _without(allowed: Sequence[str], text: str) -> str:
    said = bare(text)
    for words in allowed:
        said = said.replace(bare(words), "\n")
    return said


def _rare(runs: frozenset[str], published: Sequence[tuple[FreeText, str]]) -> list[str]:
    """Those of the runs that are no phrase of the trade; a reason that is repeated counts once."""
    distinct = {said: text.path for text, said in published}
    rare = []
    for run in sorted(runs):
        places = [path for said, path in distinct.items() if run in said]
        projects = {path[:2] for path in places if path[0] in _PROJECTS}
        if places and len(places) < _COMMONPLACE and len(projects) < _TRADE:
            rare.append(run)
    return rare
