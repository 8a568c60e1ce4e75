"""A secret is known however it is spelt and wherever it stands, and nothing that is said of it repeats it."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from gongkai.checks.confidential.secrecy import no_secret_is_told
from gongkai.checks.run import check
from gongkai.findings import Finding, Level
from gongkai.statements.figures import figures_of
from gongkai.texts.plain import INVISIBLE, bare, with_joined_numbers
from support.examples import budget_of, example_data
from support.fixtures import ROOT, Done, example_input, invoked, write_input
from support.strategies_final import account_of, file_data

Data = dict[str, Any]

FACTS = {
    "名称": "夜莺铁幕行动",
    "政策依据": "依照夜莺计划总体部署安排组织实施",
    "资金分配": "购置夜莺甲型侦测器材若干台套",
    "承担单位": "夜莺支队本部",
    "执行时间": "夜莺启动之日起",
    "总体目标": "夜莺覆盖全部重点目标区域昼夜值守",
    "三级": "夜莺出动架次统计口径汇总数",
    "指标值": "夜莺满负荷值",
    "依据": "夜莺作战方案",
    "佐证": "夜莺影像底片",
}
"""What a secret project says, each fact by itself."""


def between(sign: str) -> Callable[[str], str]:
    return lambda word: sign.join(word)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "blanks": between(" "),
    "full-width blanks": between("\u3000"),
    "no-break blanks": between("\u00a0"),
    "thin blanks": between("\u2009"),
    "a tab": lambda word: f"{word[:3]}\t{word[3:]}",
    "line breaks": lambda word: f"{word[:3]}\n{word[3:]}",
    "middle dots": between("·"),
    "bullets": between("•"),
    "katakana dots": between("・"),
    "full stops of Latin": between("."),
    "hyphens": between("-"),
    "dashes": between("—"),
    "minus signs": between("−"),
    "underlines": between("_"),
    "full-width underlines": between("＿"),
    "stars": between("*"),
    "slashes": between("/"),
    "bars": between("|"),
    "hashes": between("#"),
    "tildes": between("~"),
    "quotes": lambda word: f"{word[:2]}“{word[2:4]}”{word[4:]}",
    "straight quotes": lambda word: f'{word[:2]}"{word[2:4]}"{word[4:]}',
    "titles": lambda word: f"《{word[:2]}》{word[2:]}",
    "corner brackets": lambda word: f"「{word[:2]}」{word[2:]}",
    "ellipsis": lambda word: f"{word[:2]}…{word[2:]}",
    "compatible characters": lambda word: word.replace("行", "\ufa08").replace("立", "\u2f74").replace("支", "\u2f40"),
    "decomposed": lambda word: unicodedata.normalize("NFD", word),
    "commas": between("，"),
    "pauses": between("、"),
    "brackets around each letter": lambda word: "".join(f"（{letter}）" for letter in word),
    "squares": between("□"),
    "arrows": between("→"),
    "plus signs": between("+"),
    "combining marks": between("\u0332"),
    "keycaps": between("\u20e3"),
    "black brackets": lambda word: f"【{word[:2]}】{word[2:]}",
    "within a sentence": lambda word: f"据了解，{word}已经完成。",
    "in brackets": lambda word: f"（{word}）",
}


def planted(text: str) -> Data:
    """The example with one of its projects secret, and a reason that says the text."""
    data = example_data()
    project = data["项目"][0]
    indicator = {**project["绩效目标"]["指标"][0], **{key: FACTS[key] for key in ("三级", "指标值", "依据", "佐证")}}
    project |= {key: FACTS[key] for key in ("名称", "政策依据", "资金分配", "承担单位", "执行时间")} | {"涉密": "是"}
    project["绩效目标"] |= {"总体目标": FACTS["总体目标"], "指标": [indicator | {"权重": "90"}]}
    data["机关运行经费"]["原因"] = text
    return data


def leaks(data: Data) -> list[Finding]:
    return [finding for finding in check(budget_of(data)) if finding.code == "GK771"]


def test_example_with_a_secret_project_tells_nothing():
    """Or else the finds below would be worth nothing."""
    assert leaks(planted("人员减少")) == []


def unknown(fact: str, spellings: Iterable[str]) -> list[str]:
    return [name for name in spellings if not leaks(planted(SPELLINGS[name](FACTS[fact])))]


@pytest.mark.parametrize(("number", "fact"), list(enumerate(FACTS)))
def test_every_fact_of_a_secret_project_is_known_and_every_spelling(number, fact):
    """Some spellings of each fact, all of them together; all of each take longer."""
    assert len(FACTS) > 5
    assert unknown(fact, [*SPELLINGS][number % 5 :: 5]) == []


@pytest.mark.slow
@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_of_a_secret_project_is_known_in_all_spellings(fact):
    assert len(SPELLINGS) >= 30
    assert unknown(fact, SPELLINGS) == []


@pytest.mark.parametrize("fact", FACTS)
def test_no_finding_repeats_a_fact(fact):
    for finding in check(budget_of(planted(FACTS[fact]))):
        assert "夜莺" not in bare(" ".join((finding.message, finding.advice, finding.excerpt)))


PLACES: dict[str, Callable[[Data, str], None]] = {
    "a reason": lambda data, word: data["支出变动"]["基本支出"].update(原因=word),
    "a use": lambda data, word: data["支出用途"].update({"201": word}),
    "a duty": lambda data, word: data["概况"]["主要职能"].append(f"负责{word}工作。"),
    "an office": lambda data, word: data["概况"]["机构设置"].setdefault("内设机构", []).append(f"{word}科"),
    "another project's name": lambda data, word: data["项目"][1].update(名称=f"{word}配套"),
    "another project's use": lambda data, word: data["项目"][1].update(资金分配=f"用于{word}"),
    "another project's goal": lambda data, word: data["项目"][1]["绩效目标"].update(总体目标=f"保障{word}"),
    "an indicator": lambda data, word: data["项目"][1]["绩效目标"]["指标"][0].update(三级=word),
    "a proof": lambda data, word: data["项目"][1]["绩效目标"]["指标"][0].update(佐证=word),
    "the unit's goal": lambda data, word: data["整体绩效目标"].update(年度目标=f"完成{word}。"),
    "a subject's name": lambda data, word: data.setdefault("科目名称", {}).update({"2011301": word}),
    "another note": lambda data, word: data.update(其他说明=[word]),
    "三公经费": lambda data, word: data["三公经费"]["公务接待费"].update(原因=word),
}


@pytest.mark.parametrize("place", PLACES)
def test_secret_name_is_found_wherever_it_stands(place):
    data = planted("人员减少")
    PLACES[place](data, FACTS["名称"])

    assert [finding.level for finding in leaks(data)] == [Level.ERROR]


PARTS = {key: fact for key, fact in FACTS.items() if key != "名称"} | {"名称": "铁幕行动"}
"""What else may be said: each other fact as a whole, and a part of the name."""
OFFICES = {"an office"}
"""What the unit's offices are called is public; a secret project's whole name is not."""


@pytest.mark.parametrize("place", [place for place in PLACES if place not in OFFICES])
@pytest.mark.parametrize("fact", PARTS)
def test_fact_is_found_wherever_it_stands(fact, place):
    data = planted("人员减少")
    PLACES[place](data, PARTS[fact])

    assert len(leaks(data)) == 1


@pytest.mark.parametrize("place", ["a duty", "another project's name", "a subject's name"])
def test_word_that_is_said_openly_is_a_warning_and_may_be_allowed(place):
    data = planted("人员减少")
    PLACES[place](data, PARTS["名称"])

    [finding] = leaks(data)
    assert finding.level is Level.WARNING
    assert "也许碰巧相同" in finding.message
    assert leaks({**data, "校验": {"允许公开": [PARTS["名称"]]}}) == []


def test_word_of_several_duties_is_one_of_the_trade():
    data = planted("人员减少")
    data["概况"]["主要职能"] += ["组织铁幕行动。", "总结铁幕行动。"]

    assert leaks(data) == []


def test_short_word_of_a_name_that_a_duty_has_tells_nothing():
    data = planted("禁毒宣传增加")
    data["项目"][0]["名称"] = "禁毒专项经费"
    data["概况"]["主要职能"].append("负责禁毒工作。")

    assert leaks(data) == []


def test_short_words_of_two_clauses_are_none():
    data = planted("支出用于夜莺，铁幕更换")
    data["项目"][0]["名称"] = "鹃莺铁幕布专项"

    assert leaks(data) == []


FINAL_ACCOUNT = ROOT / "examples" / "bozhou-swj-2024-final.yaml"
FINAL_FACTS = {
    "名称": "夜莺铁幕行动",
    "主管部门": "夜莺联合指挥所",
    "实施单位": "夜莺支队本部",
    "预期目标": "夜莺覆盖全部重点目标区域昼夜值守",
    "完成情况": "夜莺已完成甲乙丙三处点位器材布设",
}
RESULT_FACTS = {
    "三级": "夜莺出动架次统计口径汇总数",
    "指标值": "夜莺满负荷值",
    "完成值": "夜莺超负荷值",
    "佐证": "夜莺影像底片",
    "偏差原因": "夜莺器材到货晚于原定启用日期",
}


@pytest.mark.parametrize("fact", [*FINAL_FACTS, *RESULT_FACTS])
def test_every_fact_of_a_secret_project_is_known_in_a_final_account(fact):
    missed = []
    for name in ("plain", "blanks", "middle dots", "quotes", "commas", "combining marks"):
        data = file_data(FINAL_ACCOUNT)
        evaluation = data["项目绩效自评"][0]
        evaluation |= {**FINAL_FACTS, "涉密": "是"}
        evaluation["指标"][0] |= RESULT_FACTS
        words = SPELLINGS[name]({**FINAL_FACTS, **RESULT_FACTS}[fact])
        data["绩效管理"]["问题"] = [words]
        found = [finding for finding in check(account_of(data)) if finding.code == "GK771"]
        if len(found) != 1 or "夜莺" in bare(found[0].message):
            missed.append(name)

    assert missed == []


# --- what the command says and writes ---


def said_and_written(run: Done, folder: Path) -> Iterator[str]:
    yield run.stdout
    yield run.stderr
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".yaml":
            yield path.name
            yield from contents(path.suffix, path.read_bytes())


def contents(suffix: str, data: bytes) -> Iterator[str]:
    if suffix == ".pdf":
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield from (page.extract_text() for page in reader.pages)
        yield from (file.decode("utf-8", "replace") for files in reader.attachments.values() for file in files)
        yield data.decode("latin-1")
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    else:
        yield data.decode("utf-8", "replace")


def in_file(folder: Path, text: str) -> Path:
    data = example_input()
    data |= {key: value for key, value in planted(text).items() if key in {"项目", "机关运行经费"}}
    waiver = {"代码": "GK427", "理由": f"与{FACTS['名称']}有关，已经核实"}
    return write_input(folder, {**data, "校验": {"豁免": [waiver]}})


def reported(folder: Path, data: Data, *, strict: bool = False) -> str:
    run = invoked("check", write_input(folder, data), *(["--strict"] if strict else []), cwd=folder)
    return run.stdout + run.stderr


def secret_data() -> Data:
    """What stands in a file: the example with its secret project, every scalar as text."""
    return example_input() | {"项目": planted("")["项目"]}


def test_reason_of_a_waiver_is_not_repeated(tmp_path):
    waiver = {"代码": "GK725", "理由": f"与{FACTS['名称']}一并批复"}
    told = reported(tmp_path, {**secret_data(), "校验": {"豁免": [waiver]}})

    assert "豁免 GK725" in told
    assert "夜莺" not in bare(told)


def test_name_of_a_subject_is_not_repeated(tmp_path):
    told = reported(tmp_path, {**secret_data(), "科目名称": {"2011301": FACTS["名称"]}})

    assert "GK303" in told
    assert "夜莺" not in bare(told)


def test_target_of_a_secret_project_is_not_repeated(tmp_path):
    data = secret_data()
    data["整体绩效目标"]["指标"][0] |= {"三级": FACTS["三级"], "指标值": ">=5场"}
    data["项目"][0]["绩效目标"]["指标"][0] |= {"指标值": ">=6场"}

    assert "夜莺" not in bare(reported(tmp_path, data))


def test_key_that_tells_is_not_shown_as_a_position(tmp_path):
    told = reported(tmp_path, {**secret_data(), "补充说明": {FACTS["名称"]: "没有用到"}})

    assert "夜莺" not in bare(told)


def test_secret_of_a_named_file_is_not_repeated(tmp_path):
    write_input(tmp_path, secret_data() | {"年度": "2023", "公开日期": "2023-02-25"}, "上年.yaml")
    waiver = {"代码": "GK725", "理由": f"与{FACTS['名称']}一并批复"}
    data = example_input() | {"上年文件": "上年.yaml", "校验": {"豁免": [waiver]}}

    assert "夜莺" not in bare(reported(tmp_path, data))


def at(*path: str | int) -> Callable[[Data, Any], None]:
    """Puts a text where something else is due."""

    def change(data: Data, word: Any) -> None:
        here: Any = data
        for step in path[:-1]:
            here = here[step] if isinstance(step, int) else here.setdefault(step, {})
        here[path[-1]] = word

    return change


def key_at(*path: str | int) -> Callable[[Data, str], None]:
    """Puts a text where a name is due."""
    return lambda data, word: at(*path, word)(data, "1")


SLIPS: dict[str, Callable[[Data, str], object]] = {
    "a name of the file": lambda data, word: data.update({word: "1"}),
    "a name of the unit": key_at("单位"),
    "a name of an office": key_at("概况", "机构设置"),
    "a name of a subject": key_at("科目名称"),
    "a name of a use": key_at("支出用途"),
    "a name of an item": key_at("基本支出经济分类"),
    "a name of a rule": key_at("校验", "级别"),
    "a level": at("校验", "级别", "GK426"),
    "a reason of a level": lambda data, word: at("校验", "级别", "GK401")(data, {"级别": "警告", "理由": word}),
    "a code of a waiver": lambda data, word: at("校验", "豁免")(data, [{"代码": word, "理由": word}]),
    "a waiver of output": lambda data, word: at("校验", "豁免")(data, [{"代码": "GK611", "位置": word, "理由": word}]),
    "a year": at("年度"),
    "a kind": at("文种"),
    "a day": at("公开日期"),
    "a pack": at("模板"),
    "a file": at("上年文件"),
    "a mark of another project": at("项目", 1, "涉密"),
    "an amount": at("项目", 1, "资金", 0, "金额"),
    "a code": at("支出", 0, "科目"),
    "a section": at("收入"),
    "the name of two projects": lambda data, word: (
        at("项目", 1, "名称")(data, word),
        at("项目", 2, "名称")(data, word),
    )[0],
}


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("fact", ["名称", "政策依据", "承担单位"])
def test_no_message_quotes_a_secret_that_was_written_at_another_place(slip, fact, tmp_path):
    data = secret_data()
    SLIPS[slip](data, FACTS[fact])
    told = reported(tmp_path, data)

    assert "GK" in told
    assert "夜莺" not in bare(told)


@pytest.mark.parametrize("form", ["json", "sarif", "html", "xlsx"])
def test_no_report_quotes_it_either(form, tmp_path):
    data = secret_data()
    for slip in ("a name of the file", "an amount", "a day", "a code"):
        SLIPS[slip](data, FACTS["名称"])
    run = invoked("check", write_input(tmp_path, data), "--format", form, "-o", tmp_path / f"报告.{form}", cwd=tmp_path)

    assert run.returncode == 1
    for text in said_and_written(run, tmp_path):
        assert "夜莺" not in bare(text)


SYNTAX = [
    "{0}", "  {0}: [", "{0}：x", "- {0}", '"{0}: x', "&{0} x: y", "x: !{0} y", "x: {{a: {0}", "  {0}: x\n   y: z",
    "x: a # {0}", "@{0}: x", "%{0}", "x: [a, {0}] b", "年度: {0} # x", "x: >{0}", "单位: {0}: y",
    "单位: {{名称: a,{0}}}", "{0} : x\n{0} : y", "x: *{0}", "? {0}", "x: '{0}' {0}",
]  # fmt: skip


@pytest.mark.parametrize("line", SYNTAX)
def test_no_mistake_of_writing_quotes_a_secret(line, tmp_path):
    file = write_input(tmp_path, secret_data())
    text = file.read_text(encoding="utf-8")
    line = line.format(FACTS["名称"])
    for mistaken in (f"{line}\n{text}", f"{text}\n{line}\n"):
        file.write_text(mistaken, encoding="utf-8")
        run = invoked("check", file, cwd=tmp_path)

        assert run.returncode == 1
        assert "夜莺" not in bare(run.stdout + run.stderr)


def test_other_projects_are_named_in_messages_beside_a_secret_one(tmp_path):
    data = secret_data()
    data["项目"][0]["名称"] = "示例专项工作经费"
    data["项目"][1]["名称"] = "宣传专项工作经费"
    del data["项目"][1]["绩效目标"]

    assert "项目“宣传专项工作经费”没有绩效目标" in reported(tmp_path, data)


@pytest.mark.parametrize("number", ["13800138000", "１３８００１３８０００", "138 0013 8000"])
def test_line_with_a_number_of_a_person_is_not_shown_where_reading_stopped(number, tmp_path):
    told = reported(tmp_path, {**example_input(), "补充": f"联系{number}"})

    assert "GK201" in told
    assert "原文" not in told


@pytest.mark.parametrize("spelling", ["plain", "blanks", "middle dots", "compatible characters"])
@pytest.mark.parametrize("form", ["text", "json", "sarif", "html", "xlsx"])
def test_no_report_tells_a_secret(form, spelling, tmp_path):
    file = in_file(tmp_path, SPELLINGS[spelling](FACTS["名称"]))
    run = invoked("check", file, "--format", form, "-o", tmp_path / f"报告.{form}", cwd=tmp_path)

    assert run.returncode == 1
    for text in said_and_written(run, tmp_path):
        assert "夜莺" not in bare(text)


def test_no_document_tells_a_secret(tmp_path):
    file = in_file(tmp_path, "人员减少")
    run = invoked("render", file, "--format", "pdf,docx,html,xlsx,data", "-o", tmp_path / "out", cwd=tmp_path)

    assert run.returncode == 0, run.stderr
    assert len(list((tmp_path / "out").iterdir())) == 5
    for text in said_and_written(run, tmp_path):
        assert "夜莺" not in bare(text)


def test_nothing_is_written_while_a_text_tells_a_secret(tmp_path):
    run = invoked("render", in_file(tmp_path, FACTS["名称"]), "-o", tmp_path / "out", cwd=tmp_path)

    assert run.returncode == 1
    assert not list((tmp_path / "out").glob("*"))


def test_batch_tells_no_secret(tmp_path):
    in_file(tmp_path, SPELLINGS["hyphens"](FACTS["名称"]))
    run = invoked("batch", tmp_path, "-o", tmp_path / "out", "--workers", "1", "--format", "html", cwd=tmp_path)

    assert run.returncode == 1
    for text in said_and_written(run, tmp_path):
        assert "夜莺" not in bare(text)


# --- time ---


def work(data: Data) -> int:
    """How many calls it takes to look for secrets, those of the library among them."""
    figures, calls = figures_of(budget_of(data)), 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        list(no_secret_is_told.findings(figures))
    finally:
        sys.setprofile(None)
    return calls


def many(secrets: int, texts: int) -> Data:
    """So many secret projects, and so many clauses in a text."""
    data = planted("，".join(f"{number}号设备更新" for number in range(texts)))
    secret = data["项目"][0]
    for number in range(secrets):
        basis = f"依照第{number}号夜莺计划总体部署安排组织实施"
        data["项目"].append({**secret, "名称": f"夜莺铁幕行动之{number}", "政策依据": basis})
    return data


def test_time_grows_with_the_secrets_and_with_the_texts_and_not_with_both():
    work(many(1, 1))  # what is looked up once
    start, secrets, texts, both = (work(many(*size)) for size in ((40, 4000), (80, 4000), (40, 8000), (80, 8000)))

    assert both < 2.2 * start
    assert (both - start) < 1.2 * (secrets - start + texts - start)


# --- persons ---


def wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@pytest.mark.parametrize(
    ("code", "spelt"),
    [
        ("GK751", "13800138000"),
        ("GK751", wide("13800138000")),
        ("GK751", "138 0013 8000"),
        ("GK751", "138-0013-8000"),
        ("GK751", "138–0013–8000"),
        ("GK751", "1 3 8 0 0 1 3 8 0 0 0"),
        ("GK751", "1.3.8.0.0.1.3.8.0.0.0"),
        ("GK751", "+86 138 0013 8000"),
        ("GK751", "0086 13800138000"),
        ("GK751", "138--0013--8000"),
        ("GK751", "138 - 0013 - 8000"),
        ("GK751", "138.0013.8000"),
        ("GK751", "138·0013·8000"),
        ("GK751", "138/0013/8000"),
        ("GK751", "138_0013_8000"),
        ("GK751", "138\n0013\n8000"),
        ("GK751", "(138)00138000"),
        ("GK751", "（138）0013-8000"),
        ("GK751", "138 00138000"),
        ("GK751", "13800 138000"),
        ("GK751", "1380013 8000"),
        ("GK751", "1380 0138 000"),
        ("GK751", "一三八零零一三八零零零"),
        ("GK751", "壹叁捌〇〇壹叁捌〇〇〇"),
        ("GK751", "①③⑧⓪⓪①③⑧⓪⓪⓪"),
        ("GK751", "١٣٨٠٠١٣٨٠٠٠"),
        ("GK751", "1\u20e33\u20e38\u20e30\u20e30\u20e31\u20e33\u20e38\u20e30\u20e30\u20e30\u20e3"),
        ("GK752", "0991 - 2345678"),
        ("GK752", "0991·2345678"),
        ("GK752", "电话2345 6789"),
        ("GK753", "110101/19900307/109X"),
        ("GK753", "110101 1990 0307 109Х"),
        ("GK753", "一一零一零一一九九零零三零七一零九X"),
        ("GK754", "账号：一二三四五六七八九零一二"),
        ("GK755", "zhangsan @ example.com"),
        ("GK755", "zhangsan（at）example.com"),
        ("GK755", "zhangsan[at]example[dot]com"),
        ("GK755", "zhangsan@163。com"),
        ("GK753", "11010119900307109X"),
        ("GK753", wide("11010119900307109X")),
        ("GK753", "110101 19900307 109X"),
        ("GK753", "1 1 0 1 0 1 1 9 9 0 0 3 0 7 1 0 9 X"),
        ("GK753", "110101-19900307-109x"),
        ("GK755", "zhangsan@example.com"),
        ("GK755", "zhangsan＠example.com"),
        ("GK755", wide("zhangsan@example.com")),
        ("GK754", "6222 0212 3456 7890 128"),
        ("GK754", wide("6222021234567890128")),
    ],
)
def test_number_of_a_person_is_known_however_it_is_spelt(code, spelt):
    data = example_data()
    data["机关运行经费"]["原因"] = f"联系{spelt}办理"
    found = [finding for finding in check(budget_of(data)) if finding.code == code]

    assert len(found) == 1
    digits = re.sub(r"\D", "", with_joined_numbers(spelt))
    assert not digits or digits not in with_joined_numbers(found[0].message)


@pytest.mark.parametrize(
    "text",
    [
        "1500 2000 300 元",
        "1500 2000 300台",
        "150 2000 3000 人",
        "热线2020-2024年",
        "二〇二四年一月",
        "2023 2024 2025 年",
        "1380 万元、1390 万元",
        "12-34-56 号文",
    ],
)
def test_figures_in_a_row_are_no_number_of_a_person(text):
    data = example_data()
    data["机关运行经费"]["原因"] = text

    assert not {finding.code for finding in check(budget_of(data))} & {"GK751", "GK753", "GK754", "GK755"}


# --- characters that nobody sees ---

UNSEEN = [
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202E,
    0x2060, 0x2061, 0x2063, 0x2064, 0x2066, 0x206F, 0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFDD0,
    0xFFFE, 0xFFFF, 0x1FFFE, 0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xE01EF, 0x10FFFF,
]  # fmt: skip


@pytest.mark.parametrize("code", UNSEEN, ids=lambda code: f"U+{code:04X}")
def test_unseen_character_is_refused_where_it_stands(code, tmp_path):
    assert INVISIBLE.fullmatch(chr(code))
    text = write_input(tmp_path, example_input()).read_text(encoding="utf-8")
    file = tmp_path / "单位.yaml"
    file.write_text(text.replace("商务局", f"商{chr(code)}务局", 1), encoding="utf-8")

    run = invoked("check", file, cwd=tmp_path)

    assert run.returncode == 1
    assert f"U+{code:04X}" in run.stderr


@pytest.mark.parametrize("escape", ["\\u00ad", "\\u200d", "\\u3164", "\\uFE0F", "\\U000E0041"])
def test_escape_brings_no_unseen_character_in(escape, tmp_path):
    file = write_input(tmp_path, example_input())
    text = file.read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if "名称:" in line)
    file.write_text(text.replace(name, name.partition(":")[0] + f': "商{escape}务局"', 1), encoding="utf-8")

    run = invoked("check", file, cwd=tmp_path)

    assert run.returncode == 1
    assert re.search("GK106|GK210", run.stderr)


def test_name_of_unseen_characters_is_no_name(tmp_path):
    data = example_input()
    data["单位"]["名称"] = "\u3164\u2800\u200d"

    assert invoked("check", write_input(tmp_path, data), cwd=tmp_path).returncode == 1
