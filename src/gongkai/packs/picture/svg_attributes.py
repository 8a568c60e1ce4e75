"""The attributes of an element of an SVG that are kept, each written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from gongkai.findings import shown

from .picture import PictureError
from .svg_references import CLIPS, GRADIENTS, References, href_of, line_of, refers
from .svg_values import PROPERTIES, Reader, declarations, length, one_of, pairs, path, share, transform

SVG = "http://www.w3.org/2000/svg"

_UNITS = one_of("userSpaceOnUse", "objectBoundingBox")
_GRADIENT: Mapping[str, Reader] = {
    "gradientUnits": _UNITS,
    "gradientTransform": transform,
    "spreadMethod": one_of("pad"),  # repeated, one as narrow as a hair is drawn without end
}


def _lengths(names: str) -> Mapping[str, Reader]:
    return dict.fromkeys(names.split(), length)


_SHAPE: Mapping[str, Reader] = {"transform": transform}
_OWN: Mapping[str, Mapping[str, Reader]] = {
    "g": _SHAPE,
    "path": {**_SHAPE, "d": path},
    "rect": {**_SHAPE, **_lengths("x y width height rx ry")},
    "circle": {**_SHAPE, **_lengths("cx cy r")},
    "ellipse": {**_SHAPE, **_lengths("cx cy rx ry")},
    "line": {**_SHAPE, **_lengths("x1 y1 x2 y2")},
    "polyline": {**_SHAPE, "points": pairs},
    "polygon": {**_SHAPE, "points": pairs},
    "linearGradient": {**_GRADIENT, **_lengths("x1 y1 x2 y2")},
    "radialGradient": {**_GRADIENT, **_lengths("cx cy r fx fy")},
    "stop": {"offset": share},
    "clipPath": {"clipPathUnits": _UNITS, "transform": transform},
}
"""What elements have beside how they are painted."""

_PAINTS = frozenset({"fill", "stroke"})
_CLIP = "clip-path"
_MUST_BE_NONE = frozenset({"filter", "mask", "marker", "marker-start", "marker-mid", "marker-end"})
_AS_USUAL = frozenset({"none", "normal", "auto", "inherit", "visible", "inline"})
"""Values that say no more than no value would."""
_EDITORS = (
    "font", "text", "-", "letter-", "word-", "line-", "writing-", "direction", "color", "shape-", "image-", "aria-",
    "data-", "enable-", "overflow", "pointer-", "cursor", "solid-", "unicode-", "baseline-",
)  # fmt: skip
"""How names begin of what shows only in text, or nowhere on paper."""
_SILENT = frozenset({"id", "class", "version", "baseProfile", "role", "style", "lang", "type", "tabindex"})
_OF_ROOT = frozenset({"viewBox", "width", "height", "x", "y", "preserveAspectRatio", "zoomAndPan"})
_EVENT = "on"


class Attributes:
    """Reads the attributes of one element after the other, and remembers what was left out."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._left_out: dict[str, None] = {}

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names of settings that may have meant something."""
        return tuple(self._left_out)

    def of(self, element: etree._Element, name: str) -> Iterator[tuple[str, str]]:
        """Names and values of what is kept. Raises PictureError for what refers outside, runs, or is no value."""
        own = _OWN.get(name, {})
        kept: dict[str, str] = {}
        for key, value in self._stated(element):
            read = self._value(element, name, key, value, own)
            if read:
                kept[key] = read
        if name in GRADIENTS and (target := self._references.href(element)) is not None:
            kept["href"] = target
        elif name not in GRADIENTS and (outside := href_of(element)) is not None:
            raise PictureError(f"<{name}> 引用了“{shown(outside)}”", "请去掉链接和引用", line_of(element))
        if name in GRADIENTS | CLIPS and self._references.is_named(element):
            kept["id"] = element.get("id", "")
        yield from kept.items()

    def _stated(self, element: etree._Element) -> Iterator[tuple[str, str]]:
        """Attributes that are SVG's own, then what the style says, which counts more."""
        for key, value in element.attrib.items():
            qualified = etree.QName(str(key))
            if qualified.localname.lower().startswith(_EVENT):
                message = f"<{etree.QName(element).localname}> 有事件属性 {shown(qualified.localname)}"
                raise PictureError(message, "请删去它", line_of(element))
            if qualified.namespace is None:
                yield qualified.localname, str(value)
        for key, value in declarations(element.get("style") or ""):
            if key in PROPERTIES or key == _CLIP or refers(value) or key in _MUST_BE_NONE:
                yield key, value
            elif value not in _AS_USUAL and not key.startswith(_EDITORS):
                self._left_out[key] = None

    def _value(self, element: etree._Element, name: str, key: str, value: str, own: Mapping[str, Reader]) -> str | None:
        """A value as it is written, or nothing for one that is left out."""
        if key == "href" or key in _SILENT:
            return None
        if refers(value):
            if key in _PAINTS:
                return self._references.url(element, value, GRADIENTS)
            # A clip that is clipped itself might be clipped by itself.
            inside = etree.QName(element.getparent() if element.getparent() is not None else element).localname
            allowed = CLIPS if key == _CLIP and name not in CLIPS and inside not in CLIPS else frozenset()
            return self._references.url(element, value, allowed)
        if value.strip() in _AS_USUAL and key not in PROPERTIES and key not in own:
            return None
        reader = own.get(key) or PROPERTIES.get(key)
        if reader is None:
            if key in _MUST_BE_NONE or key == _CLIP:
                self._wrong(element, name, key, value)
            if not key.startswith(_EDITORS) and not (name == "svg" and key in _OF_ROOT):
                self._left_out[key] = None
            return None
        if value.strip() == "inherit":
            return None
        read = reader(value)
        if read is None:
            self._wrong(element, name, key, value)
        return read

    @staticmethod
    def _wrong(element: etree._Element, name: str, key: str, value: str) -> None:
        message = f"<{name}> 的 {shown(key)} 写法不合要求，现为“{shown(value)}”"
        raise PictureError(message, "请重新导出为普通 SVG；颜色写作 #rrggbb", line_of(element))
