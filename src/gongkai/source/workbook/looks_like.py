"""What a file is that is no workbook, as far as its beginning tells."""

from __future__ import annotations

import re

_LOOKED_AT = 4000

_SIGNATURES = (
    (b"%PDF-", "是 PDF 文件"),
    (b"{\\rtf", "是 RTF 文档"),
    (b"Rar!", "是压缩文件"),
    (b"7z\xbc\xaf", "是压缩文件"),
    (b"\x1f\x8b", "是压缩文件"),
    (b"\xff\xd8\xff", "是图片"),
    (b"\x89PNG", "是图片"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_STREAMS = (("WordDocument", "是 Word 文档"), ("PowerPoint Document", "是演示文稿"))
_HTML = re.compile(rb"<(?:!doctype html|html|head|meta|table|body)\b", re.IGNORECASE)
_XML_TABLE = re.compile(rb"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet")


def looks_like(data: bytes) -> str:
    """What it is, as the middle of a sentence: 是 PDF 文件."""
    if not data.strip(b"\0 \t\r\n"):
        return "是空文件"
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return what
    if data.startswith(_OLE):
        return next((what for name, what in _STREAMS if name.encode("utf-16-le") in data), "是别的旧版 Office 文件")
    start = data[:_LOOKED_AT].replace(b"\0", b"")  # the same in two bytes a letter
    if _HTML.search(start):
        return "是网页（HTML），只是名称像工作簿"
    if _XML_TABLE.search(start):
        return "是 XML 表格（2003）"
    return "像是文本（CSV、TXT）" if _is_text(data) else "是认不出的文件"


def _is_text(data: bytes) -> bool:
    start = data[:_LOOKED_AT]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in start:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            start.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start >= len(start) - 4:  # only the last letter is cut
                return True
        else:
            return True
    return False
