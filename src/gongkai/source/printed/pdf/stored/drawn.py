"""The straight lines and pictures of a page, as the PDF library tells what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

from . import native
from .native import Matrix, Sides

_THIN = 3.2
"""Points: what is not wider is a line."""
_DOT = 1.6
_BOX = 5
_MOST_DEPTH = 4
_MOST_SEGMENTS = 20_000
_TURN = 0.6
"""Points that a straight line may lean."""

_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawn:
    """What is drawn on a page."""

    lines: list[Sides] = field(default_factory=list)
    """Thin boxes."""
    pictures: list[Sides] = field(default_factory=list)
    objects: int = 0
    within: set[int] = field(default_factory=set)
    """Runs of text that stand in drawings of their own, by address."""
    cut_short: bool = False
    """Whether there is more than was looked at."""
    segments: int = 0


def drawn_on(page: int, most: int) -> Drawn:
    """What is drawn on a page, at most so many objects of it."""
    drawn = Drawn()
    for at in range(native.count_on_page(page)):
        _look(native.object_on_page(page, at), drawn, _SAME, 0, most)
        if drawn.cut_short:
            break
    return drawn


def _look(item: int, drawn: Drawn, matrix: Matrix, depth: int, most: int) -> None:
    drawn.objects += 1
    if drawn.objects > most or drawn.segments > _MOST_SEGMENTS:
        drawn.cut_short = True
        return
    kind = native.kind_of(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        if depth:
            drawn.within.add(item)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        drawn.lines.extend(_lines(item, drawn, matrix))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        drawn.pictures.append(_bounds(item, matrix) or (0.0, 0.0, 0.0, 0.0))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
        inner = _times(native.object_matrix(item) or _SAME, matrix)
        for at in range(native.count_in_form(item)):
            _look(native.object_in_form(item, at), drawn, inner, depth + 1, most)
            if drawn.cut_short:
                return


def _lines(item: int, drawn: Drawn, matrix: Matrix) -> Iterator[Sides]:
    """The lines that a path draws: its own strokes, and boxes as thin as one."""
    filled, stroked = native.draw_mode(item)
    if not (filled or stroked):
        return
    count = native.count_segments(item)
    drawn.segments += count
    if count <= _BOX:
        sides = _bounds(item, matrix)
        if sides is None:
            return
        wide, high = sides[2] - sides[0], sides[3] - sides[1]
        if min(wide, high) <= _THIN:
            if max(wide, high) > _DOT:
                yield sides
            return
        if count < _BOX - 1 or not stroked:
            return
    own = _times(native.object_matrix(item) or _SAME, matrix)
    for points in _strokes(item, count, own):
        yield from _of_points(points, stroked)


def _strokes(item: int, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each stroke of a path; what is curved ends one."""
    points: list[tuple[float, float]] = []
    for at in range(min(count, _MOST_SEGMENTS)):
        segment = native.segment_of(item, at)
        place = _put(*native.point_of(segment), matrix)
        if native.segment_kind(segment) != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(place)
        if native.segment_closes(segment) and len(points) > 2:
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


def _bounds(item: int, matrix: Matrix) -> Sides | None:
    """The box of an object on the page."""
    sides = native.bounds(item)
    if sides is None or matrix is _SAME:
        return sides
    corners = [_put(x, y, matrix) for x in (sides[0], sides[2]) for y in (sides[1], sides[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is _SAME:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _put(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    if matrix is _SAME:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
