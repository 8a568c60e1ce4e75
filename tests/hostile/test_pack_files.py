"""Files that are said to be packs: none of them reaches out of its folder, fills the disk or goes unseen."""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.files.unzip import MOST_ENTRIES, ZipError, unzipped
from gongkai.findings import FindingsError
from gongkai.packs.handing.build import build
from gongkai.packs.load.find import search_path
from gongkai.packs.load.label import LABEL, digest_of, hash_of
from support.fixtures import CLEAN, ends_within, invoked, write_pack

MANIFEST = "名称: 示例州\n上级: base\n"
Entries = list[tuple[str | zipfile.ZipInfo, bytes]]


@pytest.fixture
def entries(tmp_path: Path) -> Entries:
    """What is in the file of a sound pack."""
    write_pack(tmp_path / "packs", "shili", {"pack.yaml": MANIFEST, "预算/甲.html": "<p></p>"})
    with zipfile.ZipFile(io.BytesIO(build("shili", [tmp_path / "packs"]).data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def zipped(entries: Entries) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def labelled(entries: Entries, **changes: object) -> bytes:
    """A file whose label names all that is in it, with the right hashes: made on purpose."""
    label = json.loads(dict(entries)[LABEL])
    files = {name if isinstance(name, str) else name.filename: hash_of(data) for name, data in entries if name != LABEL}
    label |= {"文件": files, "摘要": digest_of(files), **changes}
    return zipped([(LABEL, json.dumps(label).encode()), *((name, data) for name, data in entries if name != LABEL)])


def refusal(data: bytes, folder: Path) -> tuple[str, str, str]:
    """Code, entry and message with which a file is refused; nothing of it is anywhere."""
    file = folder / "包.zip"
    file.write_bytes(data)
    before = sorted(folder.rglob("*"))
    with ends_within(20), pytest.raises(FindingsError) as caught:
        search_path([file])
    [finding] = caught.value.findings
    assert sorted(folder.rglob("*")) == before
    assert finding.place.file.startswith(str(file))
    return finding.code, finding.place.file.removeprefix(str(file)).removeprefix("!"), finding.message


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name",
    [
        "../外面.html", "shili/../../外面.html", "/etc/外面", "C:/外面", "shili\\..\\外面", "shili/./甲", "shili//甲",
        "shili/CON.html", "shili/nul", "shili/甲.", "shili/甲 ", "shili/ 甲", "shili/甲\x07", "shili/甲\u202e.html",
        "shili/甲\u200b.html", "shili/" + "长" * 200, "/".join("一二三四五六七八九十百千万"), "shili/甲:乙",
        "../外面/", "shili/../乙/",
    ],
)  # fmt: skip
def test_names_that_lead_elsewhere_or_are_none_everywhere_are_refused(name, entries, tmp_path):
    code, entry, message = refusal(labelled([*entries, (name, b"" if name.endswith("/") else b"x")]), tmp_path)

    assert code == "GK520"
    assert "名称" in message
    assert entry or name.startswith("/")


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ([(link("shili/链接.html"), b"/etc/passwd")], "是链接"),
        ([("shili/PACK.yaml", b"x")], "只差大小写"),
        ([("SHILI/乙.html", b"x")], "只差大小写"),
        ([("shili/e\u0301.html", b"x"), ("shili/\u00e9.html", b"x")], "只差大小写"),
        ([("shili/pack.yaml/乙.html", b"x")], "既是文件又是文件夹"),
        ([("别人/pack.yaml", b"x")], "不在说明的模板包里"),
        ([("散的.html", b"x")], "不在说明的模板包里"),
        ([("shili/大.html", b"0" * 40_000_000)], "大得异常"),
    ],
    ids=["link", "case", "case of a folder", "accent", "file and folder", "another pack", "loose", "bomb"],
)
def test_entries_that_are_not_plainly_files_of_the_pack_are_refused(extra, says, entries, tmp_path):
    code, _, message = refusal(labelled([*entries, *extra]), tmp_path)

    assert code == "GK520"
    assert says in message


def test_two_entries_of_one_name_are_refused(entries, tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        data = labelled([*entries, ("shili/pack.yaml", b"x")])

    assert refusal(data, tmp_path) == ("GK520", "shili/pack.yaml", "模板包文件打不开：有两个同名的文件")


def test_too_many_entries_are_refused_before_they_are_listed(entries, tmp_path):
    data = labelled([*entries, *((f"shili/{n}.html", b"") for n in range(MOST_ENTRIES))])

    assert "超过 2,000 个" in refusal(data, tmp_path)[2]


def test_entries_that_are_too_much_together_are_refused(entries):
    with pytest.raises(ZipError, match="解压后超过"):
        unzipped(_claiming(zipped([*entries, *((f"shili/{n}.html", b"xy") for n in range(100))]), 4_000_000))


def _claiming(data: bytes, size: int) -> bytes:
    """The file with entries that claim in the directory to be so large."""
    at = -1
    changed = bytearray(data)
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


def test_an_entry_that_is_not_as_large_as_it_claims_is_refused(entries, tmp_path):
    code, _, message = refusal(_claiming(zipped(entries), 3), tmp_path)

    assert code == "GK520"
    assert "损坏" in message


def test_a_file_with_a_password_is_refused(entries, tmp_path):
    data = bytearray(zipped(entries))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1

    assert "设了密码" in refusal(bytes(data), tmp_path)[2]


def test_an_uncommon_way_of_packing_is_refused(entries, tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in entries:
            archive.writestr(name, content)

    assert "不常用的压缩方法" in refusal(stream.getvalue(), tmp_path)[2]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"", lambda data: b"PK", lambda data: data[: len(data) // 2], lambda data: data[40:],
        lambda data: b"\x00" * 1000, lambda data: data[:-30] + b"\xff" * 30,
    ],
)  # fmt: skip
def test_what_is_no_whole_file_is_refused(spoil: Callable[[bytes], bytes], entries, tmp_path):
    assert refusal(spoil(zipped(entries)), tmp_path)[0] == "GK520"


def test_a_file_that_is_no_pack_is_refused(tmp_path):
    assert "里面没有 模板包.json" in refusal(zipped([("xl/workbook.xml", b"<a/>")]), tmp_path)[2]


@pytest.mark.parametrize("label", [b"", b"[]", b"{}", b"{" * 5000, b"\xff\xfe", b'{"\xe6\xa0\xbc\xe5\xbc\x8f": 1}'])
def test_a_label_that_says_nothing_is_refused(label, entries, tmp_path):
    code, entry, message = refusal(zipped([(LABEL, label), *entries[1:]]), tmp_path)

    assert (code, entry) == ("GK520", LABEL)
    assert "说明读不懂" in message


@pytest.mark.parametrize("changes", [{"标识": "../甲"}, {"包含": ["甲/乙"]}, {"包含": []}, {"标识": "别的"}])
def test_a_label_of_other_packs_is_refused(changes, entries, tmp_path):
    assert refusal(labelled(entries, **changes), tmp_path)[0] == "GK520"


def test_contents_that_were_changed_are_told(entries, tmp_path):
    name = "shili/pack.yaml"
    changed = [(each, data + b"\n" if each == name else data) for each, data in entries]
    without = [(each, data) for each, data in entries if each != name]

    assert refusal(zipped(changed), tmp_path)[:2] == ("GK521", name)
    assert refusal(zipped(without), tmp_path)[:2] == ("GK521", name)
    assert refusal(zipped([*entries, ("shili/多.html", b"x")]), tmp_path)[:2] == ("GK521", "shili/多.html")
    assert refusal(labelled(entries, 摘要="0" * 64), tmp_path)[:2] == ("GK521", LABEL)


@pytest.mark.parametrize("changes", [{"需要程序": ">=9.1"}, {"格式": 2, "制作程序": "9.1", "文件": "别的写法"}])
def test_a_file_for_a_newer_program_says_which(changes, entries, tmp_path):
    code, _, message = refusal(labelled(entries, **changes), tmp_path)

    assert code == "GK522"
    assert message.startswith("这个模板包需要 9.1 或更新的程序，现在的是 0.")


@pytest.mark.parametrize(
    "command",
    [
        ("check", CLEAN), ("render", CLEAN), ("batch", CLEAN, "-o", "o"), ("pack", "list"), ("pack", "show", "base"),
        ("pack", "check", "base"), ("pack", "diff", "base", "kezhou"), ("pack", "build", "base"), ("migrate", "base"),
    ],
    ids=lambda command: " ".join(map(str, command))[-20:],
)  # fmt: skip
def test_every_command_refuses_such_a_file_in_words(command, tmp_path):
    (tmp_path / "包.zip").write_bytes(b"PK\x03\x04 no")

    run = invoked(*command, "--pack-dir", "包.zip", cwd=tmp_path)

    assert run.returncode == 1
    assert "包.zip：错误 GK520 模板包文件打不开：不是压缩包，或者损坏、不完整" in run.stderr


def test_folders_that_another_program_lists_are_no_change(entries, tmp_path):
    file = tmp_path / "包.zip"
    file.write_bytes(zipped([("shili/", b""), ("shili/预算/", b""), *reversed(entries)]))

    assert (search_path([file])[0] / "shili/pack.yaml").read_text(encoding="utf-8") == MANIFEST
