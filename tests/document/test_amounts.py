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
from support.fixtures import EXAMPLE, write_pack

PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>题</title>
<meta name="author" content="局"><meta name="dcterms.created" content="2024-02-25"></head>
<body><section class="part">{}</section></body></html>"""


def wording(**options: object) -> Wording:
    pack = open_pack("base", "预算", 2024)
    return Wording({**pack.options, **options})


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (wording().amount(Decimal("1046.824")), "<data value='1046.82'>1,046.82</data>"),
        (wording().amount(Decimal(-5)), "<data value='-5.00'>-5.00</data>"),
        (
            wording(表格金额单位="元", 表格小数="不印").table_amount(Decimal("20")),
            "<data value='200000'>200,000</data>",
        ),
        (wording(表格零值="空白").table_amount(Decimal(0)), ""),
        (wording(绩效表千分位=False).form_amount(Decimal("1570.64")), "<data value='1570.64'>1570.64</data>"),
    ],
)
def test_an_amount_is_marked_in_the_unit_in_which_it_is_printed(printed, expected):
    assert printed == expected


def test_the_words_around_an_amount_are_escaped_and_a_rate_is_no_amount():
    said = wording(增减句式={"增加": "<{比}>增{差额}万元，{幅度}%", "没有变化": "无"}).change(
        Decimal(3), Decimal(2), "上年&前年"
    )
    assert said == "&lt;比上年&amp;前年&gt;增<data value='1.00'>1.00</data>万元，50.00%"


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


def body(folder, section: str) -> html.HtmlElement:
    """The section 其他事项 of the example as a pack of its own writes it, laid out in a paragraph."""
    files = {"pack.yaml": "名称: 自己\n上级: base\n", "预算/说明/其他事项.html": f"<h2>题</h2>{section}"}
    write_pack(folder, "own", files)
    rendered = render_disclosure(read(EXAMPLE).model, open_pack("own", "预算", 2024, (folder,)))
    root = parse_html(rendered.html).root
    [title] = [h2 for h2 in root.iter("h2") if (h2.text_content() or "").endswith("题")]
    return title.getnext()


SUM = "金额(数.一般公共预算.合计)"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ 列举([%s, '甲&乙']) }}", "{0}、甲&乙"),
        ("{{ '共' ~ %s ~ '万元' }}", "共{0}万元"),
        ("{{ [%s, '乙'] | join('和') }}", "{0}和乙"),
        ("{{ 填写('{年度}年' ~ %s ~ '万元') }}", "2024年{0}万元"),
        ("共\n {{ %s }} \n万元", "共 {0} 万元"),
    ],
)
def test_an_amount_handed_on_stays_an_amount(source, printed, tmp_path):
    paragraph = body(tmp_path, f"<p>{source % SUM}</p>")
    [amount] = paragraph.iter("data")

    assert Decimal(amount.get("value")) == Decimal(amount.text.replace(",", ""))
    assert paragraph.text_content().replace(" ", "") == printed.format(amount.text).replace(" ", "")


def test_a_template_compares_the_words_of_an_amount(tmp_path):
    printed = body(tmp_path, f"<p>{{{{ {SUM} }}}}</p>").text_content()
    source = f"<p>{{% if {SUM} == '{printed}' %}}相同，{{{{ {SUM} | length }}}}字{{% endif %}}</p>"

    assert body(tmp_path, source).text_content() == f"相同，{len(printed)}字"


def test_an_amount_is_found_by_its_words_among_the_keys_of_a_mapping():
    nothing = wording().amount(Decimal(0))

    assert {"0.00": "无"}[nothing] == "无"
    assert nothing != "0.0"


def test_an_amount_in_an_attribute_is_its_text(tmp_path):
    paragraph = body(tmp_path, f'<h3 data-contents="共{{{{ {SUM} }}}}万元">目</h3>')

    assert paragraph.get("data-contents").startswith("共")
    assert "data" not in paragraph.get("data-contents")


def test_an_amount_is_behind_a_name_in_brackets_as_behind_a_dot(tmp_path):
    paragraph = body(tmp_path, '<p>{{ 金额(数["一般公共预算"]["合计"]) }}，{{ 金额(数.一般公共预算.合计) }}</p>')

    first, second = [data.text for data in paragraph.iter("data")]
    assert first == second


def test_an_amount_written_by_hand_is_told_at_its_line(tmp_path):
    with pytest.raises(FindingsError) as caught:
        body(tmp_path, "\n<p>共\n<data value='1.00'>1.00</data>万元</p>")

    [finding] = caught.value.findings
    assert (finding.code, finding.place.line) == ("GK604", 3)
    assert finding.place.file.endswith("预算/说明/其他事项.html")
