"""What documents are called: like their data file, or by their own title (--name 标题)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.batch.jobs import find_jobs
from gongkai.batch.run import BatchSettings, run_batch
from gongkai.batch.stop import Stop
from gongkai.batch.task import Outcome, Task
from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.batch.workers.worker import Worker
from gongkai.cli.main import cli
from gongkai.findings import FindingsError
from gongkai.produce.naming import Claims, Naming, file_name, output_name
from gongkai.produce.unit import Settings, render_unit
from gongkai.reports.batch.outcomes import Report
from gongkai.reports.batch.report import write_reports
from support.batches import codes, documents, left_over, make_units, small_pack, states
from support.diary import Diary
from support.fixtures import CLEAN

TITLE = "示例县地方志编纂室2024年单位预算公开"


def unit(folder: Path, name: str, office: str) -> Path:
    """A data file of this name, of this office."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.yaml"
    file.write_text(CLEAN.read_text(encoding="utf-8").replace("示例县地方志编纂室", office), encoding="utf-8")
    return file


# Names that every system can keep


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (TITLE, TITLE),
        ("甲/乙局：2024年*?", "甲／乙局：2024年＊？"),
        ('甲"乙"<丙>|丁:戊\\己', "甲＂乙＂＜丙＞｜丁：戊＼己"),
        ("甲\n乙\t局", "甲 乙 局"),
        ("公开... ", "公开"),
        ("..", "_"),
        (".隐藏", "隐藏"),
        ("-选项", "_-选项"),
        ("CON", "_CON"),
        ("nul.局", "_nul.局"),
    ],
)
def test_a_title_becomes_a_safe_name(title, name):
    assert file_name(title) == name


def test_a_long_title_loses_its_middle():
    name = file_name(f"{'某某自治州' * 40}2024年单位预算公开")
    assert name.startswith("某某自治州")
    assert name.endswith("2024年单位预算公开")
    assert len(f".{output_name(name, 'data')}.12345678".encode()) <= 255


# One unit


def test_the_default_is_the_name_of_the_data_file(tmp_path):
    result = render_unit(CLEAN, Settings(tmp_path, ("html",)))
    assert [path.name for path in result.written] == [f"{CLEAN.stem}.html"]


def test_documents_are_called_by_their_title_in_every_format(tmp_path):
    result = render_unit(CLEAN, Settings(tmp_path, ("html", "xlsx", "data"), naming=Naming.TITLE))
    assert {path.name for path in result.written} == {f"{TITLE}.html", f"{TITLE}.xlsx", f"{TITLE}-数据.zip"}


def test_two_files_of_one_title_do_not_write_over_each_other(tmp_path):
    first, second = unit(tmp_path, "甲", "示例县甲局"), unit(tmp_path, "乙", "示例县甲局")
    out = tmp_path / "out"
    files = [str(first), str(second)]
    result = CliRunner().invoke(cli, ["render", *files, "--format", "html", "--name", "标题", "-o", str(out)])
    assert result.exit_code == 1
    assert f"GK144 标题与 {first} 的相同" in result.stderr
    assert [path.name for path in out.iterdir()] == ["示例县甲局2024年单位预算公开.html"]


def test_a_unit_that_is_made_again_keeps_its_name_and_may_take_another():
    claims, first, second = Claims(), Path("甲.yaml"), Path("乙.yaml")
    claims.claim(first, ["公开.PDF"])
    claims.claim(first, ["公开.PDF"])
    with pytest.raises(FindingsError):
        claims.claim(second, ["公开.pdf"])  # one file where the case of letters is not told apart
    claims.claim(first, ["另一.pdf"])
    claims.claim(second, ["公开.pdf"])


# A batch

Order = Callable[[list[Outcome]], list[Outcome]]


class Together:
    """A runner that makes all units and hands their outcomes over in an order of its own."""

    size = 1

    def __init__(self, settings: BatchSettings, order: Order) -> None:
        self._settings, self._order = settings, order

    def run(self, take: Callable[[], Task | None], stop: Stop) -> Iterator[Outcome]:
        root = self._settings.out.parent / "unpacked"
        worker = Worker(self._settings.order, take_snapshot(self._settings.pack_folders).unpack(root))
        yield from self._order([worker.make(task) for task in iter(take, None)])


@pytest.fixture
def batch(monkeypatch, tmp_path):
    small_pack(tmp_path / "packs")

    def run(order: Order = list, *, resume: bool = False) -> Report:
        settings = BatchSettings(
            tmp_path / "out", ("html",), "small", [tmp_path / "packs"], naming=Naming.TITLE, resume=resume
        )
        monkeypatch.setattr("gongkai.batch.run._runner", lambda *_: Together(settings, order))
        report = run_batch(find_jobs([str(tmp_path / "in")]), settings, Stop(), Diary())
        write_reports(report, settings.out)
        return report

    return run


def test_a_batch_is_named_by_titles_and_continued(tmp_path, batch):
    make_units(tmp_path / "in", 2)
    batch()
    names = {f"示例县第{number}局2024年单位预算公开.html" for number in (1, 2)}
    assert set(documents(tmp_path / "out")) == names

    (tmp_path / "out/示例县第2局2024年单位预算公开.html").unlink()
    batch(resume=True)
    assert states(tmp_path / "out") == {"局01": "未变", "局02": "完成"}
    assert set(documents(tmp_path / "out")) == names


def test_names_are_part_of_what_a_unit_was_made_from(tmp_path, batch):
    make_units(tmp_path / "in", 1)
    batch()
    plain = BatchSettings(tmp_path / "out", ("html",), "small", [tmp_path / "packs"])
    titled = BatchSettings(tmp_path / "out", ("html",), "small", [tmp_path / "packs"], naming=Naming.TITLE)
    assert plain.order != titled.order


@pytest.mark.parametrize("order", [list, lambda outcomes: outcomes[::-1]], ids=["in turn", "the last first"])
def test_of_two_units_with_one_title_the_first_is_made(tmp_path, batch, order):
    for name, office in (("甲", "示例县甲局"), ("乙", "示例县乙局"), ("丙", "示例县甲局")):
        unit(tmp_path / "in", name, office)
    batch(order)
    out = tmp_path / "out"
    assert states(out) == {"丙": "完成", "乙": "完成", "甲": "失败"}
    assert codes(out, "甲") == ["GK144"]
    assert set(documents(out)) == {f"示例县{name}局2024年单位预算公开.html" for name in "甲乙"}
    assert not left_over(out)

    batch(order, resume=True)
    assert states(out) == {"丙": "未变", "乙": "未变", "甲": "失败"}
