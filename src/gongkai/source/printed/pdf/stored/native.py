"""Those of the PDF library's functions that are called for every character or line, with handles as plain numbers.

The library's own declarations make an object of every pointer, which takes longer than what is asked.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_HANDLE, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float


def _function(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, _HANDLE).value or 0)


def handle(pointer: Any) -> int:
    """The number of what the library points to; 0 for nothing."""
    return ctypes.cast(pointer, _HANDLE).value or 0


count_characters = _function(pdfium.FPDFText_CountChars, _INT, _HANDLE)
unicode_of = _function(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
object_of = _function(pdfium.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
_loose_box = _function(pdfium.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _HANDLE)
_outline = _function(pdfium.FPDFText_GetCharBox, _INT, _HANDLE, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_matrix = _function(pdfium.FPDFText_GetMatrix, _INT, _HANDLE, _INT, _HANDLE)
_origin = _function(pdfium.FPDFText_GetCharOrigin, _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
_font_size = _function(pdfium.FPDFTextObj_GetFontSize, _INT, _HANDLE, _HANDLE)
mode_of = _function(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
mark_of = _function(pdfium.FPDFPageObj_GetMarkedContentID, _INT, _HANDLE)
_clip = _function(pdfium.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
_count_paths = _function(pdfium.FPDFClipPath_CountPaths, _INT, _HANDLE)
_count_clip_points = _function(pdfium.FPDFClipPath_CountPathSegments, _INT, _HANDLE, _INT)
_clip_segment = _function(pdfium.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE, _INT, _INT)
_point = _function(pdfium.FPDFPathSegment_GetPoint, _INT, _HANDLE, _HANDLE, _HANDLE)
segment_kind = _function(pdfium.FPDFPathSegment_GetType, _INT, _HANDLE)
segment_closes = _function(pdfium.FPDFPathSegment_GetClose, _INT, _HANDLE)
kind_of = _function(pdfium.FPDFPageObj_GetType, _INT, _HANDLE)
count_on_page = _function(pdfium.FPDFPage_CountObjects, _INT, _HANDLE)
object_on_page = _function(pdfium.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
count_in_form = _function(pdfium.FPDFFormObj_CountObjects, _INT, _HANDLE)
object_in_form = _function(pdfium.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
count_segments = _function(pdfium.FPDFPath_CountSegments, _INT, _HANDLE)
segment_of = _function(pdfium.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _INT)
_draw_mode = _function(pdfium.FPDFPath_GetDrawMode, _INT, _HANDLE, _HANDLE, _HANDLE)
_object_matrix = _function(pdfium.FPDFPageObj_GetMatrix, _INT, _HANDLE, _HANDLE)
_bounds = _function(pdfium.FPDFPageObj_GetBounds, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)

_FLOATS = (_FLOAT * 6)()
_FLOAT_AT = [ctypes.addressof(_FLOATS) + 4 * at for at in range(6)]
_DOUBLES = (ctypes.c_double * 4)()
_DOUBLE_AT = [ctypes.addressof(_DOUBLES) + 8 * at for at in range(4)]
_INTS = (_INT * 2)()
_INT_AT = [ctypes.addressof(_INTS) + 4 * at for at in range(2)]

_THIRD, _BOX = 2, (4, 5)
"""The corner of a box by which all are known; how many pieces a box may have."""

Matrix = tuple[float, float, float, float, float, float]
Sides = tuple[float, float, float, float]
"""Left, bottom, right, top, as stored."""


def loose_box(text: int, index: int) -> Sides:
    """The square of a character: from where it begins to where the next one may."""
    _loose_box(text, index, _FLOAT_AT[0])
    left, top, right, bottom = _FLOATS[:4]
    return left, bottom, right, top


def outline(text: int, index: int) -> Sides:
    """The box of what is seen of a character."""
    _outline(text, index, *_DOUBLE_AT)
    left, right, bottom, top = _DOUBLES[:]
    return left, bottom, right, top


def text_matrix(text: int, index: int) -> tuple[float, float, float, float]:
    """How a character is turned and scaled: a, b, c, d."""
    _matrix(text, index, _FLOAT_AT[0])
    a, b, c, d = _FLOATS[:4]
    return a, b, c, d


def origin(text: int, index: int) -> tuple[float, float]:
    """Where a character stands: x, y."""
    _origin(text, index, _DOUBLE_AT[0], _DOUBLE_AT[1])
    return _DOUBLES[0], _DOUBLES[1]


def font_size(item: int) -> float:
    """The size of a run before it is scaled."""
    return _FLOATS[0] if _font_size(item, _FLOAT_AT[0]) else 1.0


def clip_points(item: int, most_paths: int, most_points: int) -> list[list[tuple[float, float]]]:
    """The corners of everything that bounds what is seen of an object, path by path; of an upright box three."""
    clip = _clip(item)
    return [_clip_path(clip, path, most_points) for path in range(min(_count_paths(clip), most_paths) if clip else 0)]


def _clip_path(clip: int, path: int, most: int) -> list[tuple[float, float]]:
    count = _count_clip_points(clip, path)
    points: list[tuple[float, float]] = []
    for at in range(min(count, most)):
        points.append(point_of(_clip_segment(clip, path, at)))
        if at == _THIRD and count in _BOX:
            (x0, y0), (x1, y1), (x2, y2) = points
            if (x0 == x1 and y1 == y2) or (y0 == y1 and x1 == x2):
                break
    return points


def point_of(segment: int) -> tuple[float, float]:
    """The end of a piece of a path."""
    _point(segment, _FLOAT_AT[0], _FLOAT_AT[1])
    return _FLOATS[0], _FLOATS[1]


def draw_mode(item: int) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    return (_INTS[0] != 0, _INTS[1] != 0) if _draw_mode(item, *_INT_AT) else (False, False)


def object_matrix(item: int) -> Matrix | None:
    """From the places of an object to those of what it stands in."""
    if not _object_matrix(item, _FLOAT_AT[0]):
        return None
    a, b, c, d, e, f = _FLOATS[:]
    return a, b, c, d, e, f


def bounds(item: int) -> Sides | None:
    """The box of an object."""
    if not _bounds(item, *_FLOAT_AT[:4]):
        return None
    left, bottom, right, top = _FLOATS[:4]
    return left, bottom, right, top
