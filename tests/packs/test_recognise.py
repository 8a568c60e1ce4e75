"""Printing and recognising share the wording: what a pack's sentences print is read back from the text."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache, wraps
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gongkai.catalog import functional
from gongkai.document.compose import render_disclosure
from gongkai.intake.read import read
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.open import open_pack
from gongkai.packs.recognise import _SLOTS, Recogniser
from gongkai.packs.wording import Wording
from gongkai.prose.matching import MOST_WORDS, Literal, Pattern, Words, can_be_found, matches
from gongkai.prose.numbers import round_half_up
from gongkai.prose.phrases import budget_case, change_case, growth_percent, percent_of, variance, whole_case
from gongkai.statements.budget.view import ItemLine
from support.fixtures import ROOT, ends_within, write_pack

PACKS = ("base", "xinjiang", "kezhou", "changji", "bozhou", "waisheng")
FORMS = [(name, kind, year) for name in PACKS for kind in ("预算", "决算") for year in (2023, 2024, 2025)]
BASES = ("", "上年", "上年预算", "上年决算", "上年执行数", "年初预算", "2023年度决算数")
WHOLES = ("", "本年支出合计的", "政府采购支出总额的")
NAMES = sorted({subject.name for subject in functional()})

forms = st.sampled_from(FORMS)
figures = st.decimals(-(10**7), 10**7, places=4) | st.sampled_from([Decimal(0), Decimal(100), Decimal("0.0004")])


@cache
def pack(name: str, kind: str, year: int) -> AssembledPack:
    return open_pack(name, kind, year)


def both(form: tuple[str, str, int]) -> tuple[Wording, Recogniser]:
    options = pack(*form).options
    return Wording(options), Recogniser(options)


def words_of(printed: Any) -> str:
    return printed.striptags() if hasattr(printed, "striptags") else str(printed)


def test_a_change_gives_back_its_case_base_and_figures():
    _, recogniser = both(("base", "预算", 2024))
    [said] = recogniser.changes("收入预算545.70万元，比上年预算增加59.30万元，增长12.19%，主要原因是人员增加3人。")
    assert (said.case, said.base) == ("增加", "上年预算")
    assert (said.difference, said.rate) == (Decimal("59.30"), Decimal("12.19"))


def test_other_sentences_give_back_theirs():
    _, recogniser = both(("base", "决算", 2024))
    text = (
        "1.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）：支出5.00万元，占本年支出合计的52.13%，"
        "预决算差异率-3.20%，完成年初预算的96.80%。农林水支出（类）3.00万元。2024年2月5日"
    )
    [portion], [difference] = recogniser.portions(text), recogniser.variances(text)
    [completion], [item] = recogniser.completions(text), recogniser.items(text)
    [class_name], [day] = recogniser.class_names(text), recogniser.dates(text)
    assert (portion.whole, portion.rate) == ("本年支出合计的", Decimal("52.13"))
    assert (difference.case, difference.rate) == ("有预算", Decimal("-3.20"))
    assert (completion.base, completion.rate) == ("年初预算", Decimal("96.80"))
    assert item.slots == {"类": "卫生健康支出", "款": "行政事业单位医疗", "项": "行政单位医疗"}
    assert class_name.slots == {"类": "农林水支出"}
    assert day.day == date(2024, 2, 5)
    assert text[day.start : day.end] == "2024年2月5日"


@given(forms, figures, figures, st.sampled_from(BASES))
def test_whatever_change_is_printed_is_recognised(form, current, prior, base):
    wording, recogniser = both(form)
    printed = words_of(wording.change(current, prior, base))

    [said] = recogniser.changes(f"合计1.00万元，{printed}，主要原因是工资增加")

    assert change_case(current, prior) in said.cases
    assert (said.base, said.difference, said.rate) == change_of(pack(*form), current, prior, base)


@given(forms, figures, figures, st.sampled_from(WHOLES))
def test_whatever_share_is_printed_is_recognised(form, part, whole, of):
    wording, recogniser = both(form)
    printed = wording.portion(part, whole, of)
    found = recogniser.portions(f"合计1.00万元{printed}。")

    assert [(said.whole, said.rate) for said in found] == ([(of, number(percent_of(part, whole)))] if printed else [])
    assert all(whole_case(whole) in said.cases for said in found)


@given(forms, figures, figures, st.sampled_from(BASES))
def test_whatever_comparison_with_a_budget_is_printed_is_recognised(form, actual, budget, base):
    wording, recogniser = both(form)
    reached = wording.completion(actual, budget, base or "预算")
    found = recogniser.completions(f"支出1.00万元{reached}。")
    assert [(said.base, said.rate) for said in found] == (
        [(base or "预算", number(percent_of(actual, budget)))] if reached else []
    )
    if form[1] == "决算":
        [said] = recogniser.variances(f"决算数1.00万元，{wording.difference(actual, budget, base)}主要原因是：无。")
        assert budget_case(actual, budget) in said.cases
        assert said.rate == number(variance(actual, budget))


@given(forms, st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 120))
def test_whatever_name_is_printed_is_recognised(form, class_name, group_name, name, place):
    wording, recogniser = both(form)
    options = pack(*form).options
    item = ItemLine(class_name, group_name, name, Decimal(0), Decimal(0), "")
    numbered = wording.ordinal(place, options["列项编号"])
    [said] = recogniser.items(f"{numbered}{wording.item_name(item)}：支出决算数为1.00万元。")
    assert said.slots == {"类": class_name, "款": group_name, "项": name}
    numbered = wording.ordinal(place, options["结构编号"])
    [said] = recogniser.class_names(f"{numbered}{wording.class_name(class_name)}1.00万元。")
    assert said.slots == {"类": class_name}


@given(forms, st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_whatever_date_is_printed_is_recognised(form, day):
    wording, recogniser = both(form)
    for option in ("封面日期", "落款日期"):
        text = pack(*form).options[option]
        if text:
            assert [found.day for found in recogniser.dates(f"{wording.date_text(day, text)}")] == [day]


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


class Record:
    """Every call of a function of templates, with what it was given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
        self.calls: dict[str, list[tuple[Any, ...]]] = {name: [] for name in names}
        for name in names:
            monkeypatch.setattr(Wording, name, self._kept(name, getattr(Wording, name)))

    def _kept(self, name: str, function: Any) -> Any:
        @wraps(function)
        def called(wording: Wording, *arguments: Any) -> Any:
            printed = function(wording, *arguments)
            if printed:
                self.calls[name].append(arguments)
            return printed

        return called


def is_recognised(printed: Counter[Any], found: Counter[Any], clerks: str) -> None:
    """All that was printed is found, as often; what is found beside it clerks have written in the same words."""
    assert printed - found == Counter()
    assert [extra for extra in found - printed if not any(str(part) in clerks for part in extra if part)] == []


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda file: file.stem)
@pytest.mark.parametrize("name", ["", "waisheng", "changji"])
def test_every_sentence_of_every_example_is_recognised_with_its_figures(name, example, monkeypatch):
    record = Record(monkeypatch, "change", "portion", "difference", "item_name", "class_name")
    model = read(example).model
    used = open_pack(name or model.pack or "base", model.kind, model.year)
    document = html.fromstring(render_disclosure(model, used).html)
    recogniser = Recogniser(used.options)
    paragraphs = [p.text_content() for p in document.iter("p")]
    clerks = example.read_text(encoding="utf-8")

    def found(find: Any, *facts: Any) -> Counter[Any]:
        return Counter(tuple(fact(said) for fact in facts) for text in paragraphs for said in find(text))

    changes = Counter(change_of(used, *call) for call in record.calls["change"])
    assert changes.total() > 3
    is_recognised(changes, found(recogniser.changes, BASE, GAP, RATE), clerks)

    shares = Counter(((of[0] if of else ""), number(percent_of(*two))) for *two, of in split(record.calls["portion"]))
    assert shares.total() > 0
    is_recognised(shares, found(recogniser.portions, WHOLE, RATE), clerks)

    rates = Counter((number(variance(*call[:2])),) for call in record.calls["difference"])
    assert (rates.total() > 3) == (model.kind == "决算")
    is_recognised(rates, found(recogniser.variances, RATE), clerks)

    items = Counter((item.class_name, item.group_name, item.name) for [item] in record.calls["item_name"])
    assert items.total() > 0
    is_recognised(items, found(recogniser.items, *(slot(name) for name in "类款项")), clerks)

    classes = Counter(record.calls["class_name"])
    assert classes.total() > 0
    is_recognised(classes, found(recogniser.class_names, slot("类")), clerks)


BASE, GAP, RATE, WHOLE = (attrgetter(name) for name in ("base", "difference", "rate", "whole"))


def slot(name: str) -> Any:
    return lambda said: said.slots[name]


def split(calls: list[tuple[Any, ...]]) -> list[tuple[Any, Any, tuple[Any, ...]]]:
    return [(call[0], call[1], call[2:]) for call in calls]


def change_of(used: AssembledPack, current: Decimal, prior: Decimal, base: str = "") -> tuple[Any, ...]:
    """What the sentence about a change says of it: its base, the difference and the rate, each where it is said."""
    sentences = used.options["增减句式"]
    sentence = sentences[change_case(current, prior)] or sentences["没有变化"]
    said_base = base if any(f"{{{word}}}" in sentence for word in ("比", "与", "较", "基数")) else ""
    gap = round_half_up(abs(current - prior)) if "{差额}" in sentence else None
    return said_base, gap, round_half_up(growth_percent(current, prior)) if "{幅度}" in sentence else None


OPTIONS = ("增减句式", "占比句式", "差异率句式", "完成率句式", "科目全称", "类名称", "封面日期", "落款日期")


def test_every_word_that_a_sentence_may_have_is_one_that_is_recognised():
    definitions = pack("base", "决算", 2024).definitions
    assert {word for option in OPTIONS for word in definitions[option].words} == _SLOTS.keys()


@pytest.mark.parametrize(
    "bare", ["", "{差额}", "{类}{款}", "增", "{基数}{整体}增加{差额}万元", "{比}" * 9 + "增加{差额}万元"]
)
def test_a_sentence_that_cannot_be_told_from_other_text_is_not_looked_for(bare, tmp_path):
    options = {**pack("base", "预算", 2024).options, "科目全称": bare}
    assert Recogniser(options).items("比上年增加5.00万元，甲（类）乙（款）丙（项）") == []


def test_spaces_beside_figures_do_not_matter():
    _, recogniser = both(("base", "预算", 2024))
    [said] = recogniser.changes("比上年预算增加 59.30 万元，增长 12.19 %")
    assert (said.difference, said.rate) == (Decimal("59.30"), Decimal("12.19"))


def test_the_words_next_to_a_figure_belong_to_it():
    _, recogniser = both(("base", "预算", 2024))
    [said] = recogniser.changes("对比情况比上年预算增加59.30万元，增长12.19%")
    assert said.base == "上年预算"
    [said] = recogniser.portions("占用资金占本年支出合计的5.00%")
    assert said.whole == "本年支出合计的"


def test_a_slot_that_is_written_twice_must_say_the_same_twice():
    twice = [Words("基数", "比"), Literal("增加，较"), Words("基数"), Literal("增长")]
    assert [match.slots for match in matches(twice, "比上年增加，较上年增长")] == [{"基数": "上年"}]
    assert matches(twice, "比上年增加，较前年增长") == []


HOSTILE = ("比", "占", "比增加", "增加1", "1", "（类）", "比较与", "增加1.00万元，", "年", "一")


@pytest.mark.parametrize("part", HOSTILE)
def test_no_text_takes_more_than_its_length_of_time(part):
    _, recogniser = both(("base", "决算", 2024))
    text = part * (30_000 // len(part))
    with ends_within(20):
        said = [*recogniser.changes(text), *recogniser.portions(text), *recogniser.variances(text)]
        said += [*recogniser.class_names(text), *recogniser.dates(text)]
    assert len(said) <= text.count(part)  # no sentence is found more often than it is said
    assert all(0 <= one.start < one.end <= len(text) for one in said)


@pytest.mark.parametrize(
    "sentence",
    ["{比}啊{与}啊{较}啊{基数}啊{差额}哦", "{类}啊{款}啊{项}啊{类}啊哦", "啊" * 5000 + "{差额}", "{差额}啊" * 30],
)
def test_no_sentence_of_a_pack_makes_it_search_for_ever(sentence, tmp_path):
    manifest = f"名称: 样\n上级: base\n选项:\n  增减句式: {{增加: '{sentence}'}}\n"
    write_pack(tmp_path, "own", {"pack.yaml": manifest if "类" not in sentence else "名称: 样\n上级: base\n"})
    options = open_pack("own", "预算", 2024, [tmp_path]).options
    recogniser = Recogniser({**options, "科目全称": sentence} if "类" in sentence else options)
    with ends_within(20):
        found = [*recogniser.changes("啊" * 20_000), *recogniser.items("啊" * 20_000)]
        found += recogniser.changes("比啊与啊较啊" * 3000)
    assert found == []


def test_a_slot_has_no_more_words_than_a_name_has():
    sentence = [Words("基数", "比"), Literal("增加"), Pattern("差额", _SLOTS["差额"].form)]
    assert can_be_found(sentence)
    assert len(matches(sentence, f"比{'甲' * MOST_WORDS}增加1.00")) == 1
    assert matches(sentence, f"比{'甲' * (MOST_WORDS + 1)}增加1.00") == []
    assert max(len(name) for name in NAMES) < MOST_WORDS
