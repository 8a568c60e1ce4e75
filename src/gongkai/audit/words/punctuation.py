"""Rules about punctuation and words that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.checks.texts.spans import Slip, doubled_marks, unpaired_mark, words_twice
from gongkai.findings import Level

from .passages import Passage, cells, paragraphs, passages

_UNFINISHED = re.compile(r"(?:[，、]|(?<=[一-鿿\d%％元]))[ \u3000]*$")
_HAS_SENTENCES = re.compile(r"。.{12,}$|(?:万元|[%％])，")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NEXT_BEGINS = re.compile(rf"[ \u3000]*(?:[（(]?{_NUMERAL}[)）、.．]|第{_NUMERAL}[部章节]|\d{{1,2}}[.．、](?!\d))")
_LEADS_ON = re.compile("(?:原因|用于)(?:是|为|系)?$")
_LONG, _LEAD = 30, 8
"""Characters of a paragraph of sentences, at least; and of the words that lead to what is not there, at most."""


@audit_rule("GK873", "请删去多余的标点，补上缺少的", Level.WARNING)
def punctuation_is_whole(document: Audited) -> Iterator[Fault]:
    """检查什么：没有重复的标点（。。、，。），括号、书名号、引号成对，一段话的末尾有句号。
    为何重要：标点残缺往往是删改以后留下的，句子可能已经不完整。
    依据：标点符号用法（GB/T 15834）。
    怎样改：删去多余的，补上缺少的。
    反例：“比上年减少 2.68 万元，，主要原因是人员减少”（两个逗号，末尾没有句号）。
    正例：“比上年减少 2.68 万元，主要原因是人员减少。”一处标点也不多、不少。
    """
    texts = list(paragraphs(document))
    for number, passage in enumerate(texts):
        yield from _doubled(passage)
        odd = unpaired_mark(passage.text)
        if odd and not _paired_beside(texts, number):
            yield passage.fault(odd, f"“{odd.words}”没有成对")
        yield from _unfinished(texts, number)
    for passage in cells(document):
        yield from _doubled(passage)


def _doubled(passage: Passage) -> Iterator[Fault]:
    for slip in doubled_marks(passage.text):
        if _LEADS_ON.search(passage.text[max(0, slip.start - _LEAD) : slip.start]):
            continue  # that nothing follows is told by its own rule
        yield passage.fault(slip, f"标点重复或位置不对：“{slip.words}”")


def _paired_beside(texts: Sequence[Passage], number: int) -> bool:
    """Whether the other half stands in the paragraph before or after: a page may end in between."""
    text = texts[number].text
    before = texts[number - 1].text if number else ""
    after = texts[number + 1].text if number + 1 < len(texts) else ""
    return unpaired_mark(before + text) is None or unpaired_mark(text + after) is None


def _unfinished(texts: Sequence[Passage], number: int) -> Iterator[Fault]:
    """The end of a paragraph of sentences that has no stop, where the next one clearly begins something else."""
    text = texts[number].text
    found = _UNFINISHED.search(text)
    if not found or len(text) < _LONG or not _HAS_SENTENCES.search(text):
        return
    following = texts[number + 1] if number + 1 < len(texts) else None
    if following is not None and _follows_at_once(texts[number], following) and _NEXT_BEGINS.match(following.text):
        yield texts[number].fault(Slip(len(text) - 1, len(text), text[-1]), "一段话的末尾没有句号")


def _follows_at_once(passage: Passage, following: Passage) -> bool:
    """Whether no table stands between two paragraphs, to which the first may lead."""
    assert passage.paragraph is not None, "of running text"
    assert following.paragraph is not None, "of running text"
    return following.paragraph.number == passage.paragraph.number + 1


@audit_rule("GK878", "请删去重复的词；确实要说两遍的，可以不管", Level.WARNING)
def no_word_twice(document: Audited) -> Iterator[Fault]:
    """检查什么：没有连写两遍的词，如“增加增加”“的的”“%%”。
    为何重要：多半是改文字时留下的，读的人一眼就看得见。
    依据：公开内容应当准确、规范。
    怎样改：删去重复的词。
    反例：比上年增加增加 3.00 万元。
    正例：比上年增加 3.00 万元。
    """
    for passage in passages(document):
        for slip in words_twice(passage.text):
            yield passage.fault(slip, f"有重复的词：“{slip.words}”")


RULES: tuple[AuditRule, ...] = (punctuation_is_whole, no_word_twice)
