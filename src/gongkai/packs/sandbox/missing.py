"""A name that does not exist, told in a designer's words: what was meant, and what there is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.filters import do_default

from gongkai.findings import shown
from gongkai.packs.names import names_behind
from gongkai.texts.suggest import alike


class Missing(StrictUndefined):
    """What a template finds where a name does not exist; whatever it does with it raises UndefinedError."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name = shown(str(self._undefined_name))
        if self._undefined_exception is SecurityError:
            return f"不能读取“{name}”"
        return f"没有“{name}”{self._instead(name)}"

    def _instead(self, name: str) -> str:
        """What may be written instead."""
        value = self._undefined_obj
        if isinstance(value, Decimal):
            return "，点前面的已经是金额"
        names = names_behind(value)
        if names:
            near = alike(str(self._undefined_name), names)
            return f"{f'，是否想写“{near[0]}”？' if near else '，'}可写：{'、'.join(names)}"
        return "，点前面的是清单，用 for 逐项取" if isinstance(value, list | tuple) else ""

    def refuse_field(self) -> None:
        """Raise UndefinedError where the name is that of a field which the value can never have."""
        if names_behind(self._undefined_obj):
            self._fail_with_undefined_error()


def default(value: Any, default_value: Any = "", boolean: bool = False) -> Any:
    """What stands for a value that is not there. A misspelt field is never there: it raises UndefinedError."""
    if isinstance(value, Missing):
        value.refuse_field()
    return do_default(value, default_value, boolean)
