"""Texts of a workbook, as the program shows them."""

from __future__ import annotations

import pytest
from lxml import etree

from gongkai.source.workbook.ooxml.strings import shared_strings, text_of, unescaped
from support.raw_book import MAIN


def item(inner: str) -> etree._Element:
    return etree.fromstring(f'<si xmlns="{MAIN}">{inner}</si>')


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<t>单位</t>", "单位"),
        ("<r><rPr><b/></rPr><t>甲</t></r><r><t>乙</t></r>", "甲乙"),
        ("<t>课</t><rPh sb='0' eb='1'><t>か</t></rPh><phoneticPr fontId='1'/>", "课"),
        ("<t xml:space='preserve'> 甲 </t>", " 甲 "),
        ("<t> 甲\n</t>", "甲"),
        ("<r><t>甲 </t></r><r><t xml:space='preserve'> 乙</t></r>", "甲 乙"),
        ("<t>　甲</t>", "　甲"),
        ("<t/>", ""),
        ("", ""),
        ("<t>甲<!-- 乙 -->丙</t>", "甲丙"),
        ("<t>一_x000D_\n二</t>", "一\n二"),
        ("<t xml:space='preserve'>一_x000a_</t>", "一\n"),
    ],
)
def test_the_text_of_an_item(inner, text):
    assert text_of(etree.fromstring(etree.tostring(item(inner)), etree.XMLParser(remove_comments=True))) == text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("_x0041_", "A"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x005F_", "_"),
        ("_x000D_x000D_", "\nx000D_"),
        ("_X0041_", "_X0041_"),
        ("_x041_", "_x041_"),
        ("_xZZZZ_", "_xZZZZ_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ud83d"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("列_x4E00_", "列一"),
    ],
)
def test_what_stands_for_a_character_is_that_character(stored, text):
    assert unescaped(stored) == text


def test_shared_strings_come_in_order():
    root = etree.fromstring(f'<sst xmlns="{MAIN}"><si><t>甲</t></si><si/><si><t>乙</t></si></sst>')
    assert shared_strings(root) == ["甲", "", "乙"]
