"""The command as a clerk meets it: Chinese throughout, exit codes, files that survive, quiet in a pipe."""

from __future__ import annotations

import gettext
import io
import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from importlib.resources import files
from pathlib import Path

import click
import pytest
from babel.messages import mofile, pofile
from click.testing import CliRunner, Result

from gongkai.cli import main as entry
from gongkai.cli.main import cli
from gongkai.intake.read import read
from gongkai.kinds import KINDS
from support.fixtures import CLEAN, EXAMPLE, ROOT, SMALL_PACK, example_input, gongkai, write_input, write_pack


def walk(group: click.Group, *above: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it: check; pack check."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*above, name), command
        if isinstance(command, click.Group):
            yield from walk(command, *above, name)


COMMANDS = dict(walk(cli))
# Names of products, formats and our own commands; the folder and the pack that the help names as defaults; a key.
LATIN = {"gongkai", "PDF", "DOCX", "HTML", "YAML", "JSON", "Schema", "pdf", "docx", "html", "output", "base"}
LATIN |= {"Ctrl", "Dask", "tcp"}
LATIN |= {"text", "json", "sarif", "xlsx", "data", "sources", "CSV"}  # formats of reports and tables
LATIN |= {"xls", "yaml", "Excel"}  # data files
LATIN |= {"weasyprint", "typst", "Pango"}  # engines, and what one needs
LATIN |= {word for words in COMMANDS for word in words}


def english(text: str, *typed: str) -> list[str]:
    """English words in a text, without options, known names and what the user typed."""
    for word in sorted((*typed, str(ROOT)), key=len, reverse=True):  # one may be part of another
        text = text.replace(word, "")
    text = re.sub(r"(?<!\w)--?[a-z][a-z-]*", "", text)
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in LATIN]


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def small(tmp_path: Path) -> list[str]:
    """Options that make the example a document of three pages, so that a run takes no time."""
    packs = tmp_path / "packs"
    write_pack(packs, "small", {"pack.yaml": SMALL_PACK, "预算/名词解释.html": "<p>名词。</p>\n"})
    return ["--pack", "small", "--pack-dir", str(packs), "-o", str(tmp_path / "out")]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """An input whose two sums disagree."""
    data = example_input()
    data["基本支出经济分类"]["30101"] = "113.06"
    return write_input(tmp_path, data, "有错.yaml")


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """An input with a warning and no error: weights that do not add up to 90."""
    data = example_input()
    data["整体绩效目标"]["指标"][0]["权重"] = "20"
    return write_input(tmp_path, data, "有警告.yaml")


# --- exit codes ---


def test_good_input_ends_with_0(small, tmp_path):
    assert invoke("check", EXAMPLE).exit_code == 0
    assert invoke("render", EXAMPLE, "--format", "html", *small).exit_code == 0


def test_error_ends_with_1_and_writes_nothing(wrong, small, tmp_path):
    assert invoke("check", wrong).exit_code == 1
    assert invoke("render", wrong, "--format", "html", *small).exit_code == 1
    assert not (tmp_path / "out").exists()


def test_warning_ends_with_0_and_with_1_when_strict(doubtful, small, tmp_path):
    assert invoke("check", doubtful).exit_code == 0
    assert invoke("check", doubtful, "--strict").exit_code == 1
    assert invoke("render", doubtful, "--format", "html", "--strict", *small).exit_code == 1
    assert not (tmp_path / "out").exists()
    assert invoke("render", doubtful, "--format", "html", *small).exit_code == 0


def test_one_bad_file_among_good_ones_ends_with_1_and_the_good_ones_are_written(wrong, small, tmp_path):
    run = invoke("render", wrong, EXAMPLE, "--format", "html", *small)

    assert run.exit_code == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{EXAMPLE.stem}.html"]


def run_main(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """The entry point itself, which tells our own mistakes from the clerk's."""
    monkeypatch.setenv("LANGUAGE", "")  # the entry point sets it; the test puts it back
    monkeypatch.setattr(sys, "argv", ["gongkai", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        entry.main()
    return int(ended.value.code or 0)


def test_our_own_mistake_ends_with_70(monkeypatch, capsys, tmp_path):
    quoted = "示例县的一个涉密项目"

    def break_down(*args, **kwargs):
        raise RuntimeError(quoted)

    monkeypatch.setattr("gongkai.produce.unit.render_unit", break_down)

    assert run_main(monkeypatch, "render", EXAMPLE, "-o", tmp_path) == 70
    said = capsys.readouterr().err
    assert "in break_down" in said
    assert "RuntimeError\n" in said
    assert quoted not in said
    assert "raise" not in said, "a line of code may hold what is secret, too"
    assert "程序出错了，这不是数据文件的问题" in said


def test_renderer_that_gives_up_ends_with_70(monkeypatch, capsys, tmp_path):
    """Some libraries stop with exceptions that are no Exception; 1 would blame the clerk's file."""

    class GiveUpError(BaseException):
        pass

    def give_up(*args, **kwargs):
        raise GiveUpError

    monkeypatch.setattr("gongkai.produce.unit.render_unit", give_up)

    assert run_main(monkeypatch, "render", EXAMPLE, "-o", tmp_path) == 70


def test_entry_point_passes_exit_codes_on(monkeypatch, wrong):
    assert run_main(monkeypatch, "check", EXAMPLE) == 0
    assert run_main(monkeypatch, "check", wrong) == 1
    assert run_main(monkeypatch, "chek", EXAMPLE) == 2


# --- Chinese ---


@pytest.mark.parametrize("command", [(), *COMMANDS], ids=" ".join)
def test_help_is_chinese(command, tmp_path):
    run = gongkai(*command, "--help", cwd=tmp_path, env={"LC_ALL": "C", "LANG": "en_US.UTF-8"})

    assert run.returncode == 0
    assert english(run.stdout) == []
    assert "用法" in run.stdout


def test_every_command_and_option_has_a_chinese_description():
    for words, command in COMMANDS.items():
        assert re.search("[一-鿿]", command.help or ""), words
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert re.search("[一-鿿]", parameter.help or ""), parameter.name


def test_version_is_told_in_chinese(tmp_path):
    run = gongkai("--version", cwd=tmp_path)

    assert run.returncode == 0
    assert re.search(r"\d+\.\d+", run.stdout)
    assert english(run.stdout) == []


WRONG_USE = {
    "no command": [],
    "misspelt command": ["rendr", "a.yaml"],
    "misspelt option": ["check", "--strct", "a.yaml"],
    "no file": ["check"],
    "option without its value": ["render", "a.yaml", "--pack"],
    "flag with a value": ["check", "a.yaml", "--strict=1"],
    "unknown report format": ["check", "a.yaml", "--format", "pdf"],
    "number that is none": ["batch", "a.yaml", "-o", "out", "--workers", "many"],
    "unknown format": ["render", "a.yaml", "--format", "pdf,odt"],
    "pack folder that is not there": ["check", "a.yaml", "--pack-dir", "nowhere"],
    "pack folder that is a file": ["check", "a.yaml", "--pack-dir", "taken.yaml"],
    "too many arguments": ["schema", "甲", "乙"],
    "two inputs of one name": ["render", "甲/单位.yaml", "乙/单位.yaml"],
    "new over a file": ["new", "taken.yaml"],
    "new where nothing can be": ["new", "taken.yaml/单位.yaml"],
    "schema where nothing can be": ["schema", "taken.yaml/schema.json"],
}


@pytest.mark.parametrize("name", WRONG_USE)
def test_wrong_use_ends_with_2_and_is_told_in_chinese(name, tmp_path):
    (tmp_path / "taken.yaml").write_text("文种: 预算\n", encoding="utf-8")
    arguments = WRONG_USE[name]

    run = gongkai(*arguments, cwd=tmp_path, env={"LC_ALL": "C", "LANG": "en_US.UTF-8"})

    assert run.returncode == 2
    assert re.search("[一-鿿]", run.stderr + run.stdout)
    typed = [part for argument in arguments for part in argument.split(",")]
    assert english(run.stderr + run.stdout, *typed) == []
    assert (tmp_path / "taken.yaml").read_text(encoding="utf-8") == "文种: 预算\n"


@pytest.mark.parametrize(
    ("typed", "meant"), [("rendr", "render"), ("chek", "check"), ("schem", "schema"), ("docter", "doctor")]
)
def test_misspelt_command_is_answered_with_the_near_one(typed, meant, tmp_path):
    run = gongkai(typed, cwd=tmp_path)

    assert run.returncode == 2
    assert typed in run.stderr
    assert re.search(f"是否想写.*{meant}", run.stderr)


def test_catalogue_of_messages_is_compiled_from_its_source():
    folder = ROOT / "src/gongkai/cli/locale/zh_CN/LC_MESSAGES"
    with (folder / "messages.po").open("rb") as source:
        fresh = io.BytesIO()
        mofile.write_mo(fresh, pofile.read_po(source))
    fresh.seek(0)
    with (folder / "messages.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
    expected = gettext.GNUTranslations(fresh)._catalog  # type: ignore[attr-defined]

    # The header, under the empty key, names the day of compilation.
    assert {**compiled, "": ""} == {**expected, "": ""}
    assert len(compiled) > 20


# --- formats and inputs ---


@pytest.mark.parametrize(
    ("stated", "suffixes"),
    [
        ("html", ["html"]),
        ("docx,html", ["docx", "html"]),
        (" PDF , html ", ["html", "pdf"]),
        ("html，docx", ["docx", "html"]),
        ("html,html", ["html"]),
    ],
)
def test_formats_are_read_as_clerks_write_them(stated, suffixes, small, tmp_path):
    assert invoke("render", EXAMPLE, "--format", stated, *small).exit_code == 0
    assert sorted(path.suffix[1:] for path in (tmp_path / "out").iterdir()) == suffixes


def test_without_a_format_pdf_and_docx_are_made(small, tmp_path):
    assert invoke("render", EXAMPLE, *small).exit_code == 0
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".docx", ".pdf"]


@pytest.mark.parametrize("stated", ["odt", "pdf,odt", "", ","])
def test_unknown_format_is_refused(stated, small, tmp_path):
    run = invoke("render", EXAMPLE, "--format", stated, *small)

    assert run.exit_code == 2
    assert "可用：pdf、docx、html" in run.output
    assert not (tmp_path / "out").exists()


def test_two_inputs_with_one_name_are_refused_before_any_work(small, tmp_path):
    paths = [tmp_path / folder / "单位.yaml" for folder in ("甲", "乙")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(EXAMPLE.read_bytes())

    run = invoke("render", *paths, "--format", "html", *small)

    assert run.exit_code == 2
    assert str(paths[0]) in run.output
    assert str(paths[1]) in run.output
    assert not (tmp_path / "out").exists()


def test_file_that_is_not_there_is_a_finding(tmp_path):
    run = invoke("check", tmp_path / "没有.yaml")

    assert run.exit_code == 1
    assert "GK101" in run.output


# --- files that exist ---


def test_good_output_survives_a_failed_run(wrong, small, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    good = {out / f"{wrong.stem}.{suffix}": f"上次的 {suffix}".encode() for suffix in ("pdf", "docx", "html")}
    for path, data in good.items():
        path.write_bytes(data)

    run = invoke("render", wrong, "--format", "pdf,docx,html", *small)

    assert run.exit_code == 1
    assert {path: path.read_bytes() for path in out.iterdir()} == good


def test_good_output_survives_a_renderer_that_fails(small, tmp_path, monkeypatch):
    assert invoke("render", EXAMPLE, "--format", "html,pdf", *small).exit_code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def break_down(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("gongkai.output.html.page.render_html", break_down)
    with pytest.raises(RuntimeError):
        invoke("render", EXAMPLE, "--format", "html,pdf", *small)

    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


# --- quiet ---


def test_piped_render_prints_the_files_and_nothing_else(small, tmp_path):
    run = gongkai("render", CLEAN, "--format", "pdf,html", *small, cwd=tmp_path)

    assert run.returncode == 0
    assert run.stdout.splitlines() == [str(tmp_path / "out" / f"{CLEAN.stem}.{suffix}") for suffix in ("pdf", "html")]
    assert run.stderr == ""


def test_piped_check_prints_one_line(tmp_path):
    run = gongkai("check", CLEAN, cwd=tmp_path)

    assert run.returncode == 0
    assert run.stdout == f"{CLEAN}：通过（0 个错误，0 个警告）\n"
    assert run.stderr == ""


def test_findings_go_to_stderr_in_whole_lines_without_colour(wrong, tmp_path):
    long_name = tmp_path / ("很长的文件名" * 12 + ".yaml")
    wrong.rename(long_name)

    run = gongkai("check", long_name, cwd=tmp_path, env={"COLUMNS": "40", "TERM": "xterm-256color"})

    assert run.returncode == 1
    assert run.stdout == ""
    assert "\x1b" not in run.stderr
    [error] = [line for line in run.stderr.splitlines() if "错误 GK401" in line]
    assert re.fullmatch(rf"{re.escape(str(long_name))}:\d+:\d+：错误 GK401 .* 526\.70 万元.* 525\.70 万元.*", error)
    assert run.stderr.splitlines()[-1].startswith(f"{long_name}：不通过（")


# --- the other commands ---


def starters() -> list[list[str]]:
    """``new`` for every kind of document that it knows."""
    return [["--kind", choice] for choice in KINDS]


@pytest.mark.parametrize("name", ["我们单位.yaml", "我们单位.xlsx"])
@pytest.mark.parametrize("kind", starters(), ids=" ".join)
def test_new_file_lacks_only_what_the_clerk_must_fill_in(kind, name, tmp_path):
    file = tmp_path / "文件夹" / name

    made = invoke("new", *kind, file)
    run = invoke("check", file)

    assert made.exit_code == 0
    assert str(file) in made.output
    assert run.exit_code == 1
    assert set(re.findall(r"GK\d+", run.output)) == {"GK202"}, run.output


def test_new_without_a_name_writes_into_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert invoke("new").exit_code == 0
    [file] = tmp_path.iterdir()
    assert file.suffix == ".xlsx"
    assert invoke("new").exit_code == 2


def test_schema_is_json_that_accepts_the_fields_own_terms(tmp_path):
    run = gongkai("schema", cwd=tmp_path)

    schema = json.loads(run.stdout)
    assert run.returncode == 0
    assert "支出" in run.stdout
    assert "$defs" in schema
    assert "\\u" not in run.stdout


def test_schema_in_a_file_is_the_same(tmp_path):
    file = tmp_path / "公开.schema.json"

    run = invoke("schema", file)

    assert run.exit_code == 0
    assert f"$schema={file}" in run.output
    assert file.read_text(encoding="utf-8") == gongkai("schema", cwd=tmp_path).stdout


def test_schema_is_not_written_over_a_clerks_file(tmp_path):
    file = tmp_path / "单位预算.yaml"
    file.write_text("文种: 预算\n", encoding="utf-8")

    run = invoke("schema", file)

    assert run.exit_code == 2
    assert f"gongkai check {file}" in run.output
    assert file.read_text(encoding="utf-8") == "文种: 预算\n"


def test_doctor_finds_this_machine_in_order():
    run = invoke("doctor")

    assert run.exit_code == 0, run.output
    assert "✗" not in run.output


def test_doctor_names_every_missing_font(monkeypatch, tmp_path):
    monkeypatch.setattr("gongkai.output.look.fonts.font_folders", lambda: iter([tmp_path]))

    run = invoke("doctor")

    assert run.exit_code == 1
    assert run.output.count("✗") == 6
    assert "FandolFang-Regular.otf" in run.output
    assert "make setup" in run.output


def test_missing_font_stops_the_pdf_with_a_finding(monkeypatch, tmp_path, small):
    monkeypatch.setattr("gongkai.output.look.fonts.font_folders", lambda: iter([tmp_path]))

    run = invoke("render", EXAMPLE, "--format", "pdf", *small)

    assert run.exit_code == 1
    assert "GK601" in run.output
    assert not (tmp_path / "out").exists()


def test_doctor_reports_a_missing_package(monkeypatch):
    from gongkai.cli import doctor

    installed = doctor.version

    def version(package: str) -> str:
        if package == "jinja2":
            raise PackageNotFoundError(package)
        return installed(package)

    monkeypatch.setattr(doctor, "version", version)

    run = invoke("doctor")

    assert run.exit_code == 1
    assert "✗ jinja2：没有安装" in run.output
    assert "make setup" in run.output


# --- the manual ---


def manual() -> str:
    """The README and the handbooks it leads to."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_in_the_manual(words):
    text = manual()
    options = [p for p in COMMANDS[words].params if isinstance(p, click.Option)]

    assert f"gongkai {' '.join(words)}" in text
    assert [p.opts for p in options if not any(re.search(rf"(?<![\w-]){name}\b", text) for name in p.opts)] == []


@pytest.mark.parametrize("name", sorted({words[0] for words in COMMANDS}))
def test_every_command_is_in_the_readme(name):
    assert f"gongkai {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_manual_names_only_commands_that_exist():
    named = re.findall(r"(?:`|^\$ |^ {4})gongkai ([a-z]+)\b", manual(), re.MULTILINE)

    assert len(named) > 5
    assert set(named) <= {words[0] for words in COMMANDS}


def test_starter_files_are_text_that_ends_with_a_line():
    texts = [p.read_text(encoding="utf-8") for p in files("gongkai.cli").iterdir() if p.name.startswith("starter")]

    assert texts
    assert [text for text in texts if not text.endswith("\n") or "\t" in text] == []


def test_example_has_no_findings_but_what_is_true_of_the_published_text():
    assert read(EXAMPLE).model.unit.name.endswith("商务局")
    assert "0 个错误，4 个警告，1 个提示，豁免 2 个" in invoke("check", EXAMPLE).output
    assert "0 个错误，0 个警告" in invoke("check", CLEAN).output


def test_watch_renders_again_whenever_the_file_is_saved(small, tmp_path, monkeypatch):
    """A mistake saved in between is told, and leaves the last good document where it is."""
    text = (ROOT / "examples" / "minimal-budget.yaml").read_text(encoding="utf-8")
    unit = "示例县地方志编纂室"
    file, made = tmp_path / "甲.yaml", tmp_path / "out" / "甲.html"
    file.write_text(text, encoding="utf-8")
    saves = iter([text.replace(unit, "示例县档案局"), "单位: {", text.replace(unit, "示例县地名办公室")])
    seen = []

    def instead_of_sleeping(_: float) -> None:
        seen.append(made.read_text(encoding="utf-8"))
        try:
            file.write_text(next(saves), encoding="utf-8")
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("time.sleep", instead_of_sleeping)
    run = invoke("render", file, *small, "--format", "html", "--watch")

    assert run.exit_code == 0
    assert [next(n for n in (unit, "示例县档案局", "示例县地名办公室") if n in html) for html in seen] == [
        unit, "示例县档案局", "示例县档案局", "示例县地名办公室",
    ]  # fmt: skip
    assert run.stdout.count(str(made)) == 3
    assert "不通过" in run.stderr
