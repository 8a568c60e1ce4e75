"""The emblem in the heads of pages, written once in a file: the compiler writes it anew on every page."""

from __future__ import annotations

import re

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_GROUND = re.compile(rb"\A(/Artifact<<[^>]*/Type/Background>>BDC\n)(.*?)(\nEMC\b)", re.DOTALL)
"""What a page begins with that is set on an emblem. There is no text in it, so that the first end is its own."""
_NAMED = re.compile(rb"/(\w+)")
_KINDS = ("/ColorSpace", "/ExtGState", "/Pattern", "/Shading", "/XObject")
_SHARED = "/Ground"


def share_grounds(pdf: Pdf) -> None:
    """Put what pages are set on into one object for all pages on which it looks alike."""
    written: dict[tuple[bytes, bytes], Object] = {}
    for page in (page.obj for page in pdf.pages):
        if isinstance(page.Contents, Array):
            continue
        data = page.Contents.read_bytes()
        ground = _GROUND.match(data)
        if ground is None:
            continue
        resources = _used(page.Resources, ground[2])
        key = ground[2], resources.unparse()
        if key not in written:
            written[key] = _form(pdf, ground[2], resources, page)
        if "/XObject" not in page.Resources:
            page.Resources.XObject = Dictionary()
        page.Resources.XObject[_SHARED] = written[key]
        page.Contents.write(ground[1] + f"{_SHARED} Do".encode() + ground[3] + data[ground.end() :])


def _used(resources: Object, drawn: bytes) -> Dictionary:
    """The resources that are named in what is drawn; with the same objects it looks the same."""
    names = {f"/{name.decode()}" for name in _NAMED.findall(drawn)}
    used = Dictionary()
    for kind in _KINDS:
        found = {name: value for name, value in resources.get(kind, Dictionary()).items() if name in names}
        if found:
            used[kind] = Dictionary(found)
    return used


def _form(pdf: Pdf, drawn: bytes, resources: Dictionary, page: Object) -> Object:
    form = Stream(pdf, drawn)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox, form.Resources = page.MediaBox, resources
    return pdf.make_indirect(form)
