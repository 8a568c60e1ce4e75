"""Tables and texts of every shape, by both engines: nothing is lost, cut off, or set over another."""

from __future__ import annotations

from collections import Counter

import page as page_validation
import pytest

from gongkai.findings import FindingsError, Level
from gongkai.packs.style import Style
from support.compiled import parsed
from support.fixtures import one_of
from support.glyphs import cut_off, outside, overlapping
from support.parity import DIFFERENCES, FIRST, SECOND, Made, Pair, make, set_by_both
from support.set_text import STYLE
from support.shapes import LIKE, SET, TITLED, of_names, row
from support.squeezed import squeezed
from support.wide_tables import AMOUNT, sheet, table

PROFILES = [page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A]


def margins(style: Style) -> dict[bool, tuple[float, float, float, float]]:
    sides = {False: style.page.portrait, True: style.page.landscape}
    return {lies: (of.left, of.bottom, of.right, of.top) for lies, of in sides.items()}


def badly_placed(made: Made, style: Style = STYLE) -> list[str]:
    return cut_off(made.data) + overlapping(made.data) + outside(made.data, margins(style))


def differing(pair: Pair) -> list[str]:
    return [words for difference in DIFFERENCES for words in difference(pair)]


@pytest.mark.parametrize("shape", one_of(3, LIKE))
def test_both_make_the_same_of_a_shape(shape):
    pair = set_by_both(LIKE[shape])

    assert differing(pair) == []
    for made in pair.both:
        assert badly_placed(made) == []
        assert made.findings == []


@pytest.mark.parametrize("shape", one_of(3, SET))
def test_what_each_sets_in_its_own_way_is_all_there(shape):
    content = SET[shape]
    made = make(SECOND, parsed(content), STYLE)
    written = Counter(squeezed("".join(parsed(content).root.find("body").itertext())))

    assert written - Counter(made.tagged.root.text) == Counter()
    assert made.tagged.loose == made.tagged.unread == []
    assert badly_placed(made) == []


RARE = {"rare letters", "letters with marks on them"}
"""These letters stand in a face of several dictionaries; the validator takes the widths of all from one of them."""


@pytest.mark.slow
@pytest.mark.parametrize("shape", sorted({*LIKE, *SET} - RARE))
def test_every_shape_keeps_the_standards(shape):
    made = make(SECOND, parsed({**LIKE, **SET}[shape]), STYLE)

    for profile in PROFILES:
        report = page_validation.validate_pdf_bytes(made.data, profile=profile)
        assert [failure.message for failure in report.failures] == []


# --- what cannot be set ---


def impossible(columns: int, kind: str, text: str) -> str:
    cells = row(*[(kind, text)] * columns)
    return sheet(table(f"<tr>{'<th>甲</th>' * columns}</tr>", cells, [100 / columns] * columns))


@pytest.mark.parametrize("content", [impossible(20, "num", AMOUNT), impossible(60, "text", "文字说明")])
def test_what_has_no_room_is_said_by_both(content):
    pair = set_by_both(content)

    for made in pair.both:
        assert {(finding.code, finding.level) for finding in made.findings} == {("GK605", Level.WARNING)}
        assert all("加宽" in finding.advice for finding in made.findings)
    assert len({finding.message for finding in pair.second.findings}) == len(pair.second.findings)
    assert badly_placed(pair.first)
    assert badly_placed(pair.second)


@pytest.mark.parametrize("content", ["<p>文😀</p>", sheet(of_names("文😀")), "<p>文سلام</p>"])
def test_a_missing_letter_is_a_finding_of_both(content):
    """The first engine takes another face of the machine and warns; the second refuses, and names each letter."""
    assert "GK603" in {finding.code for finding in make(FIRST, parsed(content), STYLE).findings}
    with pytest.raises(FindingsError) as caught:
        make(SECOND, parsed(content), STYLE)
    assert {(finding.code, finding.level) for finding in caught.value.findings} == {("GK643", Level.ERROR)}


def test_a_link_to_nowhere_is_a_finding_of_both():
    pair = set_by_both(f'{TITLED}<p>见<a href="#x9">别处</a>。</p>')

    assert [[finding.code for finding in made.findings] for made in pair.both] == [["GK602"], ["GK602"]]
    assert "#x9" in pair.second.findings[0].message


@pytest.mark.parametrize("letter", ["\x01", "\x7f", "\u200b", "\u00ad", "\u202e", "\ufe0f", "\ufeff"])
def test_what_nobody_sees_comes_to_no_engine(letter):
    with pytest.raises(FindingsError, match="看不见"):
        parsed(f"<p>文{letter}字</p>")


# --- styles ---


def role(name: str, **changes: object) -> Style:
    look = STYLE.roles[name].model_copy(update=changes)
    return STYLE.model_copy(update={"roles": {**STYLE.roles, name: look}})


def part(name: str, **changes: object) -> Style:
    return STYLE.model_copy(update={name: getattr(STYLE, name).model_copy(update=changes)})


def figures_of(font: str, figures: str | None) -> Style:
    changed = STYLE.fonts[font].model_copy(update={"figures": figures})
    return STYLE.model_copy(update={"fonts": {**STYLE.fonts, font: changed}})


STYLES = {
    "headings with an indent": role("一级标题", first_indent=2),
    "titles with an indent": role("表题", first_indent=4),
    "notes with an indent": role("表注", first_indent=2),
    "headings that stand in": role("二级标题", left_indent=3, first_indent=0),
    "text that stands in": role("正文", left_indent=2, right_indent=3),
    "text without an indent": role("正文", first_indent=0),
    "headings to the full measure": role("二级标题", align="两端"),
    "cells to the full measure": role("表格文字", align="两端"),
    "headings at the right": role("二级标题", align="右"),
    "amounts at the left": role("表格数字", align="左"),
    "bold text": role("正文", bold=True),
    "bold headings": role("二级标题", bold=True),
    "bold heads": role("表格标目", bold=True),
    "spaces around text": role("正文", before=6.0, after=3.0),
    "figures in bold": figures_of("仿宋", "小标宋"),
    "figures of a bold face in a light one": figures_of("小标宋", "仿宋"),
    "figures of their own face": figures_of("仿宋", None),
    "all pages lie": part("page", all_landscape=True),
    "another form of the page number": part("page", number="第 {页} 页"),
    "tables without rules": part("table", rule=0.0),
    "thick rules": part("table", rule=3.0, colour="#ff0000"),
}
DOCUMENT = (
    "<h1>第一部分　2024年概况</h1><h2>一、2024年度某某情况说明</h2><p>2024年收入1,046.82万元，其中ABC。"
    f"{'公开内容，' * 20}</p><h3>（一）小标题</h3><p>{'公开内容。' * 30}</p>{sheet(of_names('行政运行', '其他'))}"
    '<div class="signature"><p class="sign">某局</p><p class="sign">2024年2月25日</p></div>'
)


@pytest.mark.parametrize("name", one_of(3, STYLES))
def test_both_follow_a_style(name):
    pair = set_by_both(DOCUMENT, STYLES[name])

    assert differing(pair) == []
    for made in pair.both:
        assert badly_placed(made, STYLES[name]) == []
        assert made.findings == []


def faces_of_figures(made: Made) -> set[str]:
    """The faces in which figures stand on the first page."""
    page = made.tagged.pdf.pages[0]
    digits = {
        str(font.BaseFont).partition("+")[2]
        for font in page.resources.Font.values()
        if b"<0036>" in font.ToUnicode.read_bytes()
    }
    return {"bold" if "小标宋" in face or "Bold" in face else "light" for face in digits}


def test_figures_have_the_weight_of_their_own_face():
    content = "<p>收入6万元</p>"

    for name, weight in (("figures in bold", "bold"), ("figures of their own face", "light")):
        pair = set_by_both(content, STYLES[name])
        assert [faces_of_figures(made) for made in pair.both] == [{weight}] * 2
