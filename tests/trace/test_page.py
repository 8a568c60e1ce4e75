"""The page with the origin of every amount: for the unit's own eyes. What is published tells no place of a file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pypdf
import pytest

from gongkai.output.formats import FORMATS
from gongkai.produce.unit import Settings, make_unit
from support.books import EXAMPLES
from support.fixtures import write_input
from support.secrets import SECRETS, budget

PUBLISHED = [name for name, form in FORMATS.items() if not form.internal]
INTERNAL = "sources"


def made(path: Path, *formats: str, engine: str | None = None) -> dict[str, bytes]:
    result, contents = make_unit(path, Settings(Path(), formats, engine=engine))
    assert not result.failed, result.findings
    return contents


def page(path: Path) -> lxml.html.HtmlElement:
    [(name, data)] = made(path, INTERNAL).items()
    assert name == f"{path.stem}-出处.html"
    return lxml.html.document_fromstring(data.decode("utf-8"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_amount_has_its_places_and_its_sum(path):
    amounts = list(page(path).iter("data"))
    assert len(amounts) > 100
    for amount in amounts:
        words = amount.get("title") or next(amount.iterancestors("td", "th")).get("title")
        assert words
        figure = amount.text
        if figure.strip("0.,"):
            assert re.search(r"第 \d+ 行第 \d+ 列|涉密项目（不显示）", amount.get("data-from")), figure
            assert words[0] in "＋－"
        assert "/" not in amount.get("data-from").replace("（/", "")  # a file is told without its folders


def test_the_page_says_what_it_is_and_runs_nothing():
    root = page(EXAMPLES[0])
    assert root.findtext(".//title").startswith("（内部核对）")
    assert "内部核对用，不公开" in root.find(".//header").text_content()
    assert root.findall(".//script") == []


def test_the_page_tells_nothing_of_secret_projects(tmp_path):
    [data] = made(write_input(tmp_path, budget()), INTERNAL).values()
    text = data.decode("utf-8")
    assert "涉密项目（不显示）" in text
    assert [word for word in SECRETS.values() if word in text] == []


def parts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """All the texts of an output."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from parts(f"{name}/{member}", archive.read(member))
    elif data.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield f"{name} properties", repr(reader.metadata)
        for number in range(1, int(str(reader.trailer["/Size"]))):
            thing = reader.get_object(number)
            yield f"{name} {number}", repr(thing)
            if isinstance(thing, pypdf.generic.StreamObject):
                yield f"{name} {number}", thing.get_data().decode("latin-1")
        for page_ in reader.pages:
            yield f"{name} text", page_.extract_text()
    else:
        yield name, data.decode("utf-8", errors="replace")


@pytest.mark.parametrize(
    ("stem", "engine"),
    [
        ("minimal-budget", "weasyprint"),
        ("minimal-final", "typst"),
        pytest.param("minimal-budget", "typst", marks=pytest.mark.slow),
        pytest.param("minimal-final", "weasyprint", marks=pytest.mark.slow),
    ],
)
def test_what_is_published_tells_no_file_and_no_line(stem, engine, tmp_path):
    path = tmp_path / "夜莺的数据文件.yaml"
    path.write_bytes(next(p for p in EXAMPLES if p.stem == stem).read_bytes())
    contents = made(path, *PUBLISHED, engine=engine)
    assert len(contents) == len(PUBLISHED)
    told = re.compile(r"夜莺的数据文件|\.yaml|data-from|第 \d+ 行第 \d+ 列")
    for name, data in contents.items():
        assert [part for part, text in parts(name.replace(path.stem, ""), data) if told.search(text)] == []


def test_the_page_is_internal_alone():
    assert [name for name, form in FORMATS.items() if form.internal] == [INTERNAL]
