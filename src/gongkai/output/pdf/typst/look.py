"""The look of a style as the compiler takes it: the settings that all texts share, and a function for each role.

Lines are as high as the style says, whatever faces stand in them: a text's edges are set from the line, not from
its face. Blocks have no spaces of their own; what stands between two of them is written where they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.output.layout.density import COMPACT, Setting
from gongkai.output.layout.figures import BUILT
from gongkai.output.layout.spaces import ABOVE_PAGE_NUMBER
from gongkai.packs.style import ROLES, Margins, RoleStyle, Style

from .code import points, quoted
from .faces import Face, Faces
from .marks import TABLE_BEGINS, TABLE_ENDS
from .pictures.emblem import head_emblem

ALIGN = {"左": "left", "居中": "center", "右": "right", "两端": "left"}
_JUSTIFIED = "两端"
_FIGURES = r'regex("[!-~−]")'
"""What figures and Latin words in running text are made of; they have a face of their own."""
_WITHOUT_FIGURES = (*BUILT, "表格标目", "表格文字", "表格数字")
"""Roles whose figures stand in their own face."""
_STRETCH_OF_BOLD = 0.03
"""The line around the letters of a text that is to be bold, in parts of its size: the files hold no bold faces."""

_SHARED = """\
set text(lang: "zh", region: "cn", fallback: false, hyphenate: false, overhang: false, cjk-latin-spacing: none)
set par(spacing: 0pt, leading: 0pt, linebreaks: "simple")
set block(spacing: 0pt)
show heading: it => block(sticky: true, breakable: false, width: 100%, above: 0pt, below: 0pt, it.body)
let g(space) = v(space, weak: true)
let k(body) = box(body)
let q(body) = text(tracking: 0.001pt, body)
let stays(body) = block(sticky: true, breakable: false, width: 100%, body)
let stuck(body) = block(sticky: true, width: 100%, body)
let whole(body) = block(breakable: false, width: 100%, body)
let contents(entries) = {
  show outline.entry: it => for (look, above, left, words) in entries.at(str(it.element.label), default: ()) {
    let place = it.element.location()
    let page = str(counter(page).at(place).first())
    g(above)
    block(width: 100%, inset: (left: left), look(link(place, {words; box(width: 1fr, repeat(".")); page})))
  }
  outline(title: none, target: heading.where(outlined: true))
}
"""


def role_id(name: str) -> str:
    """The function of a role."""
    return f"t{ROLES.index(name)}"


def preamble(style: Style, faces: Faces) -> str:
    """What is written once, before any text."""
    roles = "".join(f"{line}\n" for name in ROLES for line in _role(name, style, faces))
    return f"{_SHARED}{roles}{_pages(style, faces)}"


def _role(name: str, style: Style, faces: Faces) -> Iterator[str]:
    """A function that sets a text in a role."""
    look = style.roles[name]
    settings = [f"set text({text_settings(name, style, faces)})", f"set align({ALIGN[look.align]})"]
    face, figures = faces.by_name[look.font], figures_face(name, style, faces)
    if _variant(figures) != _variant(face):  # of a list of families all have one weight
        settings.append(f"show {_FIGURES}: set text(font: {quoted(figures.family)}, {_variant(figures)})")
    if look.first_indent:
        settings.append(f"set par(first-line-indent: (amount: {points(look.first_indent * look.size)}, all: true))")
    if look.align == _JUSTIFIED:
        settings.append('set par(justify: true, linebreaks: "optimized")')
    yield f"let {role_id(name)}(body) = {{ {'; '.join(settings)}; body }}"


def text_settings(name: str, style: Style, faces: Faces, setting: Setting | None = None) -> str:
    """Face, size and line of a role; in a table that is set smaller (``setting``) those of its setting."""
    look = style.roles[name]
    face = faces.by_name[look.font]
    size, line = look.size, look.line
    if setting is not None and setting.name == COMPACT:
        size, line = setting.size, setting.line
    settings = [
        f"font: {_families(name, style, faces)}",
        _variant(face),
        f"size: {points(size)}, {edges(face, size, line)}",
    ]
    if look.bold:
        settings.append(f"stroke: {points(size * _STRETCH_OF_BOLD)}")
    return ", ".join(settings)


def _variant(face: Face) -> str:
    return f'weight: {face.weight}, style: "{face.style}", stretch: {face.stretch * 100:g}%'


def edges(face: Face, size: float, line: float) -> str:
    """The edges of a line: its letters stand in the middle of its height."""
    above = line / 2 + (face.widths.ascent - face.widths.descent) / 2 * size
    return f"top-edge: {points(above)}, bottom-edge: {points(above - line)}"


def _families(name: str, style: Style, faces: Faces) -> str:
    """The families of a role in the order in which a character is looked for in them."""
    font = style.roles[name].font
    families = [quoted(faces.by_name[font].family), quoted(faces.fallback.family)]
    figures = style.fonts[font].figures
    if (
        figures is not None
        and name not in _WITHOUT_FIGURES
        and _variant(faces.by_name[figures]) == _variant(faces.by_name[font])
    ):
        families.insert(0, f"(name: {quoted(faces.by_name[figures].family)}, covers: {_FIGURES})")
    return f"({', '.join(families)})"


def figures_face(name: str, style: Style, faces: Faces) -> Face:
    """The face in which figures of a role stand."""
    font = style.roles[name].font
    figures = style.fonts[font].figures
    return faces.by_name[font if figures is None or name in _WITHOUT_FIGURES else figures]


def first_indent(look: RoleStyle, *, always: bool = False) -> list[str]:
    """The indent of a first line where the compiler makes none: in headings, and in lines that begin elsewhere."""
    made = look.align in ("左", _JUSTIFIED) and not always
    return [] if made or not look.first_indent else [f"h({points(look.first_indent * look.size)})"]


def padded(code: str, look: RoleStyle) -> str:
    """A block that stands in from the sides as its role says."""
    if not look.left_indent and not look.right_indent:
        return code
    left, right = (points(indent * look.size) for indent in (look.left_indent, look.right_indent))
    return f"pad(left: {left}, right: {right}, {code})"


def _pages(style: Style, faces: Faces) -> str:
    """The pages of the text and of the front: their size, the mark of a table that goes on, the page number."""
    page, number = style.page, style.roles["页码"]
    widths = faces.by_name[number.font].widths
    # The number stands as high as if its line were as high as its face.
    raised = (widths.ascent + widths.descent) / 2 * number.size - number.line / 2
    before, _, after = page.number.partition("{页}")
    digits = f"{quoted(before)} + str(counter(page).get().first()) + {quoted(after)}"
    side = "if calc.odd(here().page()) { right } else { left }"
    upright, turned = head_emblem(style, page.portrait), head_emblem(style, page.landscape)
    front = ", background: none" if upright else ""
    return f"""\
let foot = context {role_id("页码")}(pad(x: {points(number.size)}, align({side}, {digits})))
let head = context {{
  let begun = query(selector(<{TABLE_BEGINS}>).before(here()))
  let (page, last) = (here().page(), begun.len() - 1)
  if last >= 0 and begun.at(last).location().page() < page {{
    let ends = query(<{TABLE_ENDS}>).at(last).location().page()
    if ends >= page {{ {role_id("表头行")}(align(right, "（续表）")) }}
  }}
}}
let upright(body) = {{ set page({_geometry(page.width, page.height, page.portrait)}{upright}); body }}
let turned(body) = {{ set page({_geometry(page.height, page.width, page.landscape)}{turned}); body }}
let front(body) = {{ set page(numbering: "i", footer: none, header: none{front}); body }}
set page(numbering: "1", footer: foot, footer-descent: {points(ABOVE_PAGE_NUMBER + raised)})
set page(header: head, header-ascent: 0pt)
"""


def _geometry(width: float, height: float, margins: Margins) -> str:
    sides = ("top", "bottom", "left", "right")
    stated = ", ".join(f"{side}: {points(getattr(margins, side))}" for side in sides)
    return f"width: {points(width)}, height: {points(height)}, margin: ({stated})"
