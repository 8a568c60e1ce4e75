"""Holding an expression against the names there are: what would go wrong at some unit is told of the pack at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches

from gongkai.catalog import Catalogue
from gongkai.findings import shown
from gongkai.statements.facts.store import Choice
from gongkai.statements.facts.vocabulary import Dimension, Measure
from gongkai.texts.suggest import alike

from .choices import ALL, choice_of
from .functions import MOST_PLACES, Function
from .names import ROW, Names, cost_of
from .nodes import Call, Condition, ExpressionError, Node, Number, Operation, Otherwise, Reference, Words
from .paths import fields_of, is_number, is_plain, record_of, type_at

MOST_STEPS = 300
"""Steps of an expression, with those of all that it names."""
_CODE = re.compile(r"\d{3}(\d{2}){0,2}")

_MOST_NEAR, _MOST_LISTED = 3, 40
"""Names that a wrong one may be meant for, and all that there are, as a message lists them."""
NUMBER, TEXT, UNKNOWN = "数", "文字", ""


Around = Mapping[str, Choice | None]
"""What is asked of each dimension before an expression is looked at; None is what only the row knows."""

NOTHING: Around = {}


def bind(node: Node, names: Names, around: Around = NOTHING, row: Node | None = None) -> str:
    """What an expression gives: 数 or 文字. ``around`` is what its table and its rows choose by.

    ``row`` is the figure of the row, where rows have one.
    Raises ExpressionError for every name, dimension, value and function that is not there, with those that are.
    """
    steps = cost_of(node, names, cost_of(row, names) if row is not None else 1)
    if steps > MOST_STEPS:
        message = f"式展开以后太长：{steps:,} 步，最多 {MOST_STEPS} 步"
        raise ExpressionError(message, node.at, "请分成几列，或少用一些名称")
    return _Binder(names, row).kind(node, around)


class _Binder:
    def __init__(self, names: Names, row: Node | None) -> None:
        self._names, self._row = names, row

    def kind(self, node: Node, around: Around) -> str:
        if isinstance(node, Number):
            return NUMBER
        if isinstance(node, Words):
            return TEXT
        if isinstance(node, Otherwise):
            return self.kind(node.first, around) or self.kind(node.second, around)
        if isinstance(node, Operation):
            for part in (node.left, node.right):
                if self.kind(part, around) == TEXT:
                    raise ExpressionError("文字不能加减乘除", part.at)
            return NUMBER
        if isinstance(node, Call):
            return self._call(node, around)
        return self._reference(node, around)

    def _call(self, node: Call, around: Around) -> str:
        function = self._names.functions.get(node.name)
        if function is None:
            raise unknown("函数", node.name, self._names.functions, node.at)
        least, most = len(function.arguments) - function.optional, len(function.arguments)
        if not least <= len(node.arguments) <= most:
            takes = f"{node.name}({', '.join(function.arguments)})"
            raise ExpressionError(f"函数“{node.name}”有 {len(node.arguments)} 个数，应写作 {takes}", node.at)
        for number, argument in enumerate(node.arguments):
            self._argument(node, function, number, argument, around)
        return UNKNOWN

    def _argument(self, node: Call, function: Function, number: int, argument: Node, around: Around) -> None:
        """What a function takes: numbers, and at some places only what is written there itself."""
        kind = self.kind(argument, around)
        called = f"函数“{node.name}”的第 {number + 1} 个数"
        if number in function.words:
            if not isinstance(argument, Words):
                raise ExpressionError(f"{called}应是加引号的文字", argument.at)
        elif number in function.places:
            whole = isinstance(argument, Number) and argument.value == int(argument.value)
            if not whole or not 0 <= int(argument.value) <= MOST_PLACES:  # type: ignore[union-attr]
                raise ExpressionError(f"{called}应是 0 到 {MOST_PLACES} 的整数", argument.at)
        elif kind == TEXT:
            raise ExpressionError(f"{called}应是数，不是文字", argument.at)

    def _reference(self, node: Reference, around: Around) -> str:
        names, first = self._names, node.names[0]
        asked = self._asked(node, around)
        if len(node.names) == 1:
            if first == ROW and self._row is not None:
                return _Binder(names, None).kind(self._row, asked)
            if first in names.locals:
                self._plain(node)
                return TEXT
            if first in names.quantities and not node.comparison:
                quantity = names.quantities[first]
                return bind(quantity.node, quantity.names, asked)
            if first in names.vocabulary.of_measure:
                return self._measure(node, asked)
        return self._path(node)

    def _asked(self, node: Reference, around: Around) -> Around:
        """What is asked of what is named: by its rows, and by its own conditions."""
        asked = dict(around)
        own: set[str] = set()
        for condition in node.conditions:
            name = condition.dimension
            dimension = self._names.vocabulary.by_name.get(name)
            if dimension is None:
                raise unknown("维度", name, self._names.vocabulary.by_name, condition.at)
            if condition.values == (ALL,) and not condition.but:
                asked.pop(name, None)
                continue
            if name in own:
                raise ExpressionError(f"“{name}”的条件写了两次", condition.at, f"几个值写在一起：{name}=甲|乙")
            own.add(name)
            _check_values(condition, dimension)
            choice, other = choice_of(condition, dimension), asked.get(name)
            asked[name] = choice if choice is None or other is None else other.narrowed(choice)
        return asked

    def _measure(self, node: Reference, asked: Around) -> str:
        comparisons = self._names.vocabulary.of_measure[node.names[0]]
        measure = comparisons.get(node.comparison)
        if measure is None:
            raise unknown(f"“{node.name}”的比较", node.comparison, filter(None, comparisons), node.at)
        for dimension, values in measure.within.items():
            choice = asked.get(dimension)
            if choice is None or not choice.values <= {*values}:
                raise _in_part(node, measure, dimension)
        for dimension in sorted(asked):
            together = measure.together.get(dimension)
            if together is not None:
                choice = asked[dimension]
                if choice is None or not choice.values.issuperset(together):
                    raise _only_together(node, measure, dimension)
            elif dimension not in measure.dimensions:
                raise _not_divided(node, measure, dimension)
        return NUMBER

    def _plain(self, node: Reference) -> None:
        if node.comparison or node.conditions:
            raise ExpressionError(f"“{node.name}”后面不能写“@”和“[…]”", node.at)

    def _path(self, node: Reference) -> str:
        """A path into the data file, or below the record of the list whose row it is."""
        for model in (self._names.record, self._names.model):
            if model is None or node.names[0] not in fields_of(model):
                continue
            found, count = type_at(model, node.names)
            if count < len(node.names):
                record = record_of(found)
                valid = fields_of(record) if record else ()
                raise unknown(f"“{'.'.join(node.names[:count])}”里", node.names[count], valid, node.at)
            self._plain(node)
            if not is_plain(found):
                raise ExpressionError(
                    f"“{node.name}”下面还有名称，要写到数或文字", node.at, "可写：" + "、".join(_below(found))
                )
            return NUMBER if is_number(found) else TEXT
        raise unknown("名称", node.name, self._known(), node.at)

    def _known(self) -> Iterable[str]:
        names = self._names
        of_record = fields_of(names.record) if names.record else ()
        row = (ROW,) if self._row is not None else ()
        return [*row, *sorted(names.locals), *of_record, *names.quantities, *names.vocabulary.of_measure]


def _below(annotation: object) -> Collection[str]:
    record = record_of(annotation)
    return fields_of(record) if record else ()


def _check_values(condition: Condition, dimension: Dimension) -> None:
    for value in condition.values:
        if dimension.codes:
            if not _CODE.fullmatch(value):
                raise ExpressionError(f"“{dimension.name}”的“{shown(value)}”不是三位、五位或七位的编码", condition.at)
            if value[:3] not in dimension.codes():
                raise _no_such_class(value, dimension.codes(), dimension.name, condition.at)
        elif not dimension.records and value not in dimension.values and value not in dimension.sets:
            raise unknown(f"“{dimension.name}”的值", value, (*dimension.sets, *dimension.values, ALL), condition.at)
    if dimension.codes and condition.but:
        raise ExpressionError(f"“{dimension.name}”只能写“=”", condition.at)
    if dimension.records:
        raise ExpressionError(f"“{dimension.name}”是逐行取的，只能写“{dimension.name}={ALL}”", condition.at)


def _no_such_class(value: str, known: Catalogue, dimension: str, at: int) -> ExpressionError:
    """A code under no 类 that there is: the table would be blank for ever. Below the 类 a file may have its own."""
    near = "、".join(f"{one.code}（{one.name}）" for one in known.alike(value[:3]))
    return ExpressionError(f"“{dimension}”没有编码是“{value[:3]}”的类", at, f"最像的：{near}" if near else "")


def _not_divided(node: Reference, measure: Measure, dimension: str) -> ExpressionError:
    said = node.name + (f"@{measure.comparison}" if measure.comparison else "")
    has = "、".join(measure.dimensions) or "没有"
    advice = (
        f"它分：{has}。这里按“{dimension}”取数，它没有这样分开的数："
        f"要分开的，在 pack.yaml 里声明“属于: {dimension}”的事实；确要它的总数，在它的条件里加“{dimension}={ALL}”"
    )
    return ExpressionError(f"“{said}”不分“{dimension}”", node.at, advice)


def _in_part(node: Reference, measure: Measure, dimension: str) -> ExpressionError:
    said, values = f"{node.name}@{measure.comparison}", measure.within[dimension]
    message = f"“{said}”只有 {'、'.join(values)} 的，别的没有写全，不能当作全部来比"
    return ExpressionError(
        message, node.at, f"写 {said}[{dimension}={values[0]}]，与它比的数也这样写；或在表的“条件”里写"
    )


def _only_together(node: Reference, measure: Measure, dimension: str) -> ExpressionError:
    values = "、".join(measure.together[dimension])
    advice = f"写 [{dimension}={ALL}]，或取 {values} 的合计"
    return ExpressionError(f"“{node.name}@{measure.comparison}”只有“{dimension}”是 {values} 的合计", node.at, advice)


def unknown(what: str, name: str, valid: Iterable[str], at: int) -> ExpressionError:
    """The mistake that a name is not there: the nearest that is, or all."""
    known = list(dict.fromkeys(valid))
    near = get_close_matches(name, known, _MOST_NEAR) or alike(name, known)
    advice = f"是否想写{'、'.join(f'“{one}”' for one in near)}？" if near else ""
    listed = f"可写：{'、'.join(known)}" if known else ""
    if len(known) > _MOST_LISTED:
        listed = "" if near else "可写的名称见模板包手册“表格的式”"
    return ExpressionError(f"没有{what}“{shown(name)}”", at, advice + listed)


def measures_of(node: Node, names: Names) -> list[tuple[str, str]]:
    """The measures and comparisons of which an expression speaks, each once."""
    known = names.vocabulary.of_measure
    single = (one for one in references_of(node, names) if len(one.names) == 1 and one.name in known)
    return list(dict.fromkeys((one.name, one.comparison) for one in single))


def references_of(node: Node, names: Names) -> Iterator[Reference]:
    """Everything that an expression names; of a quantity (量) that which it is made of."""
    if isinstance(node, Operation):
        parts: tuple[Node, ...] = (node.left, node.right)
    elif isinstance(node, Otherwise):
        parts = (node.first, node.second)
    else:
        parts = tuple(node.arguments) if isinstance(node, Call) else ()
    for part in parts:
        yield from references_of(part, names)
    if isinstance(node, Reference):
        plain = len(node.names) == 1 and not node.comparison
        quantity = names.quantities.get(node.name) if plain else None
        if quantity is None:
            yield node
        else:
            yield from references_of(quantity.node, quantity.names)
