"""Functions of templates whose words a pack's options decide: 增减, names of 科目, item numbers, dates, cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from markupsafe import Markup, escape

from gongkai.packs.load.manifest import OptionValue
from gongkai.prose import numbers, phrases
from gongkai.statements.tables.row_sets import ZERO_PRINTED
from gongkai.statements.tables.table import USUAL_FORMAT, NumberFormat
from gongkai.statements.tables.words import fill

YUAN_PER_WAN = Decimal(10_000)

LEADS = ("比", "与", "较")
"""What sentences may say before that with which something is compared: {比} is 比上年预算, and nothing without it."""

BASE = "基数"
"""That itself: {基数} is 上年预算."""

WHOLE, GAP, GROWTH, RATE = "整体", "差额", "幅度", "率"
"""What a share is of, and the figures of sentences: a difference in 万元, and two rates in percent."""


class Wording:
    """A pack's way to say what is said again and again in one document."""

    def __init__(self, options: Mapping[str, OptionValue]) -> None:
        self._options = options

    def amount(self, value: Decimal) -> Markup:
        """An amount in 万元: 1,046.82."""
        return self._marked(numbers.amount(value), value)

    def change(self, current: Decimal, prior: Decimal, base: str = "") -> Markup:
        """比上年预算增加59.30万元，增长12.19%: a change by its case; ``base`` says against what."""
        words = {
            **_against(base),
            GAP: self.amount(abs(current - prior)),
            GROWTH: phrases.growth(current, prior),
        }
        said = self._entry("增减句式", phrases.change_case(current, prior))
        return _with_amounts(said or self._entry("增减句式", "没有变化"), words)

    def portion(self, part: Decimal, whole: Decimal, of: str = "") -> str:
        """，占本年支出合计的52.13%: a share with the comma before it, or nothing where a pack says nothing."""
        words = {WHOLE: of, RATE: phrases.percent_of(part, whole)}
        said = fill(self._entry("占比句式", phrases.whole_case(whole)), words)
        return f"，{said}" if said else ""

    def chart_share(self, part: Decimal, whole: Decimal) -> str:
        """A share in the cell of a chart: 52.13%."""
        return fill(self._entry("图表占比", phrases.whole_case(whole)), {RATE: phrases.percent_of(part, whole)})

    def difference(self, actual: Decimal, budget: Decimal, base: str = "") -> str:
        """预决算差异率12.19%，: how far an outturn is from its budget, with the comma after it, or nothing.

        ``base`` says which budget, for a pack whose sentence names it.
        """
        words = {**_against(base), RATE: phrases.variance(actual, budget)}
        said = fill(self._entry("差异率句式", phrases.budget_case(actual, budget)), words)
        return f"{said}，" if said else ""

    def completion(self, actual: Decimal, planned: Decimal, base: str = "预算") -> str:
        """，完成年初预算的98.10%: how much of a plan was reached, with the comma before it, or nothing."""
        words = {**_against(base), RATE: phrases.percent_of(actual, planned)}
        said = fill(self._entry("完成率句式", phrases.budget_case(actual, planned)), words)
        return f"，{said}" if said else ""

    def class_name(self, name: str) -> str:
        """A 类 in a list: 一般公共服务支出（类）."""
        return fill(self._text("类名称"), {"类": name})

    def item_name(self, item: Any) -> str:
        """A 项 with the names above it; ``item`` has ``class_name``, ``group_name`` and ``name``."""
        return fill(self._text("科目全称"), {"类": item.class_name, "款": item.group_name, "项": item.name})

    def ordinal(self, number: int, form: str) -> str:
        """The number before an item of a list, in the form that an option has chosen: 1. or （一）."""
        return form.replace("1", str(number)).replace("一", phrases.numeral(number) if "一" in form else "")

    def date_text(self, day: date, form: str) -> str:
        """A date in the form that an option gives: {年}年{月}月{日}日."""
        return fill(form, phrases.date_words(day))

    def table_amount(self, value: Any, form: NumberFormat = USUAL_FORMAT) -> Markup:
        """An amount in a cell of an official table, in the table's unit, or as the ``form`` of its column says."""
        number = self.table_number(value, form)
        if number is None:
            return Markup()
        if isinstance(number, str):
            return escape(number)
        return self._marked(f"{number:f}" if form.grouped is False else f"{number:,f}", value)

    def table_number(self, value: Decimal | None, form: NumberFormat = USUAL_FORMAT) -> Decimal | str | None:
        """What a cell of an official table prints: a number in its unit, a word for zero, None for a blank cell."""
        if value is None:
            return None
        in_yuan = self._in_yuan if form.unit is None else form.unit == "元"
        places = self.table_places if form.places is None else form.places
        rounded = numbers.round_half_up(value * YUAN_PER_WAN if in_yuan else value, places)
        zero = self._text("表格零值") if form.zero is None else form.zero
        if rounded or zero == ZERO_PRINTED:
            return rounded
        return None if zero in {"", "空白"} else zero

    def form_amount(self, value: Decimal) -> Markup:
        """An amount in the form of a performance table, always in 万元."""
        text = numbers.amount(value)
        return self._marked(text if self.groups_forms else text.replace(",", ""), value)

    @property
    def groups_forms(self) -> bool:
        """Whether amounts in the forms of performance tables have separators of thousands."""
        return bool(self._options["绩效表千分位"])

    @property
    def table_places(self) -> int:
        """Decimals in the cells of official tables."""
        return 0 if self._in_yuan and self._text("表格小数") == "不印" else 2

    @property
    def _in_yuan(self) -> bool:
        return self._text("表格金额单位") == "元"

    def _marked(self, figure: str, value: Decimal) -> Printed:
        """The printed ``figure`` of an amount (万元)."""
        return marked(figure)

    def _text(self, option: str) -> str:
        return str(self._options[option])

    def _entry(self, option: str, key: str) -> str:
        entries = self._options[option]
        assert isinstance(entries, dict), "the manifest checks the type of an option"
        return entries[key]


class Printed(Markup):
    """Printed words with amounts marked in them; a template that compares them sees the words."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.striptags() == Markup(other).striptags()  # noqa: S704 - compared only

    def __hash__(self) -> int:
        return hash(self.striptags())  # as its words have: it is found among the keys of a mapping


def marked(figure: str, more: str = "") -> Printed:
    """A printed amount as the element of an amount (``<data value>``): every output knows it without looking for it.

    In single quotes, so that it may stand in an attribute; there the marks are taken away again. ``more`` are
    further attributes, with a blank before each.
    """
    words = escape(figure)
    return Printed(f"<data value='{words.replace(',', '')}'{more}>{words}</data>")


def keeping_marks(function: Callable[..., str]) -> Callable[..., str]:
    """A function of texts that keeps the marks of amounts in what is handed to it."""

    @wraps(function)
    def called(*arguments: Any, **named: Any) -> str:
        if not any(map(_has_marks, (*arguments, *named.values()))):
            return function(*arguments, **named)
        texts = [_escaped(argument) for argument in arguments]
        return Printed(function(*texts, **{name: _escaped(argument) for name, argument in named.items()}))

    return called


def _has_marks(value: Any) -> bool:
    return isinstance(value, Markup) or (isinstance(value, list | tuple) and any(map(_has_marks, value)))


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return str(escape(value))
    return [_escaped(entry) for entry in value] if isinstance(value, list | tuple) else value


def _against(base: str) -> dict[str, str]:
    """What the words of a comparison stand for: its base with each lead, or nothing where none is named."""
    return {**{lead: f"{lead}{base}" if base else "" for lead in LEADS}, BASE: base}


def _with_amounts(text: str, words: Mapping[str, str]) -> Printed:
    """A pack's words with what stands for them; amounts among these keep their marks."""
    said = fill(str(escape(text)), {name: str(escape(word)) for name, word in words.items()})
    return Printed(said)
