"""What of a pack's folder goes along when the pack is handed on: what a pack is made of, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gongkai.files.data_files import DATA_SUFFIXES
from gongkai.files.read import TooLargeError, is_within, read_regular
from gongkai.files.unzip import MOST_BYTES_OF_ENTRY
from gongkai.findings import FindingsError, Place
from gongkai.packs.load.find import EXAMPLES, Pack
from gongkai.packs.load.yaml_file import pack_error

CODE = "GK523"
_SUFFIXES = frozenset({".yaml", ".html", ".svg", ".png", ".otf", ".ttf", ".ttc"})
"""YAML, templates, pictures, fonts."""
_LEFTOVERS = ("~", ".#", "#")
"""How the names of files begin that editors put beside the one that they have open (~$表.xlsx)."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a pack that go along, by name within it (of empty folders with a slash), and those that stay."""

    files: dict[str, bytes]
    left: tuple[str, ...]


def contents_of(pack: Pack) -> Contents:
    """What goes along of a pack. Raises FindingsError for links out of it, and for what cannot be read."""
    files: dict[str, bytes] = {}
    left: list[str] = []
    for file in _walk(pack.folder):
        name = file.relative_to(pack.folder).as_posix()
        if file.is_dir():
            raise _refusal("是一个文件夹的链接", file, "请把文件夹本身放进模板包")
        if not _belongs(name):
            left.append(name)
            continue
        if not is_within(file, pack.folder):
            raise _refusal("是指向包外面的链接", file, "请把文件本身放进模板包")
        files[name] = _read(file)
    for edition in pack.manifest.editions:
        folder = f"{edition.folder}/"
        if edition.folder and not any(name.startswith(folder) for name in files):
            files[folder] = b""  # an edition may have a folder with nothing in it yet
    return Contents(files, tuple(left))


def _walk(folder: Path) -> Iterator[Path]:
    """All files, and folders that are links; what is hidden is not looked into."""
    for root, folders, files in os.walk(folder):
        here = Path(root)
        links = [name for name in folders if (here / name).is_symlink() and not name.startswith(".")]
        yield from (here / name for name in sorted([*files, *links]))
        folders[:] = sorted(name for name in folders if not name.startswith("."))


def _belongs(name: str) -> bool:
    folders, _, last = name.rpartition("/")
    if last.startswith((".", *_LEFTOVERS)):
        return False
    in_examples = folders.partition("/")[0] == EXAMPLES
    return PurePosixPath(last).suffix.lower() in (DATA_SUFFIXES if in_examples else _SUFFIXES)


def _read(file: Path) -> bytes:
    try:
        return read_regular(file, MOST_BYTES_OF_ENTRY, source=False)
    except TooLargeError as error:
        raise _refusal(f"太大（{error.size:,} 字节）", file, f"一个文件最多 {MOST_BYTES_OF_ENTRY:,} 字节") from None
    except OSError:
        raise _refusal("读不出来，或不是普通文件", file, "请核对文件权限") from None


def _refusal(message: str, file: Path, advice: str) -> FindingsError:
    return pack_error(f"不能做成一个文件：这里{message}", Place(str(file)), advice, code=CODE)
