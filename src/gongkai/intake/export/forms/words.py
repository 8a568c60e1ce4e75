"""What headers, labels and titles say, without what differs between one export and the next."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_QUOTES = re.compile("[\"'“”‘’「」『』《》〈〉]")
_BRACKETS = str.maketrans("[]{}〔〕【】", "()()()()")
_UNIT = re.compile(r"\((?:单位:?)?[万百千]?元\)$")
_NUMBERING = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.,:]|\([一二三四五六七八九十]{1,3}\)|\(?\d{1,2}\)?[、.](?!\d)|\(\d{1,2}\))"
)
_AMONG = re.compile(r"^其中:?")
_ELLIPSIS = re.compile(r"^[.…·\-—]*[…][.…·\-—]*$|^\.{2,}$")
_NOTE = re.compile(r"^(?:备?注|说明|备注说明|附注)(?:\d*[:、.]|:)")
_MARKS = re.compile(r"^[※*×xX]$")

DASHES = re.compile(r"^[-—–－/\\]+$")
"""How a cell says that there is nothing."""


def plain(text: str) -> str:
    """A text of a table in one spelling: no blanks, no quotes, half-width signs."""
    folded = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return _QUOTES.sub("", _BLANKS.sub("", folded))


def heading(text: str) -> str:
    """What a header cell says, without a unit of money and a colon at its end."""
    return _UNIT.sub("", plain(text)).rstrip(":")


def label(text: str) -> str:
    """What the label of a row says, without its number (一、 1. (一)) and without 其中."""
    said = heading(text)
    for _ in range(2):
        said = _AMONG.sub("", _NUMBERING.sub("", said))
    return said


def is_ellipsis(text: str) -> bool:
    """Whether a cell only says that rows go on: …"""
    said = plain(text)
    return bool(_ELLIPSIS.match(said.replace("...", "…"))) or bool(
        _ELLIPSIS.match(_NUMBERING.sub("", said).replace("...", "…"))
    )


def is_note(text: str) -> bool:
    """Whether a text is a note under a table."""
    said = plain(text)
    return bool(_NOTE.match(said)) or "为空表" in said or said.endswith("。")


def is_mark(text: str) -> bool:
    """Whether a cell belongs to the row that numbers the columns: ※, 栏次, 1."""
    said = plain(text)
    return bool(_MARKS.match(said)) or said in {"栏次", "行次", "栏目"} or bool(re.fullmatch(r"\d{1,2}", said))


def title(text: str) -> str:
    """What a title says without year, number of the table, and unit or department."""
    said = plain(text)
    said = re.sub(r"\(?(?:19|20)\d\d(?:年度?)?\)?", "", said)
    return re.sub(
        r"^(?:附?表(?:\d+|[一二三四五六七八九十]+(?!般))?[-:、.]?|公开\d*表|财决公开\d*表|Z\d+|[\d.]+[、-]?)", "", said
    )
