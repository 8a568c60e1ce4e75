"""涉密: nothing of a secret project but its amount is in any output, nor in what the command says.

预算法第十四条 exempts state secrets from publication; a word that slips out cannot be taken back.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from gongkai.findings import FindingsError
from gongkai.intake.read import read
from support.fixtures import EXAMPLE, gongkai, invoked, write_input
from support.secrets import MISHAPS, SECRETS, budget, everything, final_account, found_in, with_secret

pytestmark = pytest.mark.xdist_group("secrecy")  # its published files are made once
FORMATS = ("pdf", "docx", "html", "xlsx", "data")


@pytest.fixture(scope="module", params=["budget", "final account"])
def published(request, tmp_path_factory) -> tuple[Path, list[Path], str]:
    """The input, its outputs, and everything that the command said."""
    folder = tmp_path_factory.mktemp("secret")
    data = budget() if request.param == "budget" else final_account()
    source = write_input(folder, data, f"{request.param}.yaml")
    run = gongkai("render", source, "--format", ",".join(FORMATS), "-o", folder / "out", cwd=folder)
    assert run.returncode == 0, run.stderr
    endings = ("-数据.zip" if name == "data" else f".{name}" for name in FORMATS)
    return source, [folder / "out" / f"{source.stem}{ending}" for ending in endings], run.stdout + run.stderr


def test_words_are_in_the_input(published):
    """The tests below would be worth nothing if they were not."""
    source, _, _ = published

    assert len(found_in("input", source.read_bytes())) >= 9


def test_no_secret_word_is_in_any_output(published):
    _, paths, _ = published

    assert [path.suffix for path in paths] == [".pdf", ".docx", ".html", ".xlsx", ".zip"]
    assert [hit for path in paths for name, data in everything(path) for hit in found_in(name, data)] == []


SEARCHED = (
    "{}.pdf page ",
    "{}.pdf properties",
    "{}.pdf attachment 数据.json",
    "{}.pdf attachment datapackage.json",
    "{}.pdf object ",
    "{}.pdf stream ",
    "{}.docx!word/document.xml",
    "{}.docx!docProps/core.xml",
    "{}.html",
    "{}.xlsx!xl/sharedStrings.xml",
    "{}.xlsx!docProps/core.xml",
    "{}-数据.zip!数据.json",
    "{}-数据.zip!datapackage.json",
)
"""Where the unit's name is printed, told or attached: what it is found in, a secret word would be found in."""


def test_the_search_sees_pages_attachments_workbook_data_and_metadata(published):
    source, paths, _ = published
    unit = read(source).model.unit.name
    hits = [name for path in paths for name, data in everything(path) if found_in(name, data, [unit])]

    for where in SEARCHED:
        assert any(hit.startswith(where.format(source.stem)) for hit in hits), where
    tables = {name for path in paths for name, _ in everything(path) if name.endswith(".csv")}
    assert len([name for name in tables if " attachment " in name]) == len([n for n in tables if "!" in n]) > 5


def test_command_says_no_secret_word(published):
    _, _, said = published

    assert found_in("said", said.encode()) == []


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    """The budget's web page without markup and blanks."""
    folder = tmp_path_factory.mktemp("page")
    run = invoked("render", write_input(folder, budget()), "--format", "html", "-o", folder, cwd=folder)
    assert run.returncode == 0, run.stderr
    root = html.document_fromstring((folder / "单位预算.html").read_bytes())
    return "".join(root.body.text_content().split())


def test_secret_amount_is_in_the_totals(page):
    # 1,046.82 published, 7.77 and 3.33 secret; 545.70 of 财政拨款 and 7.77.
    assert "收支总预算1,057.92万元" in page
    assert "一般公共预算拨款合计553.47万元" in page
    assert "预算安排规模：7.77万元" in page


def test_the_packs_words_stand_in_its_place(page):
    assert "项目名称：特定目标" in page
    for label in ("设立的政策依据", "项目承担单位", "资金分配情况", "资金执行时间"):
        assert f"{label}：完全不予公开" in page
    # The row of 表 7: its 科目, the word of the pack, its amount.
    assert "其他国防支出特定目标7.77" in page


def test_secret_projects_have_no_target_table(page):
    assert page.count("项目支出绩效目标表（2024年）") == 3


def test_secret_reason_is_refused(page):
    # Nothing is known of a 科目 that pays for a secret project only.
    assert "其他国防支出（项）：2024年预算数为7.77万元，比上年预算增加7.77万元" in page
    assert "主要原因是：完全不予公开" in page


def test_project_that_is_not_secret_is_published(tmp_path):
    """涉密: 否 hides nothing: the words are found where they are."""
    data = budget()
    for project in data["项目"][-2:]:
        project["涉密"] = "否"
    run = invoked("render", write_input(tmp_path, data), "--format", "html", "-o", tmp_path, cwd=tmp_path)

    assert run.returncode == 0, run.stderr
    text = (tmp_path / "单位预算.html").read_text(encoding="utf-8")
    assert [word for word in SECRETS.values() if word not in text] == []


# --- what goes wrong with a secret project is told without telling what it is ---


@pytest.mark.parametrize("name", MISHAPS)
def test_findings_about_a_secret_project_do_not_tell_it(name, tmp_path):
    run = invoked("check", write_input(tmp_path, with_secret(MISHAPS[name])), cwd=tmp_path)

    assert run.returncode in (0, 1), run.stderr
    assert "GK" in run.stderr
    assert found_in("said", (run.stdout + run.stderr).encode()) == []


@pytest.mark.parametrize("mark", ["涉秘: 是", "涉密: 保密", "涉密:", "涉密: ~", "涉密: [是]"])
def test_however_it_is_marked_nothing_is_published_and_no_finding_tells_it(mark, tmp_path):
    source = write_input(tmp_path, with_secret(MISHAPS["value of the wrong shape"]))
    text = source.read_text(encoding="utf-8")
    assert "涉密: 是" in text
    source.write_text(text.replace("涉密: 是", mark), encoding="utf-8")

    run = invoked("render", source, "--format", "html", "-o", tmp_path / "out", cwd=tmp_path)

    assert run.returncode == 1
    assert not (tmp_path / "out").exists()
    assert found_in("said", (run.stdout + run.stderr).encode()) == []


TORN = {
    "full-width colon": f"- {{名称：{SECRETS['名称']}, 涉密: 是}}",
    "full-width colon at the mark, too": f"- {{名称：{SECRETS['名称']}, 涉密：是}}",
    "half-width comma": f"- {{涉密: 是, 名称: 采购,{SECRETS['名称']}, 执行时间: 2024年}}",
    "name written twice": f"- {{名称: {SECRETS['名称']}, 名称: {SECRETS['名称']}, 涉密: 是}}",
    "unreadable further on": f"- {{名称：{SECRETS['名称']}, 涉密: 是}}\n- [",
}


@pytest.mark.parametrize("mishap", TORN)
def test_a_slip_in_the_braces_of_a_secret_project_does_not_tell_it(mishap, tmp_path):
    source = write_input(tmp_path, budget())
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("\n项目:\n", f"\n项目:\n{TORN[mishap]}\n"), encoding="utf-8")

    run = invoked("check", source, "--format", "json", cwd=tmp_path)

    assert run.returncode == 1
    assert re.search("GK11[79]", run.stdout)
    assert found_in("said", (run.stdout + run.stderr).encode()) == []


def test_findings_themselves_do_not_tell_it(tmp_path):
    """Findings also go into reports and logs of other programs."""
    source = write_input(tmp_path, with_secret(MISHAPS["value of the wrong shape"]))

    with pytest.raises(FindingsError) as caught:
        read(source)

    assert found_in("findings", repr(caught.value.findings).encode()) == []


# Where a secret may slip out: a text of the budget or of the final account, and what it says.
SLIPS: dict[str, tuple[str, tuple[str | int, ...], str]] = {
    "reason": ("budget", ("收入", "单位资金", "原因"), f"本年增加{SECRETS['名称']}"),
    "use": ("budget", ("支出用途", "201"), f"在职人员工资和{SECRETS['名称']}支出"),
    "duty": ("budget", ("概况", "主要职能", 0), f"组织实施{SECRETS['名称']}。"),
    "target of another project": ("budget", ("项目", 2, "绩效目标", "总体目标"), f"配合{SECRETS['名称']}"),
    "target of the unit": ("budget", ("整体绩效目标", "年度目标"), f"2024年完成{SECRETS['名称']}"),
    "note": ("budget", ("其他说明",), f"{SECRETS['名称']}另行说明"),
    "reason of the final account": (
        "final account",
        ("总体变动", "财政拨款", "差异原因"),
        f"年中追加{SECRETS['名称']}",
    ),
    "result of another project": ("final account", ("项目绩效自评", 0, "完成情况"), f"配合{SECRETS['名称']}"),
    "experience": ("final account", ("绩效管理", "问题", 0), f"{SECRETS['名称']}进度偏慢"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_secret_that_slips_into_another_text_stops_every_output_and_is_not_repeated(name, tmp_path):
    kind, path, words = SLIPS[name]
    data = budget() if kind == "budget" else final_account()
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = [words] if path == ("其他说明",) else words
    out = tmp_path / "out"
    run = invoked("render", write_input(tmp_path, data), "--format", ",".join(FORMATS), "-o", out, cwd=tmp_path)

    assert run.returncode == 1
    assert "错误 GK771" in run.stderr
    assert "（涉密）的名称" in run.stderr
    assert not out.exists()
    assert found_in("said", (run.stdout + run.stderr).encode()) == []


def test_our_own_mistake_does_not_tell_it(tmp_path):
    """A traceback goes to the developer: it holds code, not data, nor what the exception says of it."""
    script = (
        "import gongkai.output.html.page as h, sys\n"
        f"def broken(*a): raise RuntimeError({SECRETS['名称']!r})\n"
        "h.render_html = broken\n"
        "from gongkai.cli.main import main\n"
        f"sys.argv = ['gongkai', 'render', {str(write_input(tmp_path, budget()))!r}, '--format', 'html']\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )

    assert run.returncode == 70
    assert found_in("traceback", (run.stdout + run.stderr).encode()) == []


def test_example_itself_holds_no_secret():
    assert found_in("example", EXAMPLE.read_bytes()) == []
