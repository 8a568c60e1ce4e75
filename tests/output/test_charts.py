"""Charts and 一图读懂: off unless a pack asks, the figures of the tables, the same in every format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from PIL import Image
from weasyprint.formatting_structure import boxes

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.output.look.bars import COLOURS, pixel
from gongkai.packs.open import open_pack
from gongkai.produce.unit import Settings, render_unit
from gongkai.statements.charts import MOST_BARS, Bar, Chart, on_one_page
from support.fixtures import ROOT, gongkai, pdf_pages, write_pack
from support.office import complaints
from support.set_text import set_text

BUDGET, FINAL = "shili-ju-2024-budget", "shili-ju-2024-final"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
PACK = """名称: 有图
上级: base
选项:
  图表: [收入结构, 支出结构, 三公经费]
  一图读懂: 是
"""

pytestmark = pytest.mark.xdist_group("charts")  # its published files are made once


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs")
    write_pack(folder, "charts", {"pack.yaml": PACK})
    return folder


def rendered(example: str, pack: str, folders: Sequence[Path] = ()) -> Rendered:
    disclosure = read(ROOT / "examples" / f"{example}.yaml").model
    return render_disclosure(disclosure, open_pack(pack, disclosure.kind, disclosure.year, folders))


@cache
def drawn(example: str, packs: Path) -> html.HtmlElement:
    return html.document_fromstring(rendered(example, "charts", [packs]).html)


def charts_in(part: html.HtmlElement) -> dict[str, list[list[str]]]:
    """The rows of every chart by its title, without the column of bars."""
    return {
        chart.findtext("p"): [
            [squeezed(cell.text_content()) for cell in row.iterfind("td") if cell.get("class") != "bar"]
            for row in chart.iterfind("table/tbody/tr")
        ]
        for chart in part.iterfind(".//div[@class='chart']")
    }


@pytest.mark.parametrize("example", [BUDGET, FINAL])
def test_a_pack_that_asks_for_nothing_gets_no_chart(example):
    text = rendered(example, "base").html

    assert 'class="chart"' not in text
    assert "一图读懂" not in text


def test_budget_charts_carry_the_figures_of_the_tables(packs):
    charts = charts_in(drawn(BUDGET, packs))

    assert charts["支出结构（按功能分类）（单位：万元）"][0] == ["文化旅游体育与传媒支出", "921.56", "73.46%"]
    assert charts["“三公”经费与上年对比（单位：万元）"] == [
        ["公务用车购置费", "18.00", "0.00"],
        ["公务用车运行费", "11.00", "12.00"],
        ["公务接待费", "2.00", "3.50"],
    ]


@pytest.mark.parametrize("example", [BUDGET, FINAL])
def test_shares_of_a_chart_are_of_the_whole(example, packs):
    tables = charts_in(drawn(example, packs))
    for title in ("收入结构（单位：万元）", "支出结构（按功能分类）（单位：万元）"):
        rows = tables[title]
        whole = sum(Decimal(amount.replace(",", "")) for _, amount, _ in rows)
        for _, amount, share in rows:
            exact = Decimal(amount.replace(",", "")) * 100 / whole
            assert abs(Decimal(share.rstrip("%")) - exact) < Decimal("0.01")


@pytest.mark.parametrize("example", [BUDGET, FINAL])
def test_each_chart_stands_at_the_end_of_its_section(example, packs):
    found = []
    for chart in drawn(example, packs).iterfind(".//div[@class='chart']"):
        heading = next(e for e in chart.itersiblings(preceding=True) if e.tag in ("h1", "h2"))
        words = heading.text_content()
        found.append(next(name for name in ("一图读懂", "三公", "收入", "支出") if name in words))

    assert found == ["一图读懂"] * 3 + ["收入", "支出", "三公"]


def test_bars_are_as_long_as_their_amounts(packs):
    [table] = [t for t in drawn(BUDGET, packs).iterfind(".//table[@class='chart']") if "下条" in t.text_content()][-1:]
    bars = [(bar.get("class"), bar.get("style")) for bar in table.iterfind(".//span")]

    assert bars[:4] == [
        ("bar", "width:100.00%"),
        ("bar prior", "width:0.00%"),
        ("bar", "width:61.11%"),
        ("bar prior", "width:66.67%"),
    ]


def test_an_unknown_chart_is_told_with_its_place(tmp_path):
    write_pack(tmp_path, "wrong", {"pack.yaml": "名称: 错\n上级: base\n选项:\n  图表: [饼图]\n"})

    with pytest.raises(FindingsError, match="“饼图”在各图里没有") as caught:
        rendered(BUDGET, "wrong", [tmp_path])
    assert caught.value.findings[0].place.line == 4


AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=2)


@given(st.lists(AMOUNTS, max_size=25))
def test_one_page_has_few_bars_and_nothing_is_lost(amounts):
    bars = [Bar(f"第{n}类", amount, "50.00") for n, amount in enumerate(amounts) if amount]
    [short] = on_one_page([Chart("支出结构", "支出", sum(b.amount for b in bars), bars)])

    assert len(short.bars) <= MOST_BARS
    assert sum(b.amount for b in short.bars) == sum(b.amount for b in bars)
    if len(bars) > MOST_BARS:
        assert short.bars[-1].label == f"其他{len(bars) - MOST_BARS + 1}项"
        assert max(Decimal(b.length) for b in short.bars) == 100


@pytest.mark.parametrize("colour", COLOURS.values())
def test_pixel_is_a_png_of_its_colour(colour):
    image = Image.open(io.BytesIO(pixel(colour)))

    assert image.size == (1, 1)
    assert bytes(image.getpixel((0, 0))).hex() == colour


@pytest.fixture(scope="module", params=[BUDGET, FINAL])
def files(request, packs) -> tuple[list[str], bytes, html.HtmlElement]:
    """PDF pages, DOCX and web page of an example with everything that a pack can ask for."""
    return published(request.param, packs)


@cache
def published(example: str, packs: Path) -> tuple[list[str], bytes, html.HtmlElement]:
    result = render_unit(
        ROOT / "examples" / f"{example}.yaml",
        Settings(packs.with_name(f"{packs.name}-{example}"), ("pdf", "docx", "html"), "charts", [packs]),
    )
    assert [(f.code, f.message) for f in result.findings if f.code.startswith("GK6")] == []
    pdf, docx, page = (path.read_bytes() for path in result.written)
    return pdf_pages(pdf), docx, html.document_fromstring(page)


def test_all_of_it_is_on_one_page(files):
    pages, _, page = files
    glance = page.find(".//section[@class='part glance']")
    [text] = [squeezed(text) for text in pages if squeezed(glance.findtext("h1")) in squeezed(text) and "图示" in text]

    for table in glance.iter("table"):
        for cell in table.iter("td", "th"):
            assert squeezed(cell.text_content()) in text


def test_word_has_the_same_charts(files):
    _, docx, page = files
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
    drawn = [bar for bar in page.iterfind(".//td[@class='bar']/span") if "width:0.00%" not in bar.get("style")]

    assert pictures == ["word/media/image1.png", "word/media/image2.png"]
    numbers = [p.get("id") for p in root.iter(f"{WP}docPr")]
    assert len(set(numbers)) == len(numbers) == len(drawn)
    titles = [squeezed(p.text_content()) for p in page.iterfind(".//p[@class='chart-title']")]
    assert [t for t in (squeezed("".join(p.itertext(f"{W}t"))) for p in root.iter(f"{W}p")) if t in titles] == titles


def test_a_screen_reader_hears_each_figure_once(files):
    """The bar says nothing: its figures stand in the next cells."""
    _, docx, page = files
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    cells = page.findall(".//td[@class='bar']")
    pictures = [*root.iter(f"{WP}docPr")]

    assert cells
    assert {squeezed(cell.text_content()) for cell in cells} == {""}
    assert [name for cell in cells for e in cell.iter() for name in e.attrib if name in ("role", "aria-label")] == []
    assert {picture.get("descr") for picture in pictures} == {""}
    assert all(picture.find(f".//{DECORATIVE}").get("val") == "1" for picture in pictures)


def test_word_file_with_charts_is_valid(files, tmp_path):
    (tmp_path / "a.docx").write_bytes(files[1])

    assert complaints(tmp_path / "a.docx") == []


def test_one_page_of_an_account_says_what_its_total_has_beyond_the_charts(packs):
    """The total holds what is carried in and out; the bars are of 本年收入 and 本年支出 alone."""
    glance = drawn(FINAL, packs).find(".//section[@class='part glance']")
    [note] = [squeezed(p.text_content()) for p in glance.iterfind("p") if p.get("class") == "table-note"]
    [total, *_] = [squeezed(cell.text_content()) for cell in glance.iterfind("table/tbody/tr/td")]
    income, spending, *_ = charts_in(glance).values()
    sums = [f"{sum(Decimal(amount.replace(',', '')) for _, amount, _ in rows):,.2f}" for rows in (income, spending)]

    assert note.startswith(f"收入支出总计{total}，含年初、年末结转和结余等")
    assert note.endswith(f"只画本年收入{sums[0]}万元、本年支出{sums[1]}万元。")
    assert total.removesuffix("万元") not in sums


def test_one_page_of_a_budget_needs_no_such_words(packs):
    glance = drawn(BUDGET, packs).find(".//section[@class='part glance']")

    assert "table-note" not in {p.get("class") for p in glance.iterfind("p")}


def test_widest_bar_fits_its_column(files):
    _, docx, _ = files
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    cells = [cell for cell in root.iter(f"{W}tc") if cell.find(f".//{WP}extent") is not None]

    assert cells
    for cell in cells:
        room = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) * 635
        assert all(0 < int(extent.get("cx")) < room for extent in cell.iter(f"{WP}extent"))


def test_pack_with_charts_is_sound(packs, tmp_path):
    run = gongkai("pack", "check", "charts", "--pack-dir", packs, cwd=tmp_path)

    assert run.returncode == 0, run.stdout + run.stderr


def test_a_chart_that_does_not_fit_is_divided_and_leaves_no_page_half_empty():
    """Two rows at least stand on either page, and the head stands on both."""
    row = '<tr><td class="text">某项支出</td><td class="num">1.00</td></tr>'
    head = "<thead><tr><th>项目</th><th>金额</th></tr></thead>"
    table = f'<table class="chart">{head}<tbody>{row * 16}</tbody></table>'
    chart = f'<div class="chart"><p class="chart-title">支出结构</p>{table}</div>'
    layout = set_text(f"{'<p>某单位的情况。</p>' * 16}{chart}")
    rows = [
        [box for box in page._page_box.descendants() if isinstance(box, boxes.TableRowBox)]
        for page in layout._document.pages
    ]

    assert len(rows) == 2
    assert sum(len(of_page) - 1 for of_page in rows) == 16
    assert min(len(of_page) for of_page in rows) >= 1 + 2
