"""SVG (W3C SVG 1.1), written anew of shapes, gradients and clips alone: nothing in it runs, loads or is text.

What could load, run or move is refused, and so is what engines would draw differently; what only an editor reads is
left out. Every value is read by its own grammar, so that no engine meets anything that was not meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from lxml import etree

from gongkai.findings import shown

from .picture import Picture, PictureError, refuse_strip
from .svg_attributes import SVG, Attributes
from .svg_references import References, line_of
from .svg_values import numbers, pixels, written

MOST_NODES = 2_000
"""Elements of a picture, each counted as often as it is drawn."""
MOST_DEPTH = 32

_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_INSIDE = {
    "svg": _SHAPES | {"g", "defs", "linearGradient", "radialGradient", "clipPath"},
    "linearGradient": frozenset({"stop"}),
    "radialGradient": frozenset({"stop"}),
    "clipPath": _SHAPES,
}
"""What may stand in what."""
DRAWN = tuple(sorted(set().union(*_INSIDE.values())))
"""Every element that is kept."""
_INSIDE["g"] = _INSIDE["defs"] = _INSIDE["svg"]

_IGNORED = frozenset({"metadata", "title", "desc", "filter", "mask", "marker", "pattern", "symbol"})
"""What draws nothing where it stands; what refers to any of these is refused."""
_NAMESPACES: Any = {None: SVG}
_XHTML = "http://www.w3.org/1999/xhtml"

_ANIMATIONS = dict.fromkeys(
    ("animate", "animateTransform", "animateMotion", "animateColor", "set"), ("会动", "请导出不动的图")
)
_TEXTS = dict.fromkeys(
    ("text", "tspan", "textPath", "tref", "flowRoot"),
    ("是文字，各种输出的字体不一样", "请在画图软件里把文字转成曲线（轮廓、路径）再导出"),
)
REFUSED = {
    **_ANIMATIONS,
    **_TEXTS,
    "script": ("是脚本", "请删去它"),
    "handler": ("是脚本", "请删去它"),
    "foreignObject": ("里面能放别的文档", "请删去它，或重新导出为普通 SVG"),
    "image": ("是嵌入或外面的图片", "请在画图软件里描成矢量图形；照片一类的改用 PNG"),
    "use": ("引用别处的图形", "请在画图软件里取消克隆（展开符号）再导出"),
    "style": ("是样式表", "导出时样式请选“演示属性”（Presentation Attributes）"),
    "a": ("是链接", "请去掉链接"),
    "svg": ("套在另一个 <svg> 里", "请在画图软件里展开再导出"),
}
"""What no picture may have, with the reason, and what to do."""


def read_svg(data: bytes) -> Picture:
    """An SVG made safe; the same file gives the same bytes.

    Raises PictureError, with the line, for what is no SVG, is too large, or has in it what no picture may have.
    """
    root = _parsed(_text(data))
    if root.tag != f"{{{SVG}}}svg":
        raise PictureError("内容不是 SVG", "请用画图软件重新导出 SVG", line_of(root))
    _refuse_large(root)
    width, height, box = _size(root)
    cleaner = _Cleaner(root)
    clean = cleaner.cleaned(root, "svg")
    assert clean is not None, "the outermost element is kept"
    if next((element for element in clean.iter() if _name(element) in _SHAPES), None) is None:
        raise PictureError("里面没有图形", "请核对是否导出了别的图层")
    for name, value in (("width", written(width)), ("height", written(height)), ("viewBox", box)):
        clean.set(name, value)
    return Picture("svg", bytes(etree.tostring(clean, encoding="utf-8")), width, height, cleaner.attributes.left_out)


def _text(data: bytes) -> str:
    """The text, without what XML itself could load or multiply."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PictureError("不是 UTF-8 编码的 SVG", "请重新导出，编码选 UTF-8") from None
    for words, meaning in (("<!DOCTYPE", "文档类型声明"), ("<!ENTITY", "实体"), ("<?xml-stylesheet", "外面的样式表")):
        if words in text:
            line = text.count("\n", 0, text.index(words)) + 1
            raise PictureError(f"有{meaning} {words}…", "请删去它，或另存为普通 SVG", line)
    return text


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the file says of itself: it was read as that
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        advice = "文件可能不完整，请重新复制，或用画图软件重新导出 SVG"
        raise PictureError("SVG 写法有误，或嵌套太深", advice, error.lineno or 1) from None


def _refuse_large(root: etree._Element) -> None:
    for count, element in enumerate(root.iter(), 1):
        if count > MOST_NODES:
            _refuse(element, f"图形太多（多于 {MOST_NODES} 个元素）", "请简化图形，或改用 PNG")
    depth, level = 0, [root]
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            _refuse(level[0], f"套了 {MOST_DEPTH} 层以上", "请在画图软件里取消编组")
        level = [child for element in level for child in element]


def _refuse(element: etree._Element, message: str, advice: str) -> NoReturn:
    raise PictureError(message, advice, line_of(element))


def _size(root: etree._Element) -> tuple[float, float, str]:
    """Width, height, and the box of coordinates that is shown."""
    stated = root.get("viewBox")
    if stated is not None:
        box = numbers(stated, 4)
    else:
        sides = [pixels(root.get(name, "")) for name in ("width", "height")]
        known = [side for side in sides if side is not None]
        box = [0.0, 0.0, *known] if len(known) == len(sides) else None
    if box is None or min(box[2:]) < 1e-3:
        _refuse(root, "没有写明大小（viewBox），或写法有误", '请重新导出；大小写作 viewBox="0 0 100 100"')
    refuse_strip(box[2], box[3])
    return box[2], box[3], " ".join(map(written, box))


class _Cleaner:
    """Writes a picture anew, element by element."""

    def __init__(self, root: etree._Element) -> None:
        self._references = References(root, MOST_NODES)
        self.attributes = Attributes(self._references)

    def cleaned(self, element: etree._Element, name: str) -> etree._Element | None:
        """The element with what may be in it."""
        made = etree.Element(f"{{{SVG}}}{name}", nsmap=_NAMESPACES)
        for key, value in self.attributes.of(element, name):
            made.set(key, value)
        for child in element:
            kept = self._child(child, name)
            if kept is not None:
                made.append(kept)
        return made

    def _child(self, child: etree._Element, parent: str) -> etree._Element | None:
        name = _name(child)
        if name in REFUSED and (name != "style" or any(str(text).strip() for text in child.itertext())):
            why, advice = REFUSED[name]
            _refuse(child, f"有不能用的 <{name}>：{why}", advice)
        if not name or name in ("style", *_IGNORED):
            return None
        if name not in _INSIDE.get(parent, ()):
            _refuse(child, f"<{parent}> 里有不能用的 <{shown(name)}>", f"可用：{'、'.join(_allowed(parent))}")
        return self.cleaned(child, name)


def _allowed(parent: str) -> Iterator[str]:
    yield from sorted(_INSIDE.get(parent, ())) or ["（没有）"]


def _name(element: etree._Element) -> str:
    """The name of an element of SVG, or of HTML, which would run in it; '' for one of an editor's own."""
    qualified = etree.QName(element)
    return str(qualified.localname) if qualified.namespace in (SVG, _XHTML, None) else ""
