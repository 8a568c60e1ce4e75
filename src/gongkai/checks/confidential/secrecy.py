"""Rule about secrets (涉密): what a secret project is must not be told by any text that is published.

Messages say where a secret slipped out and of which project, by its number in the file; they
never repeat it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.checks.subjects.secrets import PROJECTS, Secret, is_open, projects_of, secrets_of
from gongkai.checks.subjects.texts import FreeText, texts
from gongkai.findings import Finding, Level
from gongkai.texts.needles import Needles
from gongkai.texts.plain import bare, letters

_COMMONPLACE, _TRADE = 5, 2
"""What so many texts, or so many public projects, say is a phrase of the trade and tells nothing."""
_NAME, _NUMBER, _PART = "名称", "政策依据文号", "名称里的词"
_WORDS, _FACT = "依据、用途或绩效里的话", "单位、完成情况或佐证"
_OPENED = "名称、依据或绩效里的话"
_PERHAPS = "（也许碰巧相同，请核对）"


@rule("GK771", "请删去或改写这段文字；碰巧相同而不涉密的词，在“校验 › 允许公开”里照原文写上")
def no_secret_is_told(figures: Figures) -> Iterator[Problem]:
    """检查什么：涉密项目（上年文件里的也算）的名称、依据文号和特有的词，不出现在原因、职能、绩效、用途和别的项目的文字里。
    为何重要：表上隐去了项目，文字里又说出来，等于没有隐去；泄密收不回来。
    依据：预算法第十四条（涉及国家秘密的除外）；保守国家秘密法；地方预决算公开操作规程。
    怎样改：删去或改写；夹了空格、标点的也算。职能和项目、科目的名称里只说了一部分的是警告。提示里不重复涉密的内容。
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
        yield Finding(told.code, problem.level or told.level, problem.message, told.advice, problem.path)


def _opened(figures: Figures, other: Figures, whose: str) -> Iterator[Problem]:
    """Projects told openly that are secret in the other file, however common their name is."""
    section = disclosure(figures).project_list
    public = {bare(project.name) for project in projects_of(other) if not project.secret}
    secret = {bare(p.name): number for number, p in enumerate(projects_of(other), 1) if p.secret}
    for i, project in enumerate(projects_of(figures)):
        number = secret.get(bare(project.name))
        if number and not project.secret and bare(project.name) not in public:
            message = f"这个项目与{whose}第 {number} 个项目（涉密）同名，却没有写“涉密: 是”"
            yield Problem((section, i, "名称"), message)


@dataclass(frozen=True, slots=True)
class _Said:
    """A published text, and what of the secrets' words stands in it."""

    text: FreeText
    plain: str
    hits: frozenset[str]

    @property
    def in_project(self) -> bool:
        return self.text.path[0] in PROJECTS


def _leaks(figures: Figures, secrets: Sequence[Secret]) -> Iterator[Problem]:
    if not secrets:
        return
    said = list(_said(figures, secrets))
    common, shared = _common(said), _shared(said, secrets)
    owners = defaultdict(set)
    for number, secret in enumerate(secrets):
        for phrase in secret.telling | secret.goals | secret.opened:
            owners[phrase].add(number)
    problems = []
    for at, text in enumerate(said):
        for number in {owner for hit in text.hits for owner in owners[hit]}:
            told = _told(secrets[number], text, text.hits - shared, common)
            if told is not None:
                problems.append((number, at, *told))
    for number, at, what, level in sorted(problems, key=lambda problem: problem[:2]):
        perhaps = _PERHAPS if level else ""
        told_in = said[at].text
        yield Problem(told_in.path, f"“{told_in.where}”里说出了{secrets[number].which}的{what}{perhaps}", level=level)


def _said(figures: Figures, secrets: Sequence[Secret]) -> Iterator[_Said]:
    # A short word has no sign within it; a longer phrase is one whatever signs are set within it.
    short = Needles(word for secret in secrets for word in secret.name_parts | secret.numbers | secret.opened)
    long = Needles(phrase for secret in secrets for phrase in secret.phrases - secret.name_parts | {secret.name})
    allowed = [bare(words) for words in disclosure(figures).validation.allowed]
    for text in texts(figures):
        plain = _without(allowed, bare(text.text))
        yield _Said(text, plain, frozenset(short.found(plain) | long.found(letters(plain))))


def _told(secret: Secret, said: _Said, hits: Collection[str], common: set[str]) -> tuple[str, Level | None] | None:
    """Which part of a secret a text tells, and at which level; None when it tells nothing."""
    rare = set(hits) - common
    ways: tuple[tuple[str, bool, Level | None], ...] = (
        (_NAME, secret.name in hits, None),
        (_NUMBER, not secret.numbers.isdisjoint(hits), None),
        (_PART, not secret.name_parts.isdisjoint(hits), None),
        (_WORDS, not secret.words.isdisjoint(rare), None),
        (_WORDS, not said.in_project and not secret.results.isdisjoint(rare), None),
        (_FACT, not secret.facts.isdisjoint(rare), None),
        (_WORDS, not secret.goals.isdisjoint(rare), Level.WARNING),
        (_OPENED, is_open(said.text) and not secret.opened.isdisjoint(rare), Level.WARNING),
    )
    return next(((what, level) for what, tells, level in ways if tells), None)


def _without(allowed: Iterable[str], said: str) -> str:
    for words in allowed:
        said = said.replace(words, "\n")
    return said


def _common(said: Sequence[_Said]) -> set[str]:
    """What is a phrase of the trade; a reason that is repeated counts once."""
    places: dict[str, dict[str, _Said]] = defaultdict(dict)
    for text in said:
        for hit in text.hits:
            places[hit][text.plain] = text
    return {hit for hit, texts in places.items() if _is_common(list(texts.values()))}


def _is_common(places: Sequence[_Said]) -> bool:
    projects = {place.text.path[:2] for place in places if place.in_project}
    open_ = sum(is_open(place.text) for place in places)
    return len(places) >= _COMMONPLACE or len(projects) >= _TRADE or open_ >= _TRADE


def _shared(said: Sequence[_Said], secrets: Sequence[Secret]) -> set[str]:
    """The one document by which a whole budget was approved tells nothing of one project."""
    numbers = {number for secret in secrets for number in secret.numbers}
    bases = Counter(hit for text in said if text.text.key == "政策依据" for hit in text.hits & numbers)
    return {number for number, count in bases.items() if count > 1}
