"""Rules about personal data (个人信息): numbers and names that a public file must not carry.

A message shows both ends of a number and hides the middle, so that a report does not publish it either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.checks.subjects.texts import FreeText, Kind, texts
from gongkai.findings import Level
from gongkai.texts.plain import as_address, with_joined_numbers, with_plain_numbers

_ADVICE = "请删去；经审查同意公开的，在“校验 › 允许公开”里照原文写上"

_UNITS = r"\ ?[元万亿次条人件个]"
"""A number that counts something is no number of a telephone."""
_GAP = r"[-\s._·/()]{0,3}"
_MOBILE = re.compile(
    rf"""
    # 例：+86 138-0000-0000
    (?<![\d.])(?:(?:\+|00)?86[- ]?)?[(]?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\.?\d|{_UNITS})
    """,
    re.VERBOSE | re.ASCII,
)
_SPACED_MOBILE = re.compile(
    r"""
    # 例：13800 138000
    (?<![\d.])(?:1(?P<gap>[-\s.·/_])[3-9](?:(?P=gap)\d){9}
    |1[3-9]\d{2}(?:\d{3}[-\s]\d{4}|[-\s]\d{4}[-\s]\d{3}|\d[-\s]\d{6}))
    (?!\.?\d|\s?[元万亿次条人件个台套名辆场户吨平米公千百年月日%])
    """,
    re.VERBOSE | re.ASCII,
)
"""1 3 8 0 0 1 3 8 0 0 0, 13800 138000, 1380 0138 000."""
_LANDLINE = re.compile(
    r"""
    # 例：0100-2345678
    (?<![\d.])(?:0\d{2,3}\ ?[-· ]\ ?|[(]0\d{2,3}[)]\ ?)[2-9]\d{2,3}[- ]?\d{4}(?!\.?\d)
    """,
    re.VERBOSE | re.ASCII,
)
_BARE_LANDLINE = re.compile(
    rf"""
    # 例：热线：2345678
    (?:电话|热线|传真|座机|联系方式)(?:号码)?[:： ]{{0,2}}
    (?P<number>0\d{{9,11}}|(?!20[0-4]\d(?:[01]\d[0-3]\d(?!\d)|[- ]20))[2-9]\d{{2,3}}[- ]?\d{{4}})
    (?!\d|{_UNITS})
    """,
    re.VERBOSE | re.ASCII,
)
_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])", re.ASCII)
_OLD_IDENTITY = re.compile(r"(?<![\dA-Za-z.])[1-8]\d{14}(?![\dA-Za-z])", re.ASCII)
_CARD = re.compile(
    r"""
    # 例：6200 0000 0000 0000
    (?<![\d.A-Za-z])[3-6]\d{3}(?P<gap>[- ]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?:(?P=gap)\d{1,3})?(?![\dA-Za-z])
    """,
    re.VERBOSE | re.ASCII,
)
_ACCOUNT = re.compile(
    r"""
    # 例：账号：1234567890
    (?:账号|帐号|账户|帐户|卡号)(?:为|是)?[:： ]{0,2}(?P<number>\d[\d -]{8,28}\d)(?!\d)
    """,
    re.VERBOSE | re.ASCII,
)
_MAIL = re.compile(
    r"""
    # 例：寄swj@example.com
    (?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+
    """,
    re.VERBOSE | re.ASCII,
)
_WORTH_A_LOOK = re.compile(r"\d{4}|@", re.ASCII)
_SEPARATORS = re.compile(r"[-\s.·_/()]")
_MASKED = re.compile(r"[×*＊]|[xXＸ]{2}")
_WHOLE_NUMBER = re.compile(r"\d{7}", re.ASCII)
"""So many digits that the extension alone may have been masked."""

_LEAST_SHOWN = 7
"""Of shorter numbers the ends would be most."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def identity_number(number: str) -> bool:
    """Whether 18 characters are a citizen's number (公民身份号码, GB 11643): date of birth and check digit agree."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _is_day(number[6:14]) and _CHECK_DIGITS[total % 11] == number[17].upper()


def luhn(number: str) -> bool:
    """Whether digits end in the check digit that bank cards carry (Luhn, GB/T 17552)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _is_day(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def hidden(number: str) -> str:
    """A number as a message may show it: 138******78; nothing of a short one."""
    if len(number) < _LEAST_SHOWN:
        return "*" * len(number)
    return f"{number[:3]}{'*' * max(len(number) - 5, 3)}{number[-2:]}"


def _spellings(text: str) -> tuple[str, str]:
    """The text with plain numbers, and with blanks and dashes within them taken away."""
    return with_plain_numbers(text), with_joined_numbers(text)


def _mobiles(text: str) -> Iterator[str]:
    plain = with_plain_numbers(text)
    yield from (match[0] for match in _MOBILE.finditer(plain))
    yield from ("".join(filter(str.isdigit, match[0])) for match in _SPACED_MOBILE.finditer(plain))


def _landlines(text: str) -> Iterator[str]:
    text = with_plain_numbers(text)
    yield from (match[0] for match in _LANDLINE.finditer(text))
    yield from (match["number"] for match in _BARE_LANDLINE.finditer(text))


def _identities(text: str) -> Iterator[str]:
    for spelt in _spellings(text):
        yield from (match[0] for match in _IDENTITY.finditer(spelt) if identity_number(match[0]))


def _cards(text: str) -> Iterator[str]:
    for spelt in _spellings(text):
        for match in _CARD.finditer(spelt):
            digits = re.sub("[- ]", "", match[0])
            if luhn(digits) and not identity_number(digits.zfill(18)):
                yield match[0]
    yield from (match["number"] for match in _ACCOUNT.finditer(with_plain_numbers(text)))


def _mails(text: str) -> Iterator[str]:
    yield from (match[0] for match in _MAIL.finditer(as_address(text)))


def personal_numbers(text: str) -> Iterator[tuple[str, str]]:
    """The numbers in a text that may be a person's: what each is, and the number as a message may show it."""
    if not _WORTH_A_LOOK.search(as_address(with_joined_numbers(text))):
        return
    for what, numbers in _NUMBERS.items():
        for number in dict.fromkeys(numbers(text)):
            yield what, hidden(number)


_NUMBERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "手机号码": _mobiles,
    "电话号码": _landlines,
    "身份证号码": _identities,
    "银行账号": _cards,
    "电子邮箱": _mails,
}


def _allowed(figures: Figures) -> tuple[str, ...]:
    return disclosure(figures).validation.allowed


def _key(number: str) -> str:
    """What two spellings of one number have in common."""
    return _SEPARATORS.sub("", as_address(with_plain_numbers(number)))


@lru_cache(maxsize=2)  # every rule about numbers asks for them
def _worth_a_look(figures: Figures) -> tuple[FreeText, ...]:
    """The texts that may hold a number: most hold none, and a telephone number is what 联系电话 is for."""
    return tuple(
        text
        for text in texts(figures)
        if text.key != "联系电话" and _WORTH_A_LOOK.search(as_address(with_joined_numbers(text.text)))
    )


def _found(figures: Figures, numbers: Callable[[str], Iterator[str]], what: str) -> Iterator[Problem]:
    """One problem for each number in any text that the file does not allow."""
    allowed = [_key(words) for words in _allowed(figures)]
    for text in _worth_a_look(figures):
        found = {_key(number): number for number in numbers(text.text)}
        for key, number in found.items():
            if not any(key in words for words in allowed):
                yield Problem(text.path, f"“{text.key}”里有{what}（{hidden(number)}）")


@rule("GK751", _ADVICE)
def no_mobile_number(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里没有手机号码。
    为何重要：手机号码是个人信息，公开以后收不回来。
    依据：个人信息保护法；政府信息公开条例第十五条（个人隐私不公开）。
    怎样改：删去；经审查同意公开的，写进“校验 › 允许公开”。
    """
    yield from _found(figures, _mobiles, "手机号码")


@rule("GK752", _ADVICE)
def no_landline_number(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里没有座机号码（带区号，或写在“电话”之后）。
    为何重要：座机也可能是个人的；办公电话要公开的，应当经过审查。
    依据：个人信息保护法；政府信息公开条例第十五条。
    怎样改：删去；经审查同意公开的，写进“校验 › 允许公开”。
    """
    yield from _found(figures, _landlines, "电话号码")


@rule("GK753", _ADVICE)
def no_identity_number(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里没有公民身份号码；18 位的验校验码，15 位的老号码按警告处理。
    为何重要：身份号码泄露，会被用来冒名贷款、开户。
    依据：个人信息保护法；居民身份证法第十九条；公民身份号码（GB 11643）。
    怎样改：删去，或改写成不含号码的话。
    """
    yield from _found(figures, _identities, "身份证号码")
    for text in texts(figures):
        for number in _OLD_IDENTITY.findall(text.text):
            if _is_day(f"19{number[6:12]}") and number not in _allowed(figures):
                message = f"“{text.key}”里的 15 位数像是老的身份证号码（{hidden(number)}）"
                yield Problem(text.path, message, level=Level.WARNING)


@rule("GK754", _ADVICE)
def no_bank_account(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里没有银行卡号（16 至 19 位，校验码相符）和写明是账号的数字。
    为何重要：账号泄露会造成资金风险。
    依据：个人信息保护法；政府信息公开条例第十五条。
    怎样改：删去，或改写成不含号码的话。
    """
    yield from _found(figures, _cards, "银行账号")


@rule("GK755", _ADVICE)
def no_mail_address(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里没有电子邮箱地址。
    为何重要：个人邮箱是个人信息；公务邮箱要公开的，应当经过审查。
    依据：个人信息保护法；政府信息公开条例第十五条。
    怎样改：删去；经审查同意公开的，写进“校验 › 允许公开”。
    """
    yield from _found(figures, _mails, "电子邮箱")


@rule("GK756", "请写 ××× 或不写；经审查同意公开的，在“校验 › 允许公开”里照原文写上", Level.WARNING)
def persons_are_masked(figures: Figures) -> Iterator[Problem]:
    """检查什么：绩效目标表的联系人、负责人、联系电话没有印出真实的姓名和号码。
    为何重要：姓名和电话是个人信息，公开它们不是表样的要求。
    依据：个人信息保护法（最小必要）；政府信息公开条例第十五条。
    怎样改：写 ××× 或不写。
    """
    allowed = _allowed(figures)
    for text in texts(figures):
        if text.kind is Kind.PERSON and not is_masked(text.text) and text.text not in allowed:
            shown = hidden(text.text) if text.key == "联系电话" else hidden_name(text.text)
            yield Problem(text.path, f"“{text.key}”没有隐去（{shown}）")


def is_masked(text: str) -> bool:
    """Whether a name or a number is written so that nobody is known by it: ×××, 张某, 138****0000."""
    return bool(_MASKED.search(text)) and not _WHOLE_NUMBER.search(text)


def hidden_name(name: str) -> str:
    """A name as a message may show it: 张**."""
    return f"{name[0]}**"
