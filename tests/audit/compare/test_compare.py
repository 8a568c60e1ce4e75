"""What changed between two documents: each change once, with both figures and their difference; nothing else."""

from __future__ import annotations

import json
import re
import time
from decimal import Decimal

import pytest

from gongkai.audit.compare.compare import compare
from gongkai.reports.compare import KEYS, json_comparison, told
from support.finished import composed_of, finished, word_of
from support.fixtures import ROOT, gongkai
from support.word import p, packed, read_word, tbl, tr, word

EXAMPLE = "shili-ju-2024-budget"


def edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    """A Word file after somebody has changed its text."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts["word/document.xml"].decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return packed({**parts, "word/document.xml": text})


def changed(tmp_path, *changes: tuple[str, str]):
    return compare(composed_of(EXAMPLE), read_word(edited(word_of(EXAMPLE), *changes), tmp_path))


def test_a_figure_that_was_changed_in_word_is_told_with_row_column_and_difference(tmp_path):
    found = changed(tmp_path, ("<w:t>412.36</w:t>", "<w:t>421.36</w:t>"))

    [fact] = found.facts
    assert (fact.before, fact.after, fact.difference) == (Decimal("412.36"), Decimal("421.36"), Decimal(9))
    assert (fact.row, fact.column) == ("2070101 行政运行", "财政拨款(补助)小计")
    assert fact.place_after.paragraph
    assert (found.tables, found.sentences) == ([], [])


def test_a_sentence_with_another_figure_and_one_with_other_words(tmp_path):
    found = changed(
        tmp_path, ("收支总预算1,254.59万元", "收支总预算1,254.95万元"), ("落实过紧日子的要求", "落实中央过紧日子的要求")
    )

    one, other = found.sentences
    assert (one.figures, list(one.pieces)) == (True, [("1,254.59", "1,254.95")])
    assert (other.figures, list(other.pieces)) == (False, [("", "中央")])
    assert found.facts == []


def test_a_paragraph_that_is_gone_and_one_that_is_new(tmp_path):
    body = p("甲单位收入预算100.00万元。") + p("其他资产价值216.35万元。") + p("三、名词解释")
    after = p("甲单位收入预算100.00万元。") + p("三、名词解释") + p("基本支出是指人员经费和公用经费。")
    found = compare(read_word(word(body), tmp_path, "前.docx"), read_word(word(after), tmp_path, "后.docx"))

    assert [(each.before, each.after) for each in found.sentences] == [
        ("其他资产价值216.35万元。", ""),
        ("", "基本支出是指人员经费和公用经费。"),
    ]


def test_a_form_and_a_table_that_nobody_knows_are_compared_row_by_row(tmp_path):
    head = p("专项资金绩效表")
    rows = tr("指标", "目标值", "得分"), tr("数量", "≥5批次", "10.00分"), tr("质量", "合格", "20")
    before = read_word(word(head + tbl(*rows)), tmp_path, "前.docx")
    same = tbl(rows[0], tr("数量", ">=5批次", "10"), tr("质量", "合格", "20.00"))
    assert compare(before, read_word(word(head + same), tmp_path, "后.docx")).same
    other = tbl(rows[0], tr("数量", ">=6批次", "10"), tr("时效", "及时", "5"), rows[2])
    found = compare(before, read_word(word(head + other), tmp_path, "后.docx"))

    assert [(each.row, each.before, each.after) for each in found.facts] == [
        ("数量", "≥5批次", ">=6批次"), ("时效", None, "时效　及时　5"),
    ]  # fmt: skip


def test_a_table_that_only_one_has(tmp_path):
    found = compare(composed_of("minimal-budget"), composed_of(EXAMPLE))

    assert any(change.added for change in found.tables)
    assert [finding.code for finding in found.findings] == ["GK896"]


def test_two_years_are_compared_as_seen_from_each(tmp_path):
    """Nothing but the year differs: 2023年 in one is what 2024年 is in the other."""
    source = (ROOT / "examples" / "minimal-budget.yaml").read_text(encoding="utf-8")
    later = re.sub("202[34]", lambda year: str(int(year[0]) + 1), source)
    file = tmp_path / "次年.yaml"
    file.write_text(later, encoding="utf-8")
    run = gongkai("diff", ROOT / "examples" / "minimal-budget.yaml", file, cwd=tmp_path)

    assert (run.returncode, run.stderr) == (0, "")
    assert "没有不同" in run.stdout
    assert "2024 年" in run.stdout
    assert "2025 年" in run.stdout


def test_budget_and_final_account_share_what_both_have():
    found = compare(composed_of(EXAMPLE), composed_of("shili-ju-2024-final"))

    by_cell = {(each.table, each.row, each.column): (each.before, each.after) for each in found.facts}
    assert by_cell["《一般公共预算支出情况表》与《一般公共预算财政拨款支出决算表》", "2070101 行政运行", "合计"][
        0
    ] == Decimal("412.36")
    assert all(isinstance(each.before, Decimal) or isinstance(each.after, Decimal) for each in found.facts)
    assert (found.sentences, found.tables) == ([], [])
    assert "GK897" in {finding.code for finding in found.findings}


def test_amounts_in_yuan_differ_only_by_more_than_was_rounded(tmp_path):
    def body(unit: str, *amounts: str) -> str:
        rows = tr("科目编码", "科目名称", "合计", "基本支出", "项目支出"), tr("2011301", "行政运行", *amounts)
        return p("一般公共预算支出情况表") + p(f"编制单位：某局\t单位：{unit}") + tbl(*rows, widths=(1000,) * 5)

    exact = read_word(word(body("元", "1234567.00", "1234567.00", "0.00")), tmp_path, "元.docx")
    rounded = read_word(word(body("万元", "123.46", "123.46", "0.00")), tmp_path, "万元.docx")
    wrong = read_word(word(body("万元", "123.48", "123.46", "")), tmp_path, "错.docx")

    assert compare(exact, rounded).facts == []
    assert [(each.column, each.difference) for each in compare(exact, wrong).facts] == [("合计", Decimal("0.0233"))]
    assert [each.difference for each in compare(rounded, wrong).facts] == [Decimal("0.02")]


def test_the_report_for_the_screen(tmp_path):
    found = changed(tmp_path, ("<w:t>412.36</w:t>", "<w:t>421.36</w:t>"), ("收支总预算1,254.59", "收支总预算1,254.95"))
    lines = "\n".join(told(found))

    assert "2070101 行政运行 “财政拨款(补助)小计”：412.36 → 421.36（+9.00，+2.18%）" in lines
    assert "1,254.59 → 1,254.95" in lines
    assert "不同的格 1 处" in lines


def test_the_report_for_other_programs(tmp_path):
    found = changed(tmp_path, ("<w:t>412.36</w:t>", "<w:t>421.36</w:t>"), ("收支总预算1,254.59", "收支总预算1,254.95"))
    data = json.loads(json_comparison(found))

    assert data["facts"][0]["difference"] == "9.00"
    assert data["facts"][0]["place_after"]["paragraph"]
    assert data["sentences"][0]["figures_only"] is True
    assert data["before"] == {
        "file": f"{EXAMPLE}.yaml", "form": "data", "unit": "示例县示例局", "kind": "预算", "year": 2024,
    }  # fmt: skip
    named = {name for key in KEYS for name in re.findall("[a-z_]+", key)}
    assert {key for part in ("facts", "sentences") for key in data[part][0]} | set(data) <= named


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_compares_a_document_with_its_data(form, tmp_path):
    file = finished("minimal-budget", "docx", tmp_path)
    source = ROOT / "examples" / "minimal-budget.yaml"
    same = gongkai("diff", source, file, "--format", form, cwd=tmp_path)
    assert same.returncode == 0, same.stderr
    file.write_bytes(edited(file.read_bytes(), ("单位：万元", "单位：万元　")))
    assert gongkai("diff", source, file, cwd=tmp_path).returncode == 0
    other = gongkai("diff", source, tmp_path / "无.docx", cwd=tmp_path)
    assert (other.returncode, "GK101" in other.stderr) == (1, True)


def test_data_that_cannot_be_composed_are_said(tmp_path):
    file = tmp_path / "坏.yaml"
    file.write_text("文种: 预算\n", encoding="utf-8")
    run = gongkai("diff", file, file, cwd=tmp_path)
    assert run.returncode == 1
    assert "GK202" in run.stderr


def test_the_secret_project_of_the_data_is_not_told():
    """Its data are composed as they are published."""
    lines = (ROOT / "examples" / f"{EXAMPLE}.yaml").read_text(encoding="utf-8").splitlines()
    names = [line.partition("名称:")[2].partition("#")[0].strip() for line in lines]
    hidden = [names[at - 1] for at, line in enumerate(lines) if "涉密: 是" in line]
    said = json_comparison(compare(composed_of("minimal-budget"), composed_of(EXAMPLE)))
    assert hidden
    assert [name for name in hidden if name in said] == []


def test_documents_without_end_are_compared_within_seconds(tmp_path):
    """Sentences and rows that are all alike, and such as are all different."""
    like = "".join(p("同样的一句话。") for _ in range(4_000)) + tbl(*[tr("同", "样", "的")] * 2_500)
    other = "".join(p(f"第{n}句与别的都不同，共{n}万元。") for n in range(4_000))
    other += tbl(*[tr(f"行{n}", f"值{n * 7}", str(n)) for n in range(2_400)])
    started = time.monotonic()
    found = compare(read_word(word(like), tmp_path, "前.docx"), read_word(word(other), tmp_path, "后.docx"))
    assert len(found.sentences) >= 4_000
    assert time.monotonic() - started < 30
