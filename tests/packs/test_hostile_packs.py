"""Packs that want more than a document: every one is refused with a finding, or what it writes is harmless.

A pack may come from anywhere. Whatever its templates, styles and YAML contain, nothing is read from
disk or network, nothing is executed, the machine is not brought to its knees, and no file that we
write does anything when it is opened.
"""

from __future__ import annotations

import io
import re
import resource
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from gongkai.produce.unit import Settings, render_unit
from gongkai.result import Result
from support.fixtures import EXAMPLE, ROOT, SCRIPT, SMALL_PACK, beyond_the_example, one_of, write_pack

CANARY = "金丝雀七四九一"
CANARY_LATIN = "CANARY7491"


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that no pack may read; its words must be in no output."""
    file = tmp_path / "canary.txt"
    file.write_text(f"<p>{CANARY} {CANARY_LATIN}</p>", encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever tries to reach the network fails, and the test with them, even if they say nothing of it."""
    tried = []

    def refuse(*args, **kwargs):
        tried.append(args)
        raise OSError("no network here")

    for owner, name in ((socket.socket, "connect"), (socket, "getaddrinfo"), (socket, "create_connection")):
        monkeypatch.setattr(owner, name, refuse)
    yield
    assert tried == []


def render(folder: Path, files: dict[str, str], form: str) -> Result:
    """The example in one format with a small pack of these files; no exception may come out."""
    write_pack(folder, "hostile", {"pack.yaml": SMALL_PACK, **files})
    try:
        return render_unit(EXAMPLE, Settings(folder / "out", (form,), "hostile", (folder,)))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        pytest.fail(f"came out of the program: {error!r:.300}")


def readable(result: Result) -> str:
    """Everything in the written files: unpacked, decompressed, and as text."""
    return "\n".join(part for path in result.written for part in _parts(path))


def _parts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield package.read(name).decode("utf-8", "replace")
    elif path.suffix == ".pdf":
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield from (page.extract_text() for page in reader.pages)
        for number in range(1, len(reader.xref.get(0, {})) + 1):
            found = reader.get_object(number)
            yield found.get_data().decode("latin-1") if hasattr(found, "get_data") else repr(found)
    else:
        yield data.decode("utf-8")


def refused(result: Result) -> bool:
    assert bool(result.written) != result.failed
    return result.failed


@pytest.mark.parametrize("form", one_of(3, ["html", "pdf", "docx"]))
def test_harmless_pack_is_written(form, tmp_path):
    """Or else the refusals below would be worth nothing."""
    result = render(tmp_path, {"预算/名词解释.html": "<p>前面的字。</p>\n<p>{{ unit.name }}</p>\n"}, form)

    assert beyond_the_example(result.findings) == []
    assert "前面的字。" in readable(result)


def test_empty_elements_may_be_written_with_a_stroke(tmp_path):
    result = render(tmp_path, {"预算/名词解释.html": "<p>前面的字。<br/>后面的字。</p>\n"}, "html")

    assert beyond_the_example(result.findings) == []


# --- templates that want out of the sandbox ---

ESCAPES = [
    '{{ "".__class__.__mro__[1].__subclasses__() }}',
    "{{ unit.__class__ }}",
    '{{ unit["__class__"] }}',
    '{{ unit | attr("__class__") }}',
    '{{ unit | attr("__cl" ~ "ass__") }}',
    "{{ amount.__globals__ }}",
    "{{ amount.__code__ }}",
    "{{ fill.__closure__ }}",
    '{{ "{0.__class__}".format(unit) }}',
    '{{ "{u.__class__.__mro__}".format(u=unit) }}',
    '{{ "{u.__class__}".format_map({"u": unit}) }}',
    '{{ ("%s" | format(unit.__class__)) }}',
    '{{ fill("{单位.__class__.__mro__}") }}',
    '{{ fill("{单位.__init__.__globals__}") }}',
    "{{ cycler.__init__.__globals__.os }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{% macro m() %}{% endmacro %}{{ m.__init__.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    '{{ budget.projects | map(attribute="__class__") | first | attr("__mro__") }}',
    '{{ budget.projects | map("attr", "__class__") | first | attr("__mro__") }}',
    '{{ budget.projects | groupby("__class__") | list }}',
    '{{ budget.projects | selectattr("__class__") | list }}',
    '{{ budget.projects | rejectattr("__class__") | list }}',
    '{{ budget.projects | sort(attribute="__class__") | list }}',
    '{{ budget.projects | sum(attribute="__class__") }}',
    '{{ budget.projects | unique(attribute="__class__") | list }}',
    "{{ unit.model_dump() }}",
    "{{ unit.model_copy() }}",
    "{{ budget.model_construct() }}",
    '{{ opt.update({"部分": []}) }}',
    '{{ opt.pop("部分") }}',
    "{{ tables.clear() }}",
    "{{ tables[0].rows.append(1) }}",
    "{% set unit.name = 'x' %}",
    "{{ ().__class__.__base__ }}",
    "{{ get_flashed_messages }}",
    "{{ open('/etc/passwd') }}",
    "{% import 'os' as os %}{{ os }}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_no_way_out_of_the_sandbox(source, tmp_path):
    result = render(tmp_path, {"预算/名词解释.html": f"<p>{source}</p>"}, "html")

    assert refused(result)
    assert beyond_the_example(result.findings)[-1].code.startswith("GK5")


@pytest.mark.parametrize(
    "source",
    ["{{ unit.model_fields }}", "{{ amount }}", "{{ unit.model_copy }}", "{{ self }}", "{{ unit }}", "{{ d }}"],
)
def test_no_object_of_the_program_is_printed(source, tmp_path):
    """Its text tells of the inside, and with an address in it the same input no longer gives the same bytes."""
    result = render(tmp_path, {"预算/名词解释.html": f"<p>{source}</p>"}, "html")

    text = readable(result)
    assert refused(result) or not re.search(
        r" at 0x|FieldInfo|TemplateReference|Decimal\(|&lt;(bound )?(method|func)", text
    )


def test_chance_has_no_place_in_a_document(tmp_path):
    """Same input, same bytes: a template must not draw lots."""
    result = render(tmp_path, {"预算/名词解释.html": "<p>{{ [1, 2, 3, 4, 5, 6] | random }}</p>"}, "html")

    assert refused(result)


def test_refusal_does_not_pour_the_data_over_the_screen(tmp_path):
    result = render(tmp_path, {"预算/名词解释.html": "<p>{{ budget.copy() }}</p>"}, "html")

    assert refused(result)
    assert max(len(finding.message) for finding in result.findings) < 500


# --- templates and YAML that reach for other files ---

READS = {
    "include a relative path": {"预算/名词解释.html": '{% include "../canary.txt" %}'},
    "include from the folder above": {"预算/名词解释.html": '{% include "../../canary.txt" %}'},
    "include an absolute path": {"预算/名词解释.html": '{% include "{canary}" %}'},
    "include a list of paths": {"预算/名词解释.html": '{% include ["nowhere.html", "{canary}", "../canary.txt"] %}'},
    "include without complaint": {"预算/名词解释.html": '{% include "../canary.txt" ignore missing %}'},
    "include by the name of a layer": {"预算/名词解释.html": '{% include "base!../../canary.txt" %}'},
    "include beneath the layer": {"预算/名词解释.html": '{% include "parent:../canary.txt" %}'},
    "include by a path made up": {"预算/名词解释.html": '{% include "." ~ "./canary.txt" %}'},
    "import a file": {"预算/名词解释.html": '{% import "../canary.txt" as c %}{{ c }}'},
    "import from a file": {"预算/名词解释.html": '{% from "{canary}" import x %}'},
    "extend a file": {"预算/名词解释.html": '{% extends "../canary.txt" %}'},
    "extend an absolute path": {"预算/名词解释.html": '{% extends "{canary}" %}'},
    "path with a zero byte": {"预算/名词解释.html": '{% include "a\\0b" %}'},
    "path without end": {"预算/名词解释.html": '{% include "' + "a" * 5000 + '" %}'},
    "part that is a path": {"pack.yaml": "名称: 敌\n上级: base\n选项:\n  部分: [../../canary.txt]\n"},
    "section that is a path": {
        "pack.yaml": "名称: 敌\n上级: base\n选项:\n  部分: [情况说明]\n  章节: [../../../canary.txt]\n"
    },
    "edition folder that is a path": {"pack.yaml": SMALL_PACK + "版本:\n  - {年度: 2024, 目录: ../..}\n"},
    "parent that is a path": {"pack.yaml": "名称: 敌\n上级: ../other\n"},
    "YAML that calls a function": {"pack.yaml": '名称: !!python/object/apply:os.system ["cat {canary}"]\n'},
    "YAML that names a type": {"style.yaml": "页面: !!python/name:os.system\n"},
    "font file that is a path": {"style.yaml": "字体: {仿宋: {自由: F, 文件: ../../../../../../../..{canary}}}\n"},
    "font file that is an absolute path": {"style.yaml": "字体: {仿宋: {自由: F, 文件: {canary}}}\n"},
}


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("form", one_of(2, ["html", "pdf"]))
def test_no_other_file_is_read(name, form, tmp_path, canary):
    files = {path: text.replace("{canary}", str(canary)) for path, text in READS[name].items()}
    opened: list[str] = []
    with watching(opened):
        result = render(tmp_path, files, form)

    assert str(canary) not in opened
    assert CANARY not in readable(result)
    assert CANARY_LATIN not in readable(result)
    assert refused(result) or name == "include without complaint"


def test_link_that_leads_out_of_the_pack_is_not_followed(tmp_path, canary):
    pack = write_pack(tmp_path, "hostile", {"pack.yaml": SMALL_PACK, "预算/概况.html": ""})
    (pack / "预算/名词解释.html").symlink_to(canary)

    result = render(tmp_path, {}, "html")

    assert refused(result)
    assert CANARY not in readable(result)


class watching:  # noqa: N801 - reads as a sentence
    """Notes every file that Python opens meanwhile."""

    _hooked = False
    _active: list[list[str]] = []  # noqa: RUF012 - one hook serves all; hooks cannot be taken off again

    def __init__(self, opened: list[str]) -> None:
        self._opened = opened

    def __enter__(self) -> None:
        if not watching._hooked:
            sys.addaudithook(watching._note)
            watching._hooked = True
        watching._active.append(self._opened)

    def __exit__(self, *exc: object) -> None:
        watching._active.remove(self._opened)

    @classmethod
    def _note(cls, event: str, args: tuple[object, ...]) -> None:
        if event == "open" and cls._active:
            for opened in cls._active:
                opened.append(str(args[0]))


def test_watching_sees_a_file_opened(canary):
    """The test above would be worth nothing if it saw nothing."""
    opened: list[str] = []
    with watching(opened):
        canary.read_text(encoding="utf-8")

    assert str(canary) in opened


# --- markup that does something when it is read or opened ---

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
MARKUP = {
    "image from disk": '<p><img src="file://{canary}"></p>',
    "image from the network": '<p><img src="http://127.0.0.1:9/x.png"></p>',
    "image by a base address": '<base href="http://127.0.0.1:9/"><p><img src="x.png"></p>',
    "image in the address": f'<p><img src="data:image/png;base64,{PIXEL}"></p>',
    "background from disk": '<p style="background: url(file://{canary})">字</p>',
    "background from the network": '<p style="background-image: url(http://127.0.0.1:9/x)">字</p>',
    "style sheet that imports": "<style>@import url(file://{canary});</style><p>字</p>",
    "style sheet of its own": "<p>字</p><style>p { content: url(http://127.0.0.1:9/x) }</style>",
    "font from the network": "<style>@font-face { font-family: x; src: url(http://127.0.0.1:9/f) }</style><p>字</p>",
    "linked style sheet": '<link rel="stylesheet" href="file://{canary}"><p>字</p>',
    "attachment": '<link rel="attachment" href="file://{canary}"><p>字</p>',
    "attachment at a link": '<p><a rel="attachment" href="file://{canary}">字</a></p>',
    "object": '<object data="file://{canary}"></object>',
    "embed": '<embed src="file://{canary}">',
    "frame": '<iframe src="file://{canary}"></iframe>',
    "frame with its own page": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "drawing that loads": '<svg><image href="file://{canary}"/></svg>',
    "drawing that uses": '<p><svg xmlns="http://www.w3.org/2000/svg"><use href="file://{canary}#a"/></svg></p>',
    "script": "<script>alert(1)</script>",
    "script from the network": '<script src="http://127.0.0.1:9/x.js"></script>',
    "event attribute": '<p onclick="alert(1)">字</p>',
    "script in a link": '<p><a href="javascript:alert(1)">字</a></p>',
    "refresh": '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
    "form that sends": '<form action="http://127.0.0.1:9/"><input name="a"></form>',
    "audio": '<audio src="http://127.0.0.1:9/x"></audio>',
    "text by attribute": '<p style="content: attr(title)" title="字">字</p>',
    "text moved off the page": '<p style="position: fixed; top: -1000px">看不见的字</p>',
    "text made invisible": '<p style="display: none">看不见的字</p>',
    "size beyond measure": '<p style="font-size: 1e9pt">字</p>',
    "number that is none": "<table><tbody><tr><td rowspan='abc'>字</td></tr></tbody></table>",
    "end of the document before its end": "</section></body></html><p>后面的字</p>",
}
# What must not be in a file that is written: it would load, run, send or hide something.
ACTIVE_ON_SCREEN = re.compile(
    r"<(script|img|iframe|object|embed|svg|link|base|form|input|audio|video)\b|\bon\w+=|javascript:|http-equiv"
    r"|127\.0\.0\.1|file:///|data:image|url\(|@import|position:|display: none|attr\(|content:|1e9pt",
    re.IGNORECASE,
)
ACTIVE_IN_FILES = re.compile(r"127\.0\.0\.1|file:///|/EmbeddedFile|/JavaScript|/Launch|javascript:")


@pytest.mark.parametrize("form", one_of(3, ["html", "pdf", "docx"]))
@pytest.mark.parametrize("name", MARKUP)
def test_markup_is_refused_or_harmless(name, form, tmp_path, canary):
    source = MARKUP[name].replace("{canary}", str(canary))
    opened: list[str] = []
    with watching(opened):
        result = render(tmp_path, {"预算/名词解释.html": f"<p>前面的字。</p>\n{source}\n"}, form)

    assert str(canary) not in opened
    text = readable(result)
    assert CANARY not in text
    assert CANARY_LATIN not in text
    if refused(result):
        return
    if form == "html":  # the page's own style sheet loads nothing; the pack has no say in it
        text = re.sub(r"<style>[^<]*</style>", "", text, count=1)
    active = (ACTIVE_ON_SCREEN if form == "html" else ACTIVE_IN_FILES).search(text)
    assert active is None, active
    assert "商务局2024年2月25日" in "".join(re.sub(r"<[^>]*>", "", text).split()), "the signature is gone"


STYLES = {
    "page number that ends the rule": "页面: {页码: '— {页} —\"; background: url(file://{canary}); x: \"'}\n",
    "family that ends the rule": (
        "后备字体: {自由: 'x\"; src: url(file://{canary}); y: \"', 文件: NotoSerifCJK-Regular.ttc}\n"
    ),
    "font name that ends the rule": (
        "字体: {'a\"; } @import url(file://{canary}); b{': {自由: x, 文件: FandolFang-Regular.otf}}\n"
    ),
    "office font that ends the style sheet": (
        "字体: {仿宋: {办公: '</style><script>alert(1)</script>', 自由: x, 文件: FandolFang-Regular.otf}}\n"
    ),
    "lines of infinite height": "样式: {正文: {行距: .inf}}\n",
    "lines of no number": "样式: {正文: {行距: .nan}}\n",
}


@pytest.mark.parametrize("form", one_of(3, ["html", "pdf", "docx"]))
@pytest.mark.parametrize("name", STYLES)
def test_style_is_refused_or_harmless(name, form, tmp_path, canary):
    opened: list[str] = []
    files = {"style.yaml": STYLES[name].replace("{canary}", str(canary)), "预算/名词解释.html": "<p>字。</p>"}
    with watching(opened):
        result = render(tmp_path, files, form)

    assert str(canary) not in opened
    assert "<script>" not in readable(result)
    # A style that the renderer had to ignore in part is not the look that the pack asked for.
    assert refused(result) or beyond_the_example(result.findings) == []


# --- packs that never end ---

BOMBS = {
    "long string": {"预算/名词解释.html": '<p>{{ ("字" * 2000000000) | length }}</p>'},
    "long list": {"预算/名词解释.html": "<p>{{ ([1] * 500000000) | length }}</p>"},
    "great number": {"预算/名词解释.html": "<p>{{ 9 ** (9 ** 9) > 1 }}</p>"},
    "wide filling": {"预算/名词解释.html": '<p>{{ fill("{年度:>2000000000}") | length }}</p>'},
    "wide format": {"预算/名词解释.html": '<p>{{ ("%2000000000d" | format(1)) | length }}</p>'},
    "wide centre": {"预算/名词解释.html": '<p>{{ ("x" | center(2000000000)) | length }}</p>'},
    "many slices": {"预算/名词解释.html": "<p>{{ [1] | slice(300000000) | list | length }}</p>"},
    "text doubled and doubled": {
        "预算/名词解释.html": '{% set a = "字" %}\n' + "{% set a = a ~ a %}\n" * 40 + "<p>{{ a | length }}</p>"
    },
    "text kept and doubled": {
        "预算/名词解释.html": "{% set a = '字' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40
    },
    "lists joined and joined": {
        "预算/名词解释.html": "{% set a = '字' %}" + "{% set a = [a, a, a, a, a, a] | join %}" * 20
    },
    "words listed and listed": {
        "预算/名词解释.html": "{% set a = '字' %}" + "{% set a = listing([a, a, a, a, a, a]) %}" * 20
    },
    "words replaced and replaced": {
        "预算/名词解释.html": "{% set a = '字' %}" + "{% set a = a | replace('字', '字字字字字字') %}" * 20
    },
    "boxes without bottom": {"预算/名词解释.html": "<div>" * 20000 + "<p>字</p>" + "</div>" * 20000},
    "loops in loops": {
        "预算/名词解释.html": "".join(f"{{% for a{n} in opt %}}" for n in range(12)) + "{% endfor %}" * 12
    },
    "macro that calls itself": {"预算/名词解释.html": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"},
    "macro that calls itself twice": {
        "预算/名词解释.html": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
        "{% endmacro %}{{ m(60) }}"
    },
    "template that includes itself": {"预算/名词解释.html": '{% include "预算/名词解释.html" %}'},
    "document in the document": {"预算/名词解释.html": '{% include "document.html" %}'},
    "table of endless columns": {
        "预算/名词解释.html": "<table><tbody><tr><td colspan='100000000'>字</td></tr></tbody></table>"
    },
    "table of endless rows": {
        "预算/名词解释.html": "<table><tbody><tr><td rowspan='100000000'>字</td></tr></tbody></table>"
    },
    "YAML that multiplies": {
        "pack.yaml": f"{SMALL_PACK}  章节:\n    - &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"    - &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)),
        "预算/名词解释.html": "<p>{{ opt.章节 | string | length }}</p>",
    },
    "YAML without bottom": {"pack.yaml": f"名称: 敌\n上级: base\n选项:\n  表格: {'[' * 100000}{']' * 100000}\n"},
}
MEMORY = 1_500_000_000
SECONDS = 5


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@pytest.mark.parametrize("name", one_of(3, BOMBS))
def test_a_pack_cannot_take_all_time_or_memory(name, tmp_path):
    """With a desktop's memory and a few seconds, the command ends by itself: it refuses, or it copes."""
    write_pack(tmp_path, "hostile", {"pack.yaml": SMALL_PACK, **BOMBS[name]})
    form = "pdf,docx" if "table" in name else "html"

    arguments = ["--pack", "hostile", "--pack-dir", tmp_path, "--format", form, "-o", tmp_path / "out"]
    run = subprocess.run(
        [SCRIPT, "render", EXAMPLE, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        preexec_fn=_limits,  # the limits must hold in the child only
        check=False,
    )

    assert run.returncode in (0, 1), f"{run.returncode}: {run.stderr[-500:]}"
    assert "Traceback" not in run.stderr
    assert run.returncode == 0 or "错误 GK" in run.stderr
