"""The sandbox in which a pack's templates run: no attribute tricks, no calls but ours, no files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound
from jinja2.runtime import BlockReference, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from .find import Layer

PARENT = "parent:"
"""Prefix by which a template names the version beneath its own layer."""


class LayeredLoader(BaseLoader):
    """Templates by ``layer!name``; each layer is a folder, the most specific first."""

    def __init__(self, chain: Sequence[Layer]) -> None:
        self._folders = {layer.name: layer.folder for layer in chain}

    def find(self, name: str, beneath: str | None = None) -> str:
        """The full name of a template, sought from the top or beneath a layer."""
        order = list(self._folders)
        start = order.index(beneath) + 1 if beneath is not None else 0
        for layer in order[start:]:
            if self._file(layer, name).is_file():
                return f"{layer}!{name}"
        raise TemplateNotFound(name, f"模板“{name}”不存在，查找过：{'、'.join(order[start:])}")

    def _file(self, layer: str, name: str) -> Path:
        folder = self._folders[layer].resolve()
        file = (folder / name).resolve()
        if not file.is_relative_to(folder):
            raise TemplateNotFound(name, f"模板“{name}”不在模板包的文件夹里")
        return file

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Source and file of a full name; the file is not watched."""
        layer, _, name = template.partition("!")
        file = self._file(layer, name)
        return file.read_text(encoding="utf-8"), str(file), lambda: True


class PackEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for packs: sandboxed, escaping, and strict about names that do not exist."""

    def __init__(self, chain: Sequence[Layer], functions: Sequence[Callable[..., Any]]) -> None:
        self.layers = LayeredLoader(chain)
        super().__init__(
            loader=self.layers,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._callable = frozenset(functions)
        self.globals = {function.__name__: function for function in functions}
        self.filters["lines"] = lines

    def join_path(self, template: str, parent: str) -> str:
        """Full name of a template named in another; ``parent:`` reaches the version beneath."""
        if template.startswith(PARENT):
            return self.layers.find(template.removeprefix(PARENT), beneath=parent.partition("!")[0])
        return self.layers.find(template)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the functions handed in, macros and ``super()`` may be called."""
        if isinstance(obj, Macro | BlockReference):
            return True
        try:
            return obj in self._callable
        except TypeError:
            return False


def lines(text: str) -> Markup:
    """A clerk's text with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
