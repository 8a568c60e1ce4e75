"""Rule about secrets (涉密): what a secret project is must not be told by any text that is published.

Messages say where a secret slipped out and of which project, by its number in the file; they
never repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai import catalog
from gongkai.statements.final_figures import FinalFigures

from .rule import Figures, Problem, rule
from .texts import FreeText, Kind, texts

_NUMBERED = re.compile(r"[一-鿿]{2}[〔\[【（(](?:19|20)\d\d[〕\]】）)]第?\d+号")
_STOCK = re.compile(
    r"贯彻落实|党的二十大精神|习近平[^，。；]{0,12}思想|党委|政府|决策部署|过紧日子(的?要求)?|压减一般性支出|厉行节约"
)
_LAW = re.compile(r"《中华人民共和国[^》]*》")
_COMMON = re.compile(
    r"特定目标|完全不予公开|不公开|涉密|保密|国家秘密|关于|下达|提前|预算|通知|文件|根据|安排|中央|自治区|自治州|"
    r"年度|专项|工作|业务|经费|资金|项目|补助|支出|建设|管理|服务|保障|运转|购置|维护|其他|[\d\W_年月日第号]+"
)
_NAME_LENGTH, _WORDS_LENGTH = 4, 8
_COMMONPLACE = 3
"""What so many texts say is a phrase of the trade and tells nothing."""


@dataclass(frozen=True, slots=True)
class _Secret:
    """What must not be told of one project; ``number`` counts the file's projects from 1."""

    number: int
    name: str
    name_parts: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]


def _bare(text: str) -> str:
    """A text without blanks and with one kind of bracket, so that a secret is known however it is set."""
    text = "".join(text.split())
    return text.translate(str.maketrans("［[【(（］]】)）", "〔〔〔〔〔〕〕〕〕〕"))


def _document_numbers(text: str) -> frozenset[str]:
    """The numbers (文号) in a text, each from the last two characters of its 机关代字: 办行〔2023〕26号."""
    return frozenset(_bare(found) for found in _NUMBERED.findall(text))


def _grams(parts: Sequence[str], length: int, known: str) -> frozenset[str]:
    """Every run of ``length`` characters in the parts that the public vocabulary does not have."""
    runs = (part[i : i + length] for part in parts for i in range(len(part) - length + 1))
    return frozenset(run for run in runs if run not in known)


def _secret(number: int, name: str, others: Sequence[str], known: str) -> _Secret:
    own = "" if not _COMMON.sub("", name) else _bare(name)
    parts = [part for part in _COMMON.split(name) if part]
    clauses = [part for text in others for part in re.split(r"[\W\d_]+", _STOCK.sub("，", _LAW.sub("", text))) if part]
    return _Secret(
        number,
        own if len(own) >= _NAME_LENGTH else "",
        _grams(parts, _NAME_LENGTH, known),
        _document_numbers("，".join([name, *others])),
        _grams(clauses, _WORDS_LENGTH, known),
    )


def _secrets(figures: Figures) -> list[_Secret]:
    """The secrets of a file; what duties, public names and the catalogue say is no secret."""
    told: list[tuple[int, str, tuple[str, ...]]]
    if isinstance(figures, FinalFigures):
        unit, duties = figures.account.unit, figures.account.profile.duties
        told = [(i, p.name, ()) for i, p in enumerate(figures.account.project_evaluations, 1) if p.secret]
    else:
        unit, duties = figures.budget.unit, figures.budget.profile.duties
        told = [
            (i, p.name, tuple(text for text in (p.basis, p.allocation) if text))
            for i, p in enumerate(figures.budget.projects, 1)
            if p.secret
        ]  # fmt: skip
    if not told:
        return []
    subjects = (*catalog.functional(), *catalog.economic())
    names = (text.text for text in texts(figures) if text.kind is Kind.NAME)
    known = "\n".join([unit.name, *duties, *names, *(subject.name for subject in subjects)])
    return [_secret(i, name, others, known) for i, name, others in told]


def _told(secret: _Secret, text: str) -> str | None:
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
    """检查什么：涉密项目的名称、依据文号和特有的词，不出现在原因、职能、绩效、用途和别的项目的文字里。
    为何重要：表上隐去了项目，文字里又说出来，等于没有隐去；泄密收不回来。
    依据：预算法第十四条（涉及国家秘密的除外）；保守国家秘密法；地方预决算公开操作规程。
    怎样改：删去或改写。提示里不重复涉密的内容，只说是第几个项目。
    """
    secrets = _secrets(figures)
    bases = [_bare(text.text) for text in texts(figures) if text.key == "政策依据"] if secrets else []
    allowed = (figures.account if isinstance(figures, FinalFigures) else figures.budget).validation.allowed
    published = [(text, _without(allowed, text.text)) for text in texts(figures)] if secrets else []
    for secret in secrets:
        rare = _rare(secret.words, published)
        # The one document by which a whole budget was approved tells nothing of one project.
        shared = {number for number in secret.numbers if sum(number in basis for basis in bases) > 1}
        secret = replace(secret, numbers=secret.numbers - shared)
        for text, bare in published:
            what = _told(secret, bare) or ("依据或用途里的话" if any(run in bare for run in rare) else None)
            if what:
                message = f"“{text.where}”里说出了第 {secret.number} 个项目（涉密）的{what}"
                yield Problem(text.path, message)


def _without(allowed: Sequence[str], text: str) -> str:
    bare = _bare(text)
    for words in allowed:
        bare = bare.replace(_bare(words), "\n")
    return bare


def _rare(runs: frozenset[str], published: Sequence[tuple[FreeText, str]]) -> list[str]:
    """Those of the runs that only one or two texts have; a reason that is repeated counts once."""
    distinct = {bare for _, bare in published}
    counted = ((run, sum(run in bare for bare in distinct)) for run in sorted(runs))
    return [run for run, count in counted if 0 < count < _COMMONPLACE]
