"""What is wrong in a text by itself, whoever wrote it, with the place in it: for data files and finished documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai import catalog

_PLACEHOLDER = re.compile(
    r"""
    # 例：增加××万元
    (?<![A-Za-z])[XxＸｘ]{2,}(?![A-Za-z]|染色体)
    |(?<![×“])××(?![×”]|同志)|(?<!×)×{3,}(?=单位|局|县|市|州|部门|年|月|元|万元|人|项目)
    |某某|(?<![零一二三四五六七八九〇○])[○〇●□]{2,}|[_＿]{2,}
    |(?<!有)(?<!亟)待(?:填写?|填报|补充(?=[，。；）]|$))|请(?:在此)?填写
    |此处填
    |……|\.{3,}
    |(?:增加|减少|增长|下降)(?:[（(](?:增加|减少|增长|下降)[）)]|/(?:增加|减少|增长|下降))(?=[\dX×_＿ 万元%人，。；]|$)
    # noqa: E501
    |（\s*）|\(\s*\)|《\s*》|“\s*”|【\s*】
    |(?:增加|减少|共计|合计|安排)\s*万元(?!以上|以下|GDP|[^，。；]{0,4}(?:产值|增加值|工业))
    """,
    re.VERBOSE,
)

# 《关于……的通知》: what is left out or masked of a document's name; one that is nothing else was never filled in.
_SHORTENED_TITLE = re.compile(r"《(?=[^《》]*[一-鿿]{2})[^《》XxＸｘ某_＿○〇●□]*》")

_QUOTED_OR_ASIDE = re.compile(r"《[^《》]*》|“[^“”]*”|[〔【\[（(][^〔【\[（(〕【\]）)]*[〕】\]）)]")

CHINESE = "一-鿿"
_DOUBLED = re.compile(r"[，。；：、]{2,}|[！？]{3,}|[，。；：、]+(?=[）》”】])(?<![。！？])|(?<=[（《“【])[，。；：、]")
_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕", "[": "]", "「": "」"}
_BRACKETS = re.compile("[（）《》“”【】〔〕「」()\\[\\]]")
_NUMBERING = re.compile(r"(?:^|(?<=[，。；：\s]))(?:\d+|[一二三四五六七八九十百零]+|[①-⑳])[）)]")
_HALF_WIDTH = re.compile(
    rf"""
    # 例：人员增加,经费增加
    (?<=[{CHINESE}”》）\d%])[,;:](?=[{CHINESE}“《（])
    |(?<=[{CHINESE}”》）])[,;:](?=\d|$)
    """,
    re.VERBOSE,
)
_HALF_BRACKETS = re.compile(rf"(?<=[{CHINESE}])\((?=[^(){CHINESE}]*[{CHINESE}])[^()]*\)")
_GAP = re.compile(rf"(?<=[{CHINESE}，。；：、）》”])[ \u3000]+(?=[{CHINESE}（《“，。；：、）》”！？])")

_TITLE = re.compile(r"(?<=《)[^《》]{1,60}(?=》)|(?<=“)[^“”]{1,60}(?=”)")
"""A title or a theme is quoted as it is, blanks and all: “文化润疆 幸福同行”."""

_TWICE = re.compile(
    r"""
    # 例：经费的的安排
    (?P<word>(?![一每])(?P<first>[一-鿿])(?!(?P=first))[一-鿿]{1,7})(?P=word)
    (?![业性费员型化部厅局率法者所站室机银保]|对象)
    # 服务服务业 is two words
    |(?<![目标])的的(?![确士])|了了(?![解结])|[%％]{2,}
    """,
    re.VERBOSE,
)
_MEANT_TWICE = re.compile(r"(?:许多|很多|研究|考虑|商量|讨论|学习|交流|沟通|比划|常来){2}")


@dataclass(frozen=True, slots=True)
class Slip:
    """Characters of a text that are wrong: from where up to where, and the words themselves."""

    start: int
    end: int
    words: str


def _slip(match: re.Match[str]) -> Slip:
    return Slip(match.start(), match.end(), match[0])


def _hidden(pattern: re.Pattern[str], filler: str, text: str) -> str:
    """The text with what a pattern finds covered, each character keeping its place."""
    return pattern.sub(lambda match: filler * len(match[0]), text)


def sentences_alone(text: str) -> str:
    """A text without what is quoted or in brackets; every other character keeps its place."""
    return _hidden(_QUOTED_OR_ASIDE, "\n", text)


def left_to_fill_in(text: str) -> Iterator[Slip]:
    """What was left of a form: XX, 待填写, ……, 增加（减少）, empty brackets; a masked name (×××) is none."""
    plain = _SHORTENED_TITLE.sub(lambda title: f"《{'文' * (len(title[0]) - 2)}》", text)
    return map(_slip, _PLACEHOLDER.finditer(plain))


def doubled_marks(text: str) -> Iterator[Slip]:
    """Punctuation that stands twice, or where none can: 。。 、， ，）."""
    return map(_slip, _DOUBLED.finditer(text))


def unpaired_mark(text: str) -> Slip | None:
    """The first bracket or quote without its other half; ( and （ may close each other."""
    open_marks: list[tuple[str, re.Match[str]]] = []
    for found in _BRACKETS.finditer(_hidden(_NUMBERING, "一", text)):
        mark = {"(": "（", ")": "）"}.get(found[0], found[0])
        if mark in _PAIRS:
            open_marks.append((mark, found))
        elif not open_marks or _PAIRS[open_marks.pop()[0]] != mark:
            return _slip(found)
    return _slip(open_marks[0][1]) if open_marks else None


def half_width_marks(text: str) -> list[Slip]:
    """Half-width commas, colons and brackets between Chinese characters; titles and themes stay as they are."""
    plain = _hidden(_TITLE, "题", text)
    return [_slip(match) for pattern in (_HALF_WIDTH, _HALF_BRACKETS) for match in pattern.finditer(plain)]


def gaps(text: str) -> list[Slip]:
    """Blanks between Chinese characters; titles and themes stay as they are."""
    return [_slip(match) for match in _GAP.finditer(_hidden(_TITLE, "题", text))]


def words_twice(text: str) -> Iterator[Slip]:
    """Words that stand twice in a row: 增加增加, 的的; not those that are meant, nor names of the catalogue."""
    plain = _hidden(_MEANT_TWICE, "\n", sentences_alone(text))
    return (_slip(match) for match in _TWICE.finditer(plain) if not _of_two_levels(match["word"]))


@lru_cache(maxsize=1024)
def _of_two_levels(word: str | None) -> bool:
    """Whether a word may stand twice because a 款 is called as its 类, or an item as its 款."""
    return word is not None and len(word) > 3 and any(word in subject.name for subject in catalog.functional())
