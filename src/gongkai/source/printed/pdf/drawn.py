"""The straight lines and pictures of a page, as the PDF library tells what is drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

_THIN = 2.6
"""Points: what is not wider is a line."""
_DOT = 1.6
_MOST_DEPTH = 4
_MOST_SEGMENTS = 20_000
_TURN = 0.6
"""Points that a straight line may lean."""

Sides = tuple[float, float, float, float]
"""Left, bottom, right, top, as stored."""
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawn:
    """What is drawn on a page."""

    lines: list[Sides] = field(default_factory=list)
    """Thin boxes."""
    pictures: list[Sides] = field(default_factory=list)
    objects: int = 0
    within: dict[int, Any] = field(default_factory=dict)
    """Runs of text that stand in drawings of their own, by address."""
    cut_short: bool = False
    """Whether there is more than was looked at."""
    segments: int = 0


def drawn_on(page: Any, most: int) -> Drawn:
    """What is drawn on a page, at most so many objects of it."""
    drawn = Drawn()
    count = pdfium.FPDFPage_CountObjects(page)
    for at in range(count):
        _look(pdfium.FPDFPage_GetObject(page, at), drawn, _SAME, 0, most)
        if drawn.cut_short:
            break
    return drawn


def _look(item: Any, drawn: Drawn, matrix: _Matrix, depth: int, most: int) -> None:
    drawn.objects += 1
    if drawn.objects > most or drawn.segments > _MOST_SEGMENTS:
        drawn.cut_short = True
        return
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        if depth:
            drawn.within[ctypes.addressof(item.contents)] = item
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        drawn.lines.extend(_lines(item, drawn, matrix))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        drawn.pictures.append(_bounds(item, matrix) or (0.0, 0.0, 0.0, 0.0))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
        inner = _times(_matrix_of(item), matrix)
        for at in range(pdfium.FPDFFormObj_CountObjects(item)):
            _look(pdfium.FPDFFormObj_GetObject(item, at), drawn, inner, depth + 1, most)
            if drawn.cut_short:
                return


def _lines(item: Any, drawn: Drawn, matrix: _Matrix) -> Iterator[Sides]:
    """The lines that a path draws: its own strokes, and boxes as thin as one."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, filled, stroked) or not (filled.value or stroked.value):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    drawn.segments += count
    if count <= 5:
        sides = _bounds(item, matrix)
        if sides is None:
            return
        wide, high = sides[2] - sides[0], sides[3] - sides[1]
        if min(wide, high) <= _THIN:
            if max(wide, high) > _DOT:
                yield sides
            return
        if count < 4 or not stroked.value:
            return
    own = _times(_matrix_of(item), matrix)
    for points in _strokes(item, count, own):
        yield from _of_points(points, bool(stroked.value))


def _strokes(item: Any, count: int, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each stroke of a path; what is curved ends one."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(min(count, _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        place = _put(x.value, y.value, matrix)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(place)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            yield [*points, points[0]]
            points = [points[0]]
    if len(points) > 1:
        yield points


def _of_points(points: list[tuple[float, float]], stroked: bool) -> Iterator[Sides]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if min(wide, high) <= _THIN:
        if max(wide, high) > _DOT:
            yield min(xs), min(ys), max(xs), max(ys)
        return
    if stroked:
        for (x0, y0), (x1, y1) in pairwise(points):
            if min(abs(x1 - x0), abs(y1 - y0)) <= _TURN and max(abs(x1 - x0), abs(y1 - y0)) > _DOT:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _bounds(item: Any, matrix: _Matrix) -> Sides | None:
    """The box of an object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    sides = left.value, bottom.value, right.value, top.value
    if matrix is _SAME:
        return sides
    corners = [_put(x, y, matrix) for x in (sides[0], sides[2]) for y in (sides[1], sides[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix_of(item: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    if then is _SAME:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _put(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    if matrix is _SAME:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
