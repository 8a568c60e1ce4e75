"""Why a finished document, or a part of it, cannot be read, in the words of those who publish."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.findings import Finding, FindingsError, Level, Place

_SAVE_AGAIN = "请用 WPS 或 Word 打开，“另存为”.docx 或 PDF 后再试；打不开的，请取原来的文件"


def _refused(code: str, file: str, message: str, advice: str) -> FindingsError:
    """The reading stops; about the file as a whole."""
    return FindingsError([Finding(code, Level.ERROR, message, advice, place=Place(file))])


def damaged(file: str, what: str) -> FindingsError:
    """It is no proper document: what is wrong with it."""
    return _refused("GK891", file, f"文档读不出来：{what}", _SAVE_AGAIN)


def protected(file: str, what: str = "文档设了打开密码") -> FindingsError:
    """It asks for a password."""
    return _refused("GK892", file, what, "请用原来的程序打开，去掉打开密码，保存后再试")


def too_large(file: str, what: str) -> FindingsError:
    """It has more than any unit's disclosure: what."""
    return _refused("GK893", file, f"文档过大：{what}", "请核对是否选错了文件；一次只读一个单位的公开文件")


def unknown_kind(file: str, suffixes: Sequence[str]) -> FindingsError:
    """Its name ends like none of those that are read."""
    advice = f"能读的是 {'、'.join(suffixes)}；.doc、.wps 等请用 WPS 或 Word “另存为”.docx 或 PDF"
    return _refused("GK891", file, "不认识这种文件", advice)


def unread(place: Place, what: str, advice: str) -> Finding:
    """A part of a document of which nothing is known; the rest was read."""
    return Finding("GK894", Level.WARNING, f"读不出：{what}", advice, place=place)
