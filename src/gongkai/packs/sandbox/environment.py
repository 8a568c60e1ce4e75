"""The sandbox in which a pack's templates run: no attribute tricks, no calls but ours, no files, no endless work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import TemplateError, TemplateRuntimeError, TemplateSyntaxError, Undefined
from jinja2 import nodes as ast
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gongkai.findings import FindingsError
from gongkai.packs.names import ATTRIBUTES, OLD_BLOCKS, field_of
from gongkai.statements.tables.words import WordError

from .filters import filters
from .limits import Limits
from .loader import PARENT, LayeredLoader
from .missing import Missing

_LARGEST = 1_000_000_000
_NO_DATA = object()


class _Generator(CodeGenerator):
    """Compiles ``~`` to a joining that is counted."""

    def visit_Concat(self, node: ast.Concat, frame: Frame) -> None:  # noqa: N802 - the library's name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class PackEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for packs: sandboxed, escaping, strict about names that do not exist, and bounded."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self, layers: LayeredLoader, functions: Mapping[str, Callable[..., Any]], steps: int | None = None
    ) -> None:
        self.layers = layers
        super().__init__(
            loader=layers,
            autoescape=True,
            undefined=Missing,
            finalize=printable,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.limits = Limits(steps)
        self._callable = frozenset(functions.values())
        self._safe: set[tuple[type, str]] = set()
        self.globals = dict(functions)
        self.filters = dict(filters(self.limits))

    def join_path(self, template: str, parent: str) -> str:
        """Full name of a template named in another; ``parent:`` reaches the version beneath."""
        self.limits.step()
        if template.startswith(PARENT):
            return self.layers.find(template.removeprefix(PARENT), beneath=parent.partition("!")[0])
        return self.layers.find(template)

    def _parse(self, source: str, name: str | None, filename: str | None) -> ast.Template:
        """Parse; blocks have their Chinese names, in whichever a template writes them (``self.organisation()`` too)."""
        tree = super()._parse(source, name, filename)
        for block in tree.find_all(ast.Block):
            block.name = OLD_BLOCKS.get(block.name, block.name)
        for part in tree.find_all(ast.Getattr):
            if isinstance(part.node, ast.Name) and part.node.name == "self":
                part.attr = OLD_BLOCKS.get(part.attr, part.attr)
        return tree

    def _generate(self, source: ast.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        """Compile; what a loop runs over goes through the filter that counts."""
        for loop in source.find_all(ast.For):
            if loop.recursive:
                raise TemplateSyntaxError("循环不能写 recursive", loop.lineno, name, filename)
            loop.iter = ast.Filter(loop.iter, "list", [], [], None, None, lineno=loop.lineno, environment=self)
        return super()._generate(source, name, filename, defer_init)

    def concat(self, parts: Iterable[str]) -> str:
        """What a template, block or macro has printed, as one text."""
        texts = list(parts)
        self.limits.text(sum(map(len, texts)))
        return "".join(texts)

    def joined(self, parts: Sequence[Any]) -> str:
        """Values joined by ``~``."""
        texts = [printable(part) for part in parts]
        self.limits.text(sum(map(len, texts)))
        return markup_join(texts)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A template counts (``loop.index + 1``); it does not reckon, and texts are joined by ``~``."""
        for side in (left, right):
            if isinstance(side, Undefined):
                str(side)  # says what is missing
        if type(left) is int and type(right) is int and operator in {"+", "-"}:
            result = left + right if operator == "+" else left - right
            if abs(result) <= _LARGEST:
                return result
        raise TemplateRuntimeError(f"模板里不能做“{operator}”运算；数字由数据得出，文字用 ~ 连接")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What is behind a dot, by its Chinese or its English name.

        Templates ask thousands of cells for the same few names. Whether a name is safe is a matter of the name and
        of the type that has it, so that is found out once; the value is looked at each time.
        """
        field = ATTRIBUTES.get(attribute, attribute)
        if (type(obj), field) in self._safe:
            value = getattr(obj, field, _NO_DATA)
            if value is not _NO_DATA and not callable(value):
                return value
        return super().getattr(obj, field_of(obj, attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same for what stands in brackets."""
        return super().getitem(obj, field_of(obj, argument) if isinstance(argument, str) else argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Data only: neither methods nor what the model library keeps beside the data."""
        if attr.startswith("model_") or not super().is_safe_attribute(obj, attr, value):
            return False
        if not isinstance(obj, Mapping):  # what is behind the dot of a mapping is its entry, whatever it is called
            self._safe.add((type(obj), attr))
        return not callable(value) or isinstance(value, Macro | BlockReference)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the functions handed in, macros and ``super()`` may be called."""
        if isinstance(obj, Macro | BlockReference):
            return True
        try:
            return obj in self._callable
        except TypeError:
            return False

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """A counted call of what may be called."""
        __self.limits.step()
        if not __self.is_safe_callable(__obj):
            raise SecurityError("这里的值不是函数，不能调用")
        if isinstance(__obj, Macro | BlockReference):
            return __context.call(__obj, *args, **kwargs)
        __self.limits.arguments((*args, *kwargs.values()))
        try:
            return __context.call(__obj, *args, **kwargs)
        except (FindingsError, TemplateError, WordError):
            raise
        except Exception as error:
            raise TemplateRuntimeError(f"函数 {__obj.__name__} 的参数不对，用法见模板包名称表") from error


def printable(value: Any) -> str:
    """What ``{{ }}`` may print: text, whole numbers and dates. Raises for anything else.

    An amount has a printed form that only a function gives it, and any other value
    would print what it looks like inside the program.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Undefined):
        return str(value)  # a name that does not exist raises; an ``if`` without ``else`` is ''
    if isinstance(value, Decimal):
        raise TemplateRuntimeError("金额不能直接印，要用函数，如 金额(…)")
    raise TemplateRuntimeError("这里的值不是文字，不能直接印")
