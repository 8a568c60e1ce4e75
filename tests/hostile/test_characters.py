"""A character that the fonts do not have is told with its place; what they have is printed."""

from __future__ import annotations

import page as page_validation
import pytest

from gongkai.document.parse import parse_document
from gongkai.findings import FindingsError
from gongkai.output.look.glyphs import refuse_missing_glyphs
from gongkai.produce.unit import Settings, make_unit
from support.examples import EXAMPLE
from support.fixtures import one_of, write_pack

NOTE = "  - 本单位没有其他需要说明的事项"


def made(tmp_path, text, formats, name="克孜勒苏柯尔克孜自治州商务局", more="", packs=(), pack="base"):
    source = EXAMPLE.read_text(encoding="utf-8").replace("克孜勒苏柯尔克孜自治州商务局", name)
    file = tmp_path / "单位.yaml"
    file.write_text(f"{source}\n其他说明:\n{NOTE}\n  - {text}\n{more}", encoding="utf-8")
    return file, make_unit(file, Settings(tmp_path, formats, pack=pack, pack_folders=packs))


def errors(result):
    return [finding for finding in result.findings if finding.code == "GK643"]


@pytest.mark.parametrize("letter", ["😀", "\ue000", "ก", "𠀀", "😂", "\U000f0000", "☑"])
def test_a_character_that_no_font_has_is_an_error_at_its_place(tmp_path, letter):
    file, (result, contents) = made(tmp_path, f"由{letter}承办", ["pdf"])
    [finding] = errors(result)
    assert (result.failed, contents) == (True, {})
    assert f"“{letter[0]}”（U+{ord(letter[0]):04X}）" in finding.message
    line = file.read_text(encoding="utf-8").split("\n")[finding.place.line - 1]
    assert (finding.place.file, letter in line) == (str(file), True)
    assert line[: finding.place.column - 1].strip() in {"-", ""}


def test_each_character_is_told_once_and_all_are_told(tmp_path):
    _, (result, _) = made(tmp_path, "由😀和😀承办，ก协办", ["pdf"])
    assert [finding.message[1] for finding in errors(result)] == ["ก", "😀"]


def test_the_name_of_a_unit_is_no_exception(tmp_path):
    file, (result, _) = made(tmp_path, "无", ["pdf"], name="𠀀县商务局")
    [finding] = errors(result)
    assert "𠀀县" in file.read_text(encoding="utf-8").split("\n")[finding.place.line - 1]


@pytest.mark.parametrize("formats", [["docx"], ["html"], ["xlsx", "data"]])
def test_other_formats_use_the_fonts_of_the_reader(tmp_path, formats):
    _, (result, contents) = made(tmp_path, "由😀承办", formats)
    assert not errors(result)
    assert len(contents) == len(formats)


@pytest.mark.parametrize("letters", ["㐂𠮷𫖯䶮", "㎡①㊣", "㛃喆堃祎", "·—…～％℃"])
def test_names_and_signs_that_clerks_need_are_there(tmp_path, letters):
    _, (result, _) = made(tmp_path, f"由{letters}承办", ["html"])
    assert not result.failed
    document, rendered = document_with(letters)
    refuse_missing_glyphs(document, rendered)


def document_with(letters):
    from support.composed import document_of

    rendered = document_of(EXAMPLE.stem)
    document = parse_document(rendered)
    document.root.xpath("//p")[-1].text = letters
    return document, rendered


def test_what_the_pack_says_is_told_at_the_pack():
    document, rendered = document_with("包里的😀")
    with pytest.raises(FindingsError) as caught:
        refuse_missing_glyphs(document, rendered)
    [finding] = caught.value.findings
    assert finding.path == ()
    assert "templates" in finding.place.file


@pytest.mark.parametrize("letters", one_of(2, ["ﬁﬂ", "㐂𠮷𫖯䶮㎡"]))
def test_ligatures_and_rare_characters_make_a_valid_pdf(tmp_path, letters):
    _, (result, contents) = made(tmp_path, f"由{letters}承办", ["pdf", "html"])
    assert not result.failed
    assert ("由fifl承办" in contents["单位.html"].decode()) == (letters == "ﬁﬂ")
    profiles = (page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A)
    assert all(page_validation.is_pdf_compliant_bytes(contents["单位.pdf"], profile=profile) for profile in profiles)


@pytest.mark.parametrize("letter", ["\x01", "\x1b", "\u200b", "\u00ad", "\x7f"])
def test_unseen_character_of_a_template_is_told_with_its_line(tmp_path, letter):
    files = {"pack.yaml": "名称: 自己\n上级: base\n", "预算/名词解释.html": f"<p>前</p>\n<p>名{letter}词</p>\n"}
    write_pack(tmp_path / "packs", "own", files)
    _, (result, contents) = made(tmp_path, "无", ["docx"], pack="own", packs=(tmp_path / "packs",))

    [finding] = [finding for finding in result.findings if finding.code == "GK501"]
    assert (result.failed, contents) == (True, {})
    assert f"U+{ord(letter):04X}" in finding.message
    assert (finding.place.file.endswith("名词解释.html"), finding.place.line) == (True, 2)
