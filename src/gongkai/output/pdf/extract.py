"""Getting the open data back out of a published PDF. The PDF may come from anywhere: nothing in it is trusted."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongkai.files.read import NotRegularError, TooLargeError, read_regular
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.output.data.opendata import DESCRIPTOR, FILE_NAME

from .engine import ATTACHED_AS

_LARGEST, _LARGEST_PDF = 200_000_000, 500_000_000
"""Bytes of the data and of the PDF; no disclosure comes near them."""


def extract(file: Path) -> dict[str, bytes]:
    """The open data attached to a PDF: its descriptor, and the files that this names, unaltered.

    Raises FindingsError for what is no PDF, for one without our data, and for altered data.
    """
    attached = _attachments(file)
    if DESCRIPTOR not in attached:
        raise _error("GK632", "这个 PDF 没有附带公开数据", "只有 gongkai 生成的 PDF 附有数据", file)
    files = {DESCRIPTOR: attached[DESCRIPTOR]}
    for name, digest in _named(attached[DESCRIPTOR], file).items():
        data = attached.get(name)
        if data is None or f"sha256:{hashlib.sha256(data).hexdigest()}" != digest:
            what = "缺了" if data is None else "改动过"
            raise _error("GK633", f"PDF 附带的公开数据{what}：{name}", "请向发布单位索取原来的文件", file)
        files[name] = data
    return files


def _error(code: str, message: str, advice: str, file: Path) -> FindingsError:
    return FindingsError([Finding(code, Level.ERROR, message, advice, place=Place(str(file)))])


def _named(descriptor: bytes, file: Path) -> Mapping[str, str]:
    """The names and digests that the descriptor gives."""
    try:
        package: Any = json.loads(descriptor)
        named = {str(resource["path"]): str(resource["hash"]) for resource in package["resources"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        named = {"": ""}
    if not all(FILE_NAME.fullmatch(name) and name != DESCRIPTOR for name in named):
        raise _error("GK633", f"PDF 附带的 {DESCRIPTOR} 写法不对", "请向发布单位索取原来的文件", file)
    return named


def _attachments(file: Path) -> dict[str, bytes]:
    """The associated data files of a PDF by name; of two with one name the first."""
    from pypdf import PdfReader

    try:
        content = read_regular(file, _LARGEST_PDF)
    except NotRegularError:
        raise _error("GK631", "这不是普通文件", "请指定一个 PDF 文件", file) from None
    except TooLargeError as error:
        raise _error("GK631", f"文件过大（{error.size:,} 字节）", "请核对是否选错了文件", file) from None
    except OSError:
        raise _error("GK631", "文件读不出来", "请核对路径和权限", file) from None
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # what it has to say of a broken file, the finding says
    try:
        return _read(PdfReader(io.BytesIO(content)))
    except Exception:  # a broken or hostile file may break the library anywhere
        raise _error("GK631", "这个文件不是 PDF，或者已经损坏", "请核对文件", file) from None
    finally:
        logger.setLevel(level)


def _read(reader: Any) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    for embedded in reader.attachment_list:
        name = str(embedded.alternative_name or embedded.name)
        if embedded.associated_file_relationship != f"/{ATTACHED_AS}" or name in found:
            continue
        found[name] = bytes(embedded.content)
        total += len(found[name])
        if total > _LARGEST:
            raise ValueError("more than any disclosure has")
    return found
