"""Running text on paper: paragraphs, headings, contents, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pikepdf

from gongkai.source.printed.pdf.read import read_pdf_data
from support.paper import changed, paper, scanned

SENTENCE = "本单位二〇二四年收入预算1,795.47万元，其中一般公共预算581.77万元，比上年减少797.07万元。"


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_pdf_data(data, "a.pdf").paragraphs]


def test_lines_and_pages_do_not_divide_a_paragraph():
    many = [f"第{at}段。{SENTENCE * 9}" for at in range(12)]
    document = read_pdf_data(paper("".join(f"<p>{text}</p>" for text in many)), "a.pdf")

    assert document.pages > 2
    assert [paragraph.text for paragraph in document.paragraphs] == many
    assert any(len({line.spot.page for line in paragraph.lines}) == 2 for paragraph in document.paragraphs)


def test_latin_words_keep_their_blank_over_a_line_and_chinese_gets_none():
    text = "采购" + " Microsoft Windows" * 12 + "软件" * 30
    assert texts(paper(f"<p>{text}</p>")) == [text]


def test_characters_have_their_places():
    document = read_pdf_data(paper(f"<p>{SENTENCE * 3}</p>"), "a.pdf")
    [paragraph] = document.paragraphs
    start = paragraph.text.index("581.77")
    place = document.place(paragraph, start, start + 6)
    before = document.place(paragraph, start - 3, start)
    [box], [left] = place.boxes, before.boxes

    assert place.page == 1
    assert left.right == box.left
    assert 30 < box.right - box.left < 45
    assert 10 < box.bottom - box.top < 14
    line = next(line for line in paragraph.lines if line.edges)
    assert all(one <= other for one, other in pairwise(line.edges))


def test_a_place_over_two_lines_has_two_boxes():
    document = read_pdf_data(paper(f"<p>{SENTENCE * 3}</p>"), "a.pdf")
    [paragraph] = document.paragraphs
    end = paragraph.lines[1].start

    assert len(document.place(paragraph, end - 3, end + 3).boxes) == 2


def test_headings_are_those_of_the_tags_and_bookmarks():
    html = f"<h1>第一部分 概况</h1><p>{SENTENCE}</p><h2>一、职能</h2><p>{SENTENCE}</p>"
    tagged = paper(html)
    untagged = changed(tagged, lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"))
    levels = [("第一部分 概况", 1), (SENTENCE, 0), ("一、职能", 2), (SENTENCE, 0)]

    for data in (tagged, untagged):
        assert [(each.text, each.heading) for each in read_pdf_data(data, "a.pdf").paragraphs] == levels


def test_running_heads_and_numbers_of_pages_are_no_text():
    look = '@page { @top-center { content: "某局2024年部门预算公开" } }'
    html = "".join(f'<p class="new">第{at}页的字。</p>' for at in "一二三四五")
    assert texts(paper(html, look)) == [f"第{at}页的字。" for at in "一二三四五"]


def test_contents_are_apart():
    entry = '<p class="u">{}<span>{}{}</span></p>'
    led = "".join(entry.format(name, "." * 20, page) for name, page in (("第一部分 概况", 1), ("一、职能", 2)))
    bare = "".join(f'<p class="u">{name}</p>' for name in ("第一部分 概况", "一、职能"))

    for listed, pages in ((led, (1, 2)), (bare, (0, 0))):
        document = read_pdf_data(paper(f'<p class="t">目 录</p>{listed}<p class="new">{SENTENCE}</p>'), "a.pdf")
        assert document.outline == [("第一部分 概况", pages[0]), ("一、职能", pages[1])]
        assert [paragraph.text for paragraph in document.paragraphs] == [SENTENCE]


def test_blank_pages_are_told():
    html = f'<p>{SENTENCE}</p><div class="new"></div><p class="new">{SENTENCE}</p>'
    look = "@page { @bottom-center { content: none } }"
    document = read_pdf_data(paper(html, look), "a.pdf")

    assert (document.pages, document.blank) == (3, [2])


def test_a_scanned_page_is_told():
    document = read_pdf_data(scanned(), "a.pdf")
    [finding] = document.findings

    assert (finding.code, finding.place.page) == ("GK894", 1)
    assert "扫描件" in finding.message
    assert not document.blocks


def test_files_that_it_carries_are_there():
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["facts.json"] = pikepdf.AttachedFileSpec(pdf, b"{}", filename="facts.json")

    assert read_pdf_data(changed(paper("<p>字。</p>"), attach), "a.pdf").attached == {"facts.json": b"{}"}


def test_radicals_that_fonts_take_for_characters_are_the_characters():
    assert texts(paper("<p>⻓⽉⾦ 一致</p>")) == ["长月金 一致"]
