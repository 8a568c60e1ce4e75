"""What the documents of a unit are called: like its data file, or by their own title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.output.formats import FORMATS

SAME_NAME = "GK144"


class Naming(StrEnum):
    """The choices of ``--name``."""

    FILE = "文件"
    TITLE = "标题"


_MOST_BYTES = 200
"""A name may have 255 bytes on Linux; what is written beside it first has a longer one."""

# What Windows does not allow in a name, and what stands there instead.
_FORBIDDEN = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f]+")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def output_name(stem: str, form: str) -> str:
    """What the file of a format is called, with this name before its ending."""
    return stem + FORMATS[form].ending


def file_name(title: str) -> str:
    """A title as the name of a file, without its ending, that every system can keep."""
    name = _NOT_SHOWN.sub("", " ".join(title.split())).translate(_FORBIDDEN).strip(" .")
    name = f"_{name}" if not name or name.startswith("-") or _DEVICE.match(name) else name
    return _cut(name)


def _cut(name: str) -> str:
    """A name that is too long without its middle: it begins with the unit, and ends with what it is."""
    if len(name.encode()) <= _MOST_BYTES:
        return name
    end = name[-20:]
    start = name[:-20]
    while len(f"{start}…{end}".encode()) > _MOST_BYTES:
        start = start[:-1]
    return f"{start}…{end}"


class Claims:
    """Whose documents have which names in the folder where they are written: no two units have one."""

    def __init__(self) -> None:
        self._owners: dict[str, Path] = {}

    def claim(self, owner: Path, names: Iterable[str]) -> None:
        """Give a unit these names, instead of those that it had. Raises FindingsError when another one has them."""
        wanted = {name.casefold(): name for name in names}
        self._owners = {name: other for name, other in self._owners.items() if other != owner}
        for key, name in wanted.items():
            if key in self._owners:
                raise FindingsError([same_name(name, str(self._owners[key]), str(owner))])
        self._owners |= dict.fromkeys(wanted, owner)


def same_name(name: str, other: str, file: str) -> Finding:
    """The finding for a unit whose documents would be called like those of another one."""
    message = f"标题与 {other} 的相同，会生成同名的文件“{name}”，没有生成"
    advice = "请核对单位名称、年度、文种；确是不同的文件的，去掉 --name，或写到不同的文件夹"
    return Finding(SAME_NAME, Level.ERROR, message, advice, place=Place(file))
