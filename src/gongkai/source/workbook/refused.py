"""Why a workbook cannot be read, and what of one is not, in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.findings import Finding, FindingsError, Level, Place

_SAVE_AGAIN = "请用 WPS 或 Excel 打开，“另存为”.xlsx 后再试；打不开的，请取原来的文件"


def refused(code: str, file: str, message: str, advice: str) -> FindingsError:
    """The reading stops; about the file as a whole."""
    return FindingsError([Finding(code, Level.ERROR, message, advice, place=Place(file))])


def damaged(file: str, what: str) -> FindingsError:
    """It is no proper workbook: what is wrong with it."""
    return refused("GK150", file, f"工作簿读不出来：{what}", _SAVE_AGAIN)


def protected(file: str) -> FindingsError:
    """It asks for a password."""
    advice = "请用 WPS 或 Excel 打开，去掉打开密码（文件 → 文档加密 / 信息 → 保护工作簿），保存后再试"
    return refused("GK151", file, "工作簿设了打开密码", advice)


def too_large(file: str, what: str) -> FindingsError:
    """It has more than any unit's tables: what."""
    advice = "请核对是否选错了文件；是的，请把用到的表复制到一个新工作簿里"
    return refused("GK152", file, f"工作簿过大：{what}", advice)


@dataclass(frozen=True, slots=True)
class Refusals:
    """How a package is refused, by what it is (workbook, document), with the file and what is wrong."""

    damaged: Callable[[str, str], FindingsError]
    protected: Callable[[str], FindingsError]
    too_large: Callable[[str, str], FindingsError]
    too_many: str
    """What it is said to have too many of, where its XML has more elements than any."""


WORKBOOK = Refusals(damaged, protected, too_large, "单元格多得异常")


def macros_finding(file: str) -> Finding:
    """There are macros."""
    advice = "不用改；表里的数是宏算出来的，请先在 Excel 里算好、保存"
    return Finding("GK153", Level.HINT, "工作簿里有宏，没有运行", advice, place=Place(file))


def links_finding(file: str) -> Finding:
    """There are formulas that refer to other workbooks."""
    advice = "请核对这些数；可用“数据 → 编辑链接 → 断开链接”把它们改成数"
    message = "有公式引用别的工作簿，没有去读，用的是上次保存的数"
    return Finding("GK154", Level.WARNING, message, advice, place=Place(file))
