"""Texts in one plain form: what must not be told is known however it is spelt."""

from __future__ import annotations

import re
import unicodedata

_RANGES = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
)
INVISIBLE = re.compile(f"[{_RANGES}]")
"""Characters that nobody sees and that mean nothing in Chinese text: joiners, fillers, marks, noncharacters."""

_BRACKETS = str.maketrans("[【(]】)", "〔〔〔〕〕〕")
_DECORATION = re.compile("[\\s\"'“”‘’`´《》〈〉「」『』*_~^#|\\\\/·•・‧∙⋅.…\\-‐‑‒–—―−＿ˉ¯]")
"""What may stand between the letters of a name without changing what is read."""

_COMBINING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f]"
)
"""Marks over, under and around a letter that are part of none: what is composed with a letter is a letter by now."""
_PUNCTUATION = tuple(zip("，；：（）？！％", ",;:()?!%", strict=True))
"""Compatible characters that stand in nearly every text: one that has no others is normal, which is soon seen."""
_OTHER_DIGITS = re.compile(r"[^\D0-9]")
_SPELT_OUT = re.compile(r"(?<!\w)[^\W\d_](?:\W++[^\W\d_]){2,}(?!\w)")
"""One letter after another with signs between them: 夜，莺，行，动."""
_NO_LETTER = re.compile(r"[\W_]+")

_DASHES = re.compile("[‐‑‒–—―−]")
_BETWEEN_DIGITS = r"\s\-.·_/"
_WITHIN_NUMBER = re.compile(rf"(?<=[0-9])[{_BETWEEN_DIGITS}]+(?=[0-9Xx])")
_NUMERALS = "〇零○一幺二三四五六七八九壹贰叁肆伍陆柒捌玖"
_IN_NUMERALS = re.compile(f"[{_NUMERALS}]{{11,}}")
"""So many numerals in a row are no figure, but the digits of a number."""
_AT, _DOT = (
    re.compile(r"[(\[{]at[)\]}]", re.IGNORECASE),
    re.compile(r"(?i:[(\[{]dot[)\]}])|(?<=[A-Za-z0-9])。(?=[A-Za-z])"),
)
_DIGIT_OF = str.maketrans(_NUMERALS, "0001123456789123456789")
_LOOKS_LIKE_X = "ХхΧχ"


COMMON = re.compile(
    r"特定目标|完全不予公开|不公开|涉密|保密|国家秘密|关于|下达|提前|预算|通知|文件|根据|安排|中央|自治区|自治州|"
    r"年度|专项|工作|业务|经费|资金|项目|补助|支出|建设|管理|服务|保障|运转|购置|维护|其他|[\d\W_年月日第号]+"
)
"""Words that stand in the names of so many projects that they tell nothing of one."""


def folded(text: str) -> str:
    """A text with full-width and other compatible characters as usual ones, without what nobody sees."""
    if text.isascii():
        return text
    seen = INVISIBLE.sub("", text)
    for full_width, usual in _PUNCTUATION:
        seen = seen.replace(full_width, usual)
    plain = unicodedata.normalize("NFKC", seen)
    if plain != seen:  # what nobody sees may have been hidden in a compatible character
        plain = INVISIBLE.sub("", plain)
    return _OTHER_DIGITS.sub(lambda digit: str(unicodedata.digit(digit[0])), _COMBINING.sub("", plain))


def bare(text: str) -> str:
    """A text by its letters, digits and the signs between clauses: without blanks, quotes, dots and dashes, in one
    case, with one kind of bracket. Two texts that read alike have one bare form.
    """
    plain = _DECORATION.sub("", folded(text)).casefold().translate(_BRACKETS)
    return _SPELT_OUT.sub(lambda run: letters(run[0]), plain)


def letters(text: str) -> str:
    """What is left of a bare form without the signs between clauses: a phrase is one, whatever stands within it."""
    return _NO_LETTER.sub("", text)


def with_plain_numbers(text: str) -> str:
    """A text in which numbers are ASCII digits and dashes one sign."""
    plain = _DASHES.sub("-", folded(text))
    for letter in _LOOKS_LIKE_X:
        plain = plain.replace(letter, "X")
    return _IN_NUMERALS.sub(lambda run: run[0].translate(_DIGIT_OF), plain)


def with_joined_numbers(text: str) -> str:
    """The same without blanks, dashes and dots within numbers: 1101 0119 9003 07 as one."""
    return _WITHIN_NUMBER.sub("", with_plain_numbers(text))


def as_address(text: str) -> str:
    """A text in which addresses of mail are written as usual: zhangsan（at）163。com as zhangsan@163.com."""
    plain = _DOT.sub(".", _AT.sub("@", folded(text)))
    return "@".join(part.strip() for part in plain.split("@"))
