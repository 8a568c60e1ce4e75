"""Running text of Word documents: what a reader sees once every change is accepted."""

from __future__ import annotations

import time

import pytest

from support.word import p, read_word, tbl, tr, word

RUN = "<w:r><w:t>{}</w:t></w:r>"


def texts(body: str, tmp_path, **others: str) -> list[str]:
    return [paragraph.text for paragraph in read_word(word(body, **others), tmp_path).paragraphs]


def test_runs_are_one_text_and_empty_paragraphs_are_none(tmp_path):
    body = f"<w:p>{RUN.format('收入预算')}{RUN.format('287.46')}{RUN.format('万元。')}</w:p><w:p/>{p('　　支出。')}"
    assert texts(body, tmp_path) == ["收入预算287.46万元。", "支出。"]


def test_tracked_changes_are_accepted(tmp_path):
    changed = (
        f"<w:p>{RUN.format('增加')}<w:del><w:r><w:delText>1.00</w:delText></w:r></w:del>"
        f"<w:ins>{RUN.format('2.00')}</w:ins><w:moveFrom>{RUN.format('甲')}</w:moveFrom>"
        f"<w:moveTo>{RUN.format('乙')}</w:moveTo><w:ins><w:del>{RUN.format('丙')}</w:del></w:ins></w:p>"
    )
    assert texts(changed, tmp_path) == ["增加2.00乙"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path):
    assert texts(p("上半，", "<w:rPr><w:del/></w:rPr>") + p("下半。"), tmp_path) == ["上半，下半。"]


def test_hidden_text_instructions_of_fields_and_comments_are_not_read(tmp_path):
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:commentReference w:id="1"/><w:t>页</w:t></w:r></w:p>'
    )
    assert texts(body, tmp_path) == ["12页"]


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path):
    box = f"<w:txbxContent>{p('框里的字')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(body, tmp_path) == ["正文", "框里的字"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年部门\n预算公开", ["2024年部门预算公开"]),
        ("第一句。\n第二句。", ["第一句。", "第二句。"]),
        ("一、职能\n（一）贯彻", ["一、职能", "（一）贯彻"]),
        ("增长3.00\n%，", ["增长3.00 %，"]),
    ],
)
def test_line_breaks_by_hand(text, expected, tmp_path):
    assert texts(p(text), tmp_path) == expected


def test_headings_by_style_by_outline_and_by_what_a_style_is_based_on(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="自定"/><w:basedOn w:val="mid"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="mid"><w:name w:val="中"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="圈"/><w:basedOn w:val="loop"/></w:style>'
    )
    body = (
        p("甲", '<w:pStyle w:val="a1"/>')
        + p("乙", '<w:pStyle w:val="own"/>')
        + p("丙", '<w:outlineLvl w:val="2"/>')
        + p("丁", '<w:pStyle w:val="a1"/><w:outlineLvl w:val="9"/>')
        + p("戊", '<w:pStyle w:val="loop"/>')
    )
    printed = read_word(word(body, styles=styles), tmp_path)
    assert [(each.text, each.heading) for each in printed.paragraphs] == [
        ("甲", 1), ("乙", 2), ("丙", 3), ("丁", 0), ("戊", 0),
    ]  # fmt: skip


def test_numbers_that_word_sets_itself_are_part_of_the_text(tmp_path):
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )

    def listed(text: str, level: int) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>')

    body = listed("甲", 0) + listed("子", 1) + listed("丑", 1) + p("间") + listed("乙", 0) + listed("寅", 1)
    body += listed("点", 2) + "".join(listed("丙", 0) for _ in range(9))
    found = texts(body, tmp_path, numbering=numbering)
    assert found[:7] == ["一、甲", "1.子", "2.丑", "间", "二、乙", "1.寅", "点"]
    assert found[-2:] == ["十、丙", "十一、丙"]


def test_contents_typed_without_pages_end_where_the_first_entry_is_a_heading(tmp_path):
    entries = ["第一部分 概况", "一、职能", "第二部分 表"]
    listed = p("目 录") + "".join(map(p, entries))
    printed = read_word(word(listed + p("第一部分  概况") + p("一、职能") + p("负责商务工作。")), tmp_path)
    assert printed.outline == [(entry, 0) for entry in entries]
    assert [each.text for each in printed.paragraphs] == ["目 录", "第一部分  概况", "一、职能", "负责商务工作。"]

    no_list = read_word(word(listed + p("负责商务工作，承担其他任务。") + p("第一部分 概况")), tmp_path)
    assert (no_list.outline, len(list(no_list.paragraphs))) == ([], 6)


def test_contents_by_style_and_by_hand_are_the_outline_and_no_text(tmp_path):
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    made = p("目　录") + p("一、职能\t3", '<w:pStyle w:val="T1"/>') + p("一、职能")
    by_hand = p("目录") + p("一、职能……………3") + p("二、机构.....12") + p("一、职能")
    for body, pages in ((made, [("一、职能", 3)]), (by_hand, [("一、职能", 3), ("二、机构", 12)])):
        printed = read_word(word(body, styles=styles), tmp_path)
        assert list(printed.outline) == pages
        assert [each.text for each in printed.paragraphs] == [body[body.index("目") : body.index("录") + 1], "一、职能"]


@pytest.mark.parametrize("leader", [" ", ".", "\t"])
def test_what_is_too_long_to_be_an_entry_is_passed_by_at_once(leader, tmp_path):
    text = f"一、职能{leader * 20_000}某"
    start = time.perf_counter()
    printed = read_word(word(p("目录") + p(text) + p("完")), tmp_path)
    assert time.perf_counter() - start < 5
    assert list(printed.outline) == []


def test_footnotes_stand_at_the_end(tmp_path):
    notes = f'<w:footnote w:type="separator">{p("—")}</w:footnote><w:footnote w:id="2">{p("注里的话。")}</w:footnote>'
    assert texts(p("正文。"), tmp_path, footnotes=notes) == ["正文。", "注里的话。"]


def test_the_place_of_words_is_their_paragraph(tmp_path):
    printed = read_word(word(p("甲。") + tbl(tr("一", "二", "三")) + p("乙丙。")), tmp_path)
    place = printed.place(list(printed.paragraphs)[1], 1, 2)
    assert (place.paragraph, place.column, place.page) == (3, 2, 0)
    assert place.spot == "第 3 段"
