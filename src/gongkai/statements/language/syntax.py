"""Reading an expression (式).

    式   = 和 {否则 和}            和 = 积 {+ 积 | - 积}        积 = 元 {× 元 | ÷ 元}
    元   = 数 | "文字" | - 元 | ( 式 ) | 函数 ( [式 {, 式}] ) | 引用
    引用 = 名 {. 名} [@ 名] [ [ 维度 = 值 {| 值} {, 维度 ≠ 值 …} ] ]

A name is any run of characters that are no signs, so that 因公出国（境）费 is one. The language has no loops, no
attributes of programs and no way out: an expression of a pack can do nothing but reckon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.findings import shown

from .nodes import Call, Condition, ExpressionError, Node, Number, Operation, Otherwise, Reference, Sign, Words

LONGEST = 1000
"""Characters of an expression."""
_DEEPEST = 40
OTHERWISE = "否则"
_SIGNS = "+−－＋*×/÷()[],，=＝≠|｜@.-"
_TOKEN = re.compile(
    rf'(?P<number>\d+(?:\.\d+)?)(?=[\s"{re.escape(_SIGNS)}]|$)|"(?P<text>[^"]*)"|(?P<name>[^\s"{re.escape(_SIGNS)}]+)'
    rf"|(?P<sign>[{re.escape(_SIGNS)}])"
)
_ALIKE = str.maketrans("＋−－*/，＝｜", "+--×÷,=|")
_END = ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError("引号没有成对", at)
        kind = str(match.lastgroup)
        said = match[kind]
        yield _Token(kind, said.translate(_ALIKE) if kind == "sign" else said, at)
        at = match.end()
    yield _Token(_END, "", len(text))


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of an expression. Raises ExpressionError where it is none."""
    if len(text) > LONGEST:
        raise ExpressionError(f"式太长：{len(text)} 个字，最多 {LONGEST} 个", LONGEST)
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._expression()
        if self._token.kind != _END:
            self._refuse()
        return node

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _refuse(self) -> None:
        token = self._token
        if token.kind == _END:
            raise ExpressionError("式没有写完", token.at)
        raise ExpressionError(f"“{shown(token.text)}”写在这里不对", token.at)

    def _take(self) -> _Token:
        token = self._token
        self._next += 1
        return token

    def _is(self, *signs: str) -> bool:
        return self._token.kind == "sign" and self._token.text in signs

    def _expect(self, sign: str) -> None:
        if not self._is(sign):
            advice = "名称里的括号写全角的（）" if self._is("(") else ""
            raise ExpressionError(f"这里应是“{sign}”", self._token.at, advice)
        self._next += 1

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError(f"括号套得太深，最多 {_DEEPEST} 层", self._token.at)
        node = self._sum()
        while self._token.kind == "name" and self._token.text == OTHERWISE:
            at = self._take().at
            node = Otherwise(node, self._sum(), at)
        self._depth -= 1
        return node

    def _sum(self) -> Node:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._chain(("×", "÷"), self._unit)

    def _chain(self, signs: tuple[Sign, ...], part: Callable[[], Node]) -> Node:
        node = part()
        while True:
            sign = next((sign for sign in signs if self._is(sign)), None)
            if sign is None:
                return node
            at = self._take().at
            node = Operation(sign, node, part(), at)

    def _unit(self) -> Node:
        token = self._token
        if self._is("-"):
            self._take()
            self._depth += 1
            if self._depth > _DEEPEST:
                raise ExpressionError("负号太多", token.at)
            node: Node = Operation("-", Number(Decimal(0), token.at), self._unit(), token.at)
            self._depth -= 1
            return node
        if self._is("("):
            self._take()
            node = self._expression()
            self._expect(")")
            return node
        if token.kind == "number":
            return Number(Decimal(self._take().text), token.at)
        if token.kind == "text":
            return Words(self._take().text, token.at)
        if token.kind != "name" or token.text == OTHERWISE:
            self._refuse()
        return self._named()

    def _named(self) -> Node:
        first = self._take()
        if self._is("("):
            return Call(first.text, self._arguments(), first.at)
        names = [first.text]
        while self._is("."):
            self._take()
            names.append(self._word())
        comparison = ""
        if self._is("@"):
            self._take()
            comparison = self._word()
        conditions = self._conditions() if self._is("[") else ()
        return Reference(tuple(names), comparison, conditions, first.at)

    def _arguments(self) -> tuple[Node, ...]:
        self._expect("(")
        if self._is(")"):
            self._take()
            return ()
        arguments = [self._expression()]
        while self._is(","):
            self._take()
            arguments.append(self._expression())
        self._expect(")")
        return tuple(arguments)

    def _conditions(self) -> tuple[Condition, ...]:
        self._expect("[")
        conditions = [self._condition()]
        while self._is(","):
            self._take()
            conditions.append(self._condition())
        self._expect("]")
        return tuple(conditions)

    def _condition(self) -> Condition:
        at = self._token.at
        dimension = self._word()
        if not self._is("=", "≠"):
            raise ExpressionError("条件应写作 维度=值，如 资金=一般公共预算", self._token.at)
        but = self._take().text == "≠"
        values = [self._word()]
        while self._is("|"):
            self._take()
            values.append(self._word())
        return Condition(dimension, tuple(values), but, at)

    def _word(self) -> str:
        """A name or a value: a code is a number, and what has signs in it stands in quotes."""
        if self._token.kind not in {"name", "number", "text"}:
            self._refuse()
        return self._take().text
