"""A file of a pack as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from gongkai.files.read import NotRegularError, OutsideError, TooLargeError, read_regular

from .picture import MOST_BYTES, Picture, PictureError
from .png import SIGNATURE, read_png
from .svg import read_svg

_READERS: Mapping[str, Callable[[bytes], Picture]] = {".png": read_png, ".svg": read_svg}
ENDINGS = tuple(_READERS)
"""How the names of pictures end."""

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (SIGNATURE, "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"BM", "BMP"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "EPS"),
    (b"PK\x03\x04", "压缩文件"),
    (b"\x1f\x8b", "压缩的 SVG（svgz）"),
)


def read_picture(file: Path, pack: Path) -> Picture:
    """The picture in a file of the ``pack``. Raises PictureError for what is no picture that every output can have."""
    try:
        data = read_regular(file, MOST_BYTES, within=pack)
    except OutsideError:
        raise PictureError("是指向包外面的链接", "请把文件本身放进模板包") from None
    except NotRegularError:
        raise PictureError("不是普通文件", "请放一个 .svg 或 .png 文件") from None
    except TooLargeError as error:
        message = f"文件过大（{error.size:,} 字节，最多 {MOST_BYTES:,} 字节）"
        raise PictureError(message, "请缩小图片，或简化图形") from None
    except FileNotFoundError:
        raise PictureError("找不到文件", "请核对文件名，并把它放在写它的 style.yaml 旁边") from None
    except OSError:
        raise PictureError("文件打不开", "请核对文件权限，或先关闭占用它的程序") from None
    ending = PurePosixPath(file.name).suffix.lower()
    _refuse_disguise(data, ending)
    return _READERS[ending](data)


def _refuse_disguise(data: bytes, ending: str) -> None:
    """Raise PictureError for a file whose name says another thing than it is."""
    if not data:
        raise PictureError("文件是空的", "请重新导出")
    found = next((what for beginning, what in _BEGINNINGS if data.startswith(beginning)), "")
    if not found and ending == ".png" and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        found = "SVG 或网页"
    wanted = ending[1:].upper()
    if found not in ("", wanted):
        raise PictureError(f"名称是 {ending}，内容却是 {found}", f"请另存为 {wanted}，或改正文件名")
