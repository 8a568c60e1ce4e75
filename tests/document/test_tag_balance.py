"""Tags that are not closed are told; a document whose tags are plainly in order is not read by a parser for it."""

from __future__ import annotations

import random

import pytest

from gongkai.document import tag_balance
from gongkai.document.compose import render_disclosure
from gongkai.document.tag_balance import unbalanced_tags
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.packs.open import open_pack
from support.fixtures import CLEAN


def messages(text: str) -> list[str]:
    return [finding.message.partition("：")[2] for finding in unbalanced_tags(text, lambda *words: None)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the parser was asked about."""
    texts: list[str] = []
    feed = tag_balance._TagBalance.feed
    monkeypatch.setattr(tag_balance._TagBalance, "feed", lambda self, text: (texts.append(text), feed(self, text))[1])
    return texts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>字", ["<p> 没有关闭"]),
        ("字</p>", ["</p> 没有对应的开始标签"]),
        ("<section><p>字</section>", ["</section> 前应先关闭 <p>"]),
        ("<p/>", ["<p> 没有关闭"]),
        ("<p>字</br></p>", ["</br> 没有对应的开始标签"]),
        ("<title><p></title>", ["</title> 前应先关闭 <p>"]),
    ],
)
def test_a_tag_that_is_not_opened_and_closed_in_order_is_told(text, said):
    assert messages(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<p class=\"a\" id='b'>字<br>字<br/>&lt;</p>\n",
        "<p data-contents=\"增<data value='1'>1</data>万元 > 二\">字</p>",
        "<table><tr><td>1 &amp; 2</td></tr></table>",
        "",
    ],
)
def test_what_is_plainly_in_order_is_not_parsed(text, asked):
    assert messages(text) == []
    assert asked == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>一 < 二</p>",
        "<P>字</P>",
        "<p hidden>字</p>",
        "<p class=a>字</p>",
        "<p>字</p >",
        "<p>字<!-- 说明 <b> --></p>",
        "<script>'<p>'</script>",
    ],
)
def test_what_is_written_in_another_way_is_left_to_the_parser(text, asked):
    assert messages(text) == []
    assert asked == [text]


def test_elements_in_each_other_without_end_are_refused():
    with pytest.raises(FindingsError):
        unbalanced_tags("<div>" * 40 + "</div>" * 40, lambda *words: None)
    assert messages("<div>" * 39 + "</div>" * 39) == []


def test_no_mistake_that_the_parser_finds_is_passed_over():
    """A document with a character taken out, doubled or changed at some thousand places."""
    model = read(CLEAN).model
    text = render_disclosure(model, open_pack("base", model.kind, model.year)).html
    chance = random.Random(18)
    passed = 0
    for _ in range(300):
        broken = _with_slips(text, chance)
        if tag_balance._is_plainly_balanced(broken):
            passed += 1
            balance = tag_balance._TagBalance(lambda *words: None)
            balance.feed(broken)
            balance.close()
            assert balance.findings == []
    assert 20 < passed < 280


def _with_slips(text: str, chance: random.Random) -> str:
    """The text with a slip or a few near tags."""
    for _ in range(chance.randint(1, 3)):
        at = next(at for _ in text if text[at := chance.randrange(len(text))] in "<>/\"'= \n")
        put = chance.choice(["", text[at] * 2, "<", ">", "/", '"', "'", "x", "<p>", "</p>", "<br>", "字"])
        text = text[:at] + put + text[at + 1 :]
    return text
