"""What elements of an SVG refer to: gradients and clips of the same picture, each there, none in a circle."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from gongkai.findings import shown

from .picture import PictureError

GRADIENTS = frozenset({"linearGradient", "radialGradient"})
CLIPS = frozenset({"clipPath"})

_REFERENCE = re.compile(r"url\(\s*[\"']?#([A-Za-z_][\w.-]*)[\"']?\s*\)", re.ASCII)
_LOCAL = re.compile(r"#([A-Za-z_][\w.-]*)", re.ASCII)
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_OUTSIDE = "不能引用文件之外的东西；图里的引用写作 url(#名称)"


def line_of(element: etree._Element) -> int:
    """The line of the file where an element begins."""
    line: Any = element.sourceline
    return int(line or 1)


def refers(value: str) -> bool:
    """Whether a value names another resource."""
    return "url(" in value.lower()


def href_of(element: etree._Element) -> str | None:
    """What an element refers to by a link."""
    return next((value for name in _HREFS if (value := element.get(name)) is not None), None)


class References:
    """Gradients and clips of a picture by their names, and how much all references together make to be drawn."""

    def __init__(self, root: etree._Element, most: int) -> None:
        self._found: dict[str, etree._Element] = {}
        for element in root.iter():
            if etree.QName(element).localname in GRADIENTS | CLIPS and (name := element.get("id")) is not None:
                self._found.setdefault(name, element)
        self._room = most

    def is_named(self, element: etree._Element) -> bool:
        """Whether this is what its name leads to."""
        return self._found.get(element.get("id") or "") is element

    def url(self, element: etree._Element, value: str, kinds: frozenset[str]) -> str:
        """The reference of a paint or a clip. Raises PictureError where it does not lead to one of these kinds."""
        match = _REFERENCE.fullmatch(value.strip())
        if match is None:
            raise PictureError(f"引用了“{shown(value)}”", _OUTSIDE, line_of(element))
        self._reach(element, match[1], kinds)
        return f"url(#{match[1]})"

    def href(self, element: etree._Element) -> str | None:
        """From which gradient one takes what it does not say itself. Raises PictureError as ``url`` does."""
        value = href_of(element)
        if value is None:
            return None
        match = _LOCAL.fullmatch(value.strip())
        if match is None:
            raise PictureError(f"引用了“{shown(value)}”", _OUTSIDE, line_of(element))
        self._reach(element, match[1], GRADIENTS)
        return f"#{match[1]}"

    def _reach(self, element: etree._Element, name: str, kinds: frozenset[str]) -> None:
        line = line_of(element)
        seen: set[str] = set()
        while name:
            target = self._found.get(name)
            if target is None or etree.QName(target).localname not in kinds:
                advice = "只能引用本文件里的渐变（gradient）和剪裁（clipPath）；滤镜、蒙版、图案请在画图软件里展开"
                raise PictureError(f"引用的“#{shown(name)}”不在文件里，或不能用", advice, line)
            if name in seen:
                raise PictureError(f"“#{shown(name)}”的引用绕成了圈", "请重新导出", line)
            seen.add(name)
            self._room -= 1 + len(target)
            if self._room < 0:
                raise PictureError("渐变和剪裁用得太多", "请简化图形，或改用 PNG", line)
            followed = _LOCAL.fullmatch((href_of(target) or "").strip())
            name = followed[1] if followed else ""
