"""Amounts are marked where they are printed: no output looks for them in a text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import html

from gongkai.document.compose import render_disclosure
from gongkai.document.parse import parse_html
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.output.layout.figures import mark_figures
from gongkai.packs.open import open_pack
from gongkai.packs.wording import Wording
from support.fixtures import EXAMPLE

PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>题</title>
<meta name="author" content="局"><meta name="dcterms.created" content="2024-02-25"></head>
<body><section class="part">{}</section></body></html>"""


def wording(**options: object) -> Wording:
    pack = open_pack("base", "预算", 2024)
    return Wording({**pack.options, **options})


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (wording().amount(Decimal("1046.824")), '<data value="1046.82">1,046.82</data>'),
        (wording().amount(Decimal(-5)), '<data value="-5.00">-5.00</data>'),
        (
            wording(表格金额单位="元", 表格小数="不印").table_amount(Decimal("20")),
            '<data value="200000">200,000</data>',
        ),
        (wording(表格零值="空白").table_amount(Decimal(0)), ""),
        (wording(绩效表千分位=False).form_amount(Decimal("1570.64")), '<data value="1570.64">1570.64</data>'),
    ],
)
def test_an_amount_is_marked_in_the_unit_in_which_it_is_printed(printed, expected):
    assert printed == expected


def test_the_words_around_an_amount_are_escaped_and_a_rate_is_no_amount():
    said = wording(增减句式={"增加": "<{比}>增{差额}万元，{幅度}%", "没有变化": "无"}).change(
        Decimal(3), Decimal(2), "上年&前年"
    )
    assert said == '&lt;比上年&amp;前年&gt;增<data value="1.00">1.00</data>万元，50.00%'


def test_figures_that_a_clerk_wrote_are_hers_and_no_data():
    model = read(EXAMPLE).model
    root = html.document_fromstring(render_disclosure(model, open_pack("kezhou", "预算", 2024)).html)
    amounts = [(data.get("value"), data.text) for data in root.iter("data")]

    assert len(amounts) > 100
    assert all(Decimal(value) == Decimal(text.replace(",", "")) for value, text in amounts)
    reasons = [p for p in root.iter("p") if "调整工资" in p.text_content()]
    assert all(data.text in p.text_content() for p in reasons for data in p.iter("data"))


@pytest.mark.parametrize(
    "written",
    ['<data value="1.00">2.00</data>', "<data>1.00</data>", '<data value="壹">壹</data>', '<data value=""></data>'],
)
def test_an_amount_that_a_pack_writes_itself_is_refused(written):
    with pytest.raises(FindingsError, match="不是由函数印出的"):
        parse_html(PAGE.format(f"<p>共{written}万元。</p>"))


def test_chinese_stands_off_an_amount_where_a_pack_wants_it():
    source = PAGE.format('<p>共<data value="5.00">5.00</data>万元（<data value="6.00">6.00</data>）。</p>')
    [paragraph] = parse_html(source, spaced=True).root.iter("p")

    assert paragraph.text_content() == "共 5.00 万元（6.00）。"


def test_an_amount_is_kept_together_with_its_unit_on_paper():
    root = parse_html(PAGE.format('<p>共<data value="5.00">5.00</data>万元。</p>')).root
    mark_figures(root)
    [paragraph] = root.iter("p")

    assert html.tostring(paragraph, encoding="unicode").startswith(
        '<p>共<span class="kept"><span class="figure">5.00</span>万元</span>。'
    )
