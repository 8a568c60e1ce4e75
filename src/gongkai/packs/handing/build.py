"""One file of a pack and of those parents that the program does not bring along: equal bytes for equal contents."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai import __version__
from gongkai.files.zips import zip_bytes
from gongkai.findings import FindingsError, Place
from gongkai.packs.load import needed
from gongkai.packs.load.find import Pack, find_pack, lineage, product_templates, search_path
from gongkai.packs.load.label import FORMAT, LABEL, Label, digest_of, hash_of
from gongkai.packs.load.packed import LARGEST, opened
from gongkai.packs.load.yaml_file import pack_error
from gongkai.stand_ins import BETWEEN, as_known

from .contents import CODE, contents_of

ENDING = ".模板包.zip"
_NO_NAME = re.compile(r'[\\/:*?"<>|\s.]+')
"""What no system takes in a file name, and dots, which would look like an ending."""


@dataclass(frozen=True, slots=True)
class Built:
    """A pack in one file: its bytes, its label, and what was in the folders and did not go along."""

    data: bytes
    label: Label
    left: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the file is called where nobody says: 示例州-1.2.模板包.zip."""
        name = _NO_NAME.sub("-", self.label.name).strip("-") or self.label.id
        return f"{name}{f'-{self.label.version}' if self.label.version else ''}{ENDING}"


def build(name: str, folders: Sequence[Path] = ()) -> Built:
    """The pack of this name as one file that works by itself wherever the program is.

    Raises FindingsError when the pack or a parent is missing or wrong, for links out of it, and for what no program
    would unpack again. Whether it is sound is for ``gongkai pack check`` to say.
    """
    line = _line(name, folders)
    if _is_shipped(line[0]):
        message, advice = f"“{line[0].manifest.name}”是随程序的模板包", "各单位的程序里都有，不用交给他们"
        raise pack_error(message, Place(str(line[0].file)), advice, code=CODE)
    label, files, left = _gathered(line)
    data = zip_bytes([(LABEL, label.as_json()), *((name, files[name]) for name in label.files)])
    if len(data) > LARGEST:
        message = f"做成的文件太大（{len(data):,} 字节，最多 {LARGEST:,}）"
        raise pack_error(message, Place(str(line[0].folder)), "请去掉用不着的字体和例子", code=CODE)
    _refuse_unusable(data, line[0])
    return Built(data, label, left)


def label_of(name: str, folders: Sequence[Path] = ()) -> Label:
    """What the file of this pack would say of itself; also of one that the program brings along.

    Raises FindingsError when the pack or a parent is missing or wrong, and for links out of it.
    """
    return _gathered(_line(name, folders))[0]


def _line(name: str, folders: Sequence[Path]) -> list[Pack]:
    path = search_path(folders)
    return lineage(find_pack(name, path), path)


def _is_shipped(pack: Pack) -> bool:
    return pack.folder.parent == product_templates()


def _gathered(line: Sequence[Pack]) -> tuple[Label, dict[str, bytes], tuple[str, ...]]:
    """The label of a pack, the files that go along, and the names of those that do not."""
    first, *above = line
    own = [first, *(pack for pack in above if not _is_shipped(pack))]
    files: dict[str, bytes] = {}
    left: list[str] = []
    for pack in own:
        contents = contents_of(pack)
        files |= {f"{pack.id}/{name}": data for name, data in contents.files.items()}
        left += [as_known(str(pack.folder / name)) for name in contents.left]
    hashes = {name: hash_of(files[name]) for name in sorted(files)}
    label = Label(
        format=FORMAT,
        id=first.id,
        name=first.manifest.name,
        version=first.manifest.version,
        packed=tuple(pack.id for pack in own),
        shipped=tuple(pack.id for pack in above if pack not in own),
        needs=max((pack.manifest.needs or needed.at_least(__version__) for pack in own), key=needed.numbers),
        made_by=__version__,
        digest=digest_of(hashes),
        files=hashes,
    )
    return label, files, tuple(left)


def _refuse_unusable(data: bytes, pack: Pack) -> None:
    """Raise FindingsError for what would be refused where the file is used: names that some systems cannot have."""
    try:
        opened(data, str(pack.folder.parent))
    except FindingsError as error:
        [finding] = error.findings
        file = finding.place.file if finding.place else str(pack.folder)
        place = Place(file.replace(f"{pack.folder.parent}{BETWEEN}", f"{pack.folder.parent}{os.sep}"))
        raise pack_error(f"不能做成一个文件：{finding.message}", place, "请改名或去掉它", code=CODE) from None
