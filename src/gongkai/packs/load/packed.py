"""A pack's file (gongkai pack build): looked over like anybody's, then unpacked for the time of the run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from gongkai.files.read import NotRegularError, TooLargeError, read_regular
from gongkai.files.refusals import REASONS
from gongkai.files.scratch import kept_folder
from gongkai.files.unzip import ZipError, unzipped
from gongkai.findings import FindingsError, Place, visible
from gongkai.stand_ins import BETWEEN, stands_for

from . import needed
from .label import FORMAT, LABEL, Head, Label, digest_of, hash_of
from .yaml_file import pack_error

LARGEST = 100_000_000
"""Bytes of a file; one that brings fonts along has some tens of millions."""
_LARGEST_LABEL = 1_000_000
_REFUSED, _TAMPERED = "GK520", "GK521"
_AGAIN = "请做包的人用 gongkai pack build 重新做一份，原样传过来"

_State = tuple[str, int, int, int]
_KNOWN: dict[_State, str] = {}
"""The hashes of files that were looked over, by where they are and how they were."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack's file that may be used: its label and, by their names in it, the files."""

    label: Label
    files: dict[str, bytes]


def read_packed(file: Path) -> Packed:
    """The contents of a pack's file. Raises FindingsError, with the entry, for everything wrong with it."""
    return opened(_data(file), str(file))


def unpacked(file: Path) -> Path:
    """The folder with the packs of a pack's file, unpacked once for each content; it is gone when the run is.

    Raises FindingsError like ``read_packed``. Messages about what is in it name the file and the entry.
    """
    known = _KNOWN.get(state) if (state := _state(file)) else None
    data = None if known else _data(file)
    digest = known or hash_of(data or b"")

    def fill(folder: Path) -> None:
        for name, content in opened(_data(file) if data is None else data, str(file)).files.items():
            place = folder / name
            if name.endswith("/"):
                place.mkdir(parents=True, exist_ok=True)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    folder = kept_folder(f"packed-{digest[:32]}", fill)
    for name in {str(folder), os.path.realpath(folder)}:  # templates are found where links lead
        stands_for(name, str(file))
    if state is not None:
        _KNOWN[state] = digest
    return folder


def opened(data: bytes, file: str) -> Packed:
    """The contents of a pack's file from its bytes; ``file`` is its name in messages."""
    try:
        files = unzipped(data)
    except ZipError as error:
        raise _error(file, error.entry, f"模板包文件打不开：{error.message}") from None
    label = _label(files.pop(LABEL, None), file)
    # Programs that pack a folder anew list its folders, too.
    files = {name: content for name, content in files.items() if name in label.files or not name.endswith("/")}
    for name in sorted({*files, *label.files}):
        if name not in label.files:
            raise _error(file, name, "模板包文件里多出一个文件，做好以后被改过", _TAMPERED)
        if name not in files:
            raise _error(file, name, "模板包文件里少了一个文件，做好以后被改过", _TAMPERED)
        if hash_of(files[name]) != label.files[name]:
            raise _error(file, name, "模板包文件里这个文件的内容做好以后被改过，或者传坏了", _TAMPERED)
    if digest_of(label.files) != label.digest:
        raise _error(file, LABEL, "模板包文件的摘要与内容不符，做好以后被改过", _TAMPERED)
    stray = [name for name in files if name.partition("/")[0] not in label.packed or "/" not in name]
    if stray or label.id not in label.packed:
        raise _error(file, stray[0] if stray else LABEL, "模板包文件里的文件不在说明的模板包里")
    return Packed(label, files)


def _label(data: bytes | None, file: str) -> Label:
    if data is None:
        raise _error(file, "", f"这不是模板包文件：里面没有 {LABEL}")
    try:
        if len(data) > _LARGEST_LABEL:
            raise ValueError
        head = Head.model_validate_json(data)
        if head.format > FORMAT or not needed.is_met(head.needs):  # the rest may be as only a newer program knows it
            message, advice = needed.refusal(head.needs if head.format == FORMAT else head.made_by)
            raise pack_error(message, _place(file, LABEL), advice, code=needed.CODE)
        return Label.model_validate_json(data)
    except ValidationError as error:
        where = ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
        raise _error(file, LABEL, f"模板包文件的说明读不懂{f'（{visible(where)[:80]}）' if where else ''}") from None
    except ValueError:
        raise _error(file, LABEL, "模板包文件的说明太大") from None


def _data(file: Path) -> bytes:
    try:
        return read_regular(file, LARGEST)
    except NotRegularError:
        raise _error(str(file), "", "模板包文件打不开：不是普通文件") from None
    except TooLargeError as error:
        raise _error(str(file), "", f"模板包文件太大（{error.size:,} 字节，最多 {LARGEST:,}）") from None
    except OSError as error:
        reason = "没有读取的权限" if isinstance(error, PermissionError) else REASONS.get(error.errno or 0, "读不出来")
        raise pack_error(f"模板包文件打不开：{reason}", Place(str(file)), "请核对文件权限", code=_REFUSED) from None


def _state(file: Path) -> _State | None:
    try:
        state = file.stat()
    except OSError:
        return None
    return str(file.absolute()), state.st_ino, state.st_mtime_ns, state.st_size


def _error(file: str, entry: str, message: str, code: str = _REFUSED) -> FindingsError:
    return pack_error(message, _place(file, entry), _AGAIN, code=code)


def _place(file: str, entry: str) -> Place:
    return Place(f"{file}{BETWEEN}{entry}" if entry else file)
