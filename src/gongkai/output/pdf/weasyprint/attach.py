"""Files inside a PDF: the open data as associated files (ISO 32000-2, 7.11 and 14.13; PDF/A-3)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping

import pydyf

from gongkai.output.pdf.engine import ATTACHED_AS, MEDIA_TYPES


def attach(pdf: pydyf.PDF, files: Mapping[str, bytes], published: datetime.date) -> None:
    """Put the files into a PDF that is about to be written, dated by the publication."""
    if not files:
        return
    names, associated = pydyf.Array(), pydyf.Array()
    # A name tree is sorted by its keys; these are plain so that every reader sorts them alike.
    for number, (name, data) in enumerate(files.items(), 1):
        specification = _specification(pdf, name, data, published)
        names.extend([pydyf.String(f"{number:03d}"), specification.reference])
        associated.append(specification.reference)
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog.setdefault("AF", pydyf.Array()).extend(associated)


def _specification(pdf: pydyf.PDF, name: str, data: bytes, published: datetime.date) -> pydyf.Dictionary:
    """The file specification of one file, with the file itself beside it."""
    media_type = MEDIA_TYPES[name[name.rindex(".") :]].replace("/", "#2f")
    date = pydyf.String(f"D:{published:%Y%m%d}000000Z")
    parameters = pydyf.Dictionary({
        "Size": len(data),
        "ModDate": date,
        "CreationDate": date,
        "CheckSum": f"<{hashlib.md5(data, usedforsecurity=False).hexdigest()}>",
    })  # fmt: skip
    extra = pydyf.Dictionary({"Type": "/EmbeddedFile", "Subtype": f"/{media_type}", "Params": parameters})
    embedded = pydyf.Stream([data], extra, compress=True)
    pdf.add_object(embedded)
    file = pydyf.Dictionary({"F": embedded.reference, "UF": embedded.reference})
    specification = pydyf.Dictionary({
        "Type": "/Filespec",
        "F": pydyf.String(name),
        "UF": pydyf.String(name),
        "EF": file,
        "Desc": pydyf.String("公开数据"),
        "AFRelationship": f"/{ATTACHED_AS}",
    })  # fmt: skip
    pdf.add_object(specification)
    return specification
