"""The compiler and the faces that it is given: what is refused, what is kept, what is let go."""

from __future__ import annotations

import os
import shutil

import pytest

from gongkai.findings import FindingsError, Level
from gongkai.output.look.fonts import ENVIRONMENT_VARIABLE, locate_fonts
from gongkai.output.pdf.typst import faces
from gongkai.output.pdf.typst.engine import Compiled, forget
from gongkai.output.pdf.typst.faces import faces_of
from support.compiled import compiled, page_texts
from support.set_text import STYLE


@pytest.fixture
def fresh():
    """Faces are looked for again, before and after."""
    faces._loaded.cache_clear()
    yield
    faces._loaded.cache_clear()


def own_fonts(folder, monkeypatch) -> None:
    for file in {*locate_fonts(STYLE).values()}:
        shutil.copyfile(file, folder / file.name)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))


def test_faces_are_found_by_their_files():
    found = faces_of(STYLE)

    assert found.by_name["小标宋"].family == found.by_name["宋体"].family == "FandolSong"
    assert found.by_name["小标宋"].weight > found.by_name["宋体"].weight
    assert found.fallback.family == "Noto Serif CJK SC"


def test_where_no_links_can_be_made_the_files_are_copied(fresh, monkeypatch, tmp_path):
    """Windows lets nobody make links but administrators, and none to another drive."""

    def refused(source, place):
        raise OSError

    own_fonts(tmp_path, monkeypatch)
    monkeypatch.setattr(os, "symlink", refused)
    monkeypatch.setattr(os, "link", refused)
    assert "公开" in page_texts(compiled("<p>公开</p>").to_pdf({}))[0]


def test_two_files_that_say_they_are_the_same_face_are_refused(fresh, monkeypatch, tmp_path):
    own_fonts(tmp_path, monkeypatch)
    shutil.copyfile(tmp_path / "FandolSong-Regular.otf", tmp_path / "FandolHei-Regular.otf")
    with pytest.raises(FindingsError) as caught:
        faces_of(STYLE)
    [finding] = caught.value.findings

    assert finding.code == "GK601"
    assert "分不开" in finding.message
    assert "--engine weasyprint" in finding.advice


def test_a_file_that_is_no_font_is_refused(fresh, monkeypatch, tmp_path):
    own_fonts(tmp_path, monkeypatch)
    (tmp_path / "FandolKai-Regular.otf").write_bytes(b"no font")
    with pytest.raises(FindingsError) as caught:
        faces_of(STYLE)

    assert "FandolKai-Regular.otf 读不出来" in caught.value.findings[0].message


def test_a_character_that_no_face_has_is_an_error():
    with pytest.raises(FindingsError) as caught:
        compiled("<p>公\U0001f600开</p>")
    [finding] = caught.value.findings

    assert (finding.code, finding.level) == ("GK643", Level.ERROR)
    assert "“\U0001f600”" in finding.message


def test_pages_that_do_not_settle_are_told():
    """A source that has another page whenever its last number was odd."""
    source = '#{ set document(title: "x"); context if calc.odd(counter(page).final().first()) { pagebreak() }; "a" }'
    source = source.replace("#{", '#{ set text(font: "FandolSong", fallback: false);')
    _, findings = Compiled(source, faces_of(STYLE).fonts).pdf()

    assert [(finding.code, finding.level) for finding in findings] == [("GK602", Level.WARNING)]
    assert "页码" in findings[0].message


def test_a_mistake_of_ours_is_not_taken_for_one_of_the_text():
    with pytest.raises(RuntimeError):
        Compiled("#nothing-of-this-name", faces_of(STYLE).fonts).pdf()


@pytest.mark.parametrize(
    "text", ["#panic()", "$x$", "*粗*", "_斜_", "`a`", "@ref", "\\", '"', "//", "/* */", "]})", "<h1>"]
)
def test_nothing_that_is_written_is_code(text):
    escaped = text.replace("<", "&lt;")
    assert text.replace(" ", "") in page_texts(compiled(f"<p>始{escaped}终</p>").to_pdf({}))[0]


def test_what_was_kept_of_documents_can_be_let_go():
    before = compiled("<p>公开</p>").to_pdf({})
    forget()

    assert compiled("<p>公开</p>").to_pdf({}) == before
