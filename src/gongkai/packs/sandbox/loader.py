"""Where a pack's templates come from: the folders of its layers, each template read and compiled once."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

from jinja2 import BaseLoader, Environment, Template, TemplateError, TemplateNotFound

from gongkai.files.read import TooLargeError, read_regular
from gongkai.findings import FindingsError, Place, shown
from gongkai.packs.load.find import Layer
from gongkai.packs.load.yaml_file import pack_error
from gongkai.source.text_file import NOT_PRINTABLE
from gongkai.texts.suggest import alike

PARENT = "parent:"
"""Prefix by which a template names the version beneath its own layer."""

_AMOUNT = re.compile(r"<data(?![\w-])", re.IGNORECASE)
_LARGEST_TEMPLATE = 1_000_000
"""Bytes; the largest of ours has twenty thousand."""

_TEMPLATES_REMEMBERED = 2000
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_COMPILED: dict[tuple[str, str], tuple[bytes, CodeType]] = {}
"""The code of templates by name and file, with a hash of the source: packs with the same parent share the parent's."""


def _remember(known: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Keep what was found out of a template; of a great many only the latest are kept."""
    if len(known) >= _TEMPLATES_REMEMBERED:
        known.clear()
    known[key] = value


class LayeredLoader(BaseLoader):
    """Templates by ``layer!name``; each layer is a folder, the most specific first.

    Where a template was found and what it is compiled to is remembered, so a loader is for files that do not change:
    a pack of which a file was changed is opened anew, with a new loader (``open_pack``).
    """

    def __init__(self, chain: Sequence[Layer]) -> None:
        self._folders = {layer.name: Path(os.path.realpath(layer.folder)) for layer in chain}
        self._found: dict[tuple[str, str | None], str] = {}
        self._codes: dict[str, CodeType] = {}

    def find(self, name: str, beneath: str | None = None) -> str:
        """The full name of a template, sought from the top or beneath a layer."""
        found = self._found.get((name, beneath))
        if found is None:
            found = self._sought(name, beneath)
            _remember(self._found, (name, beneath), found)
        return found

    def _sought(self, name: str, beneath: str | None) -> str:
        order = list(self._folders)
        start = order.index(beneath) + 1 if beneath is not None else 0
        for layer in order[start:]:
            if self._exists(layer, name):
                return f"{layer}!{name}"
        raise TemplateNotFound(name, f"模板“{shown(name)}”不存在，查找过：{'、'.join(order[start:])}")

    def meant(self, name: str) -> str:
        """Advice for the name of a template that is in no layer: those that are named nearly so."""
        names = {file.relative_to(folder).as_posix() for folder in self._folders.values() for file in folder.rglob("*")}
        near = alike(name, sorted(each for each in names if each.endswith(".html")))
        return f"是否想写“{near[0]}”？" if near else ""

    def _exists(self, layer: str, name: str) -> bool:
        try:
            return self._file(layer, name).is_file()
        except TemplateNotFound:
            raise
        except (OSError, ValueError):  # no file can have such a name
            return False

    def _file(self, layer: str, name: str) -> Path:
        folder = self._folders[layer]
        file = Path(os.path.realpath(folder / name))  # unlike ``resolve`` it never fails, not even in a circle
        if not file.is_relative_to(folder):
            raise TemplateNotFound(name, f"模板“{shown(name)}”不在模板包的文件夹里")
        return file

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Source and file of a full name; the file is not watched."""
        layer, _, name = template.partition("!")
        file = self._file(layer, name)
        return read_template(file), str(file), lambda: True

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the library's name
    ) -> Template:
        """A compiled template. Raises FindingsError for one that no compiler can hold."""
        try:
            code = self._codes.get(name)
            if code is None:
                code = self._compiled(environment, name)
                _remember(self._codes, name, code)
            return environment.template_class.from_code(environment, code, {} if globals is None else globals)
        except (TemplateError, FindingsError):
            raise
        except Exception as error:  # brackets or tags in each other a thousand times, a number of pages' length
            layer, _, file = name.partition("!")
            place = Place(str(self._file(layer, file)))
            raise pack_error("模板太复杂：一层套一层太深，或有太长的数", place) from error

    def _compiled(self, environment: Environment, name: str) -> CodeType:
        source, file, _ = self.get_source(environment, name)
        state = hashlib.sha256(source.encode()).digest()
        known, code = _COMPILED.get((name, file), (b"", None))
        if code is None or known != state:
            code = environment.compile(source, name, file)
            _remember(_COMPILED, (name, file), (state, code))
        return code


def read_template(file: Path) -> str:
    """The text of a template. Raises FindingsError when it cannot be read."""
    try:
        text = read_regular(file, _LARGEST_TEMPLATE).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise pack_error("模板不是 UTF-8 编码", Place(str(file)), "请用编辑器另存为 UTF-8") from None
    except TooLargeError as error:
        raise pack_error(f"模板太大（{error.size:,} 字节）", Place(str(file)), "请分成几个模板") from None
    except OSError:
        raise pack_error("模板读不出来", Place(str(file)), "请核对文件权限") from None
    by_hand = _AMOUNT.search(text)
    if by_hand is not None:
        place = Place(str(file), text.count("\n", 0, by_hand.start()) + 1, 1)
        raise pack_error("模板里不能写 <data>", place, "金额由函数印出，如 {{ 金额(…) }}", code="GK604")
    unseen = NOT_PRINTABLE.search(text)
    if unseen is not None:
        place = Place(str(file), text.count("\n", 0, unseen.start()) + 1, 1)
        raise pack_error(f"模板里有看不见的字符（U+{ord(unseen[0]):04X}）", place, "请删去该字符")
    return text
