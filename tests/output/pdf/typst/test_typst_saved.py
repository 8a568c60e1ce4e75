"""What a PDF of Typst still lacks is put right, and that comes to an end whatever bytes it has."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from gongkai.output.pdf.typst.finish import _saved

CUT = b"\r\nendstream"


class Unlucky:
    """A PDF, the streams of which end in a carriage return the first few times that it is saved."""

    def __init__(self, files: int, times: int) -> None:
        self._pdf = pikepdf.new()
        self._pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
        if files:
            self._pdf.Root.AF = Array([Dictionary(Type=Name.Filespec, Desc=String("公开数据")) for _ in range(files)])
        self.times, self.saved = times, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pdf, name)

    def save(self, stream: BinaryIO, **how: Any) -> None:
        self.saved += 1
        self._pdf.save(stream, **how)
        if self.saved <= self.times:
            stream.write(CUT)


@pytest.mark.parametrize(("files", "times"), [(3, 0), (3, 1), (3, 3), (3, 4), (0, 2)])
def test_pdf_is_saved_again_with_other_bytes_until_no_stream_looks_cut(files, times):
    pdf = Unlucky(files, times)

    data = _saved(pdf)

    assert CUT not in data
    assert pdf.saved == times + 1
    with pikepdf.open(io.BytesIO(data)) as made:
        described = [specification.Desc for specification in made.Root.get("/AF", ())]
        assert [str(text) for text in described] == ["公开数据"] * files
        assert sum(text.is_indirect for text in described) == min(files, times)


def test_pdf_that_always_looks_cut_is_given_up_on():
    pdf = Unlucky(2, 1000)

    assert CUT in _saved(pdf)
    assert pdf.saved < 20
