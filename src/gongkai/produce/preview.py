"""A pack tried on data: the built-in examples, those that it brings along (例子), and a designer's own files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gongkai.document.compose import render_disclosure
from gongkai.document.parse import parse_document
from gongkai.files.data_files import DATA_SUFFIXES
from gongkai.files.read import is_within
from gongkai.findings import Finding, FindingsError, Place
from gongkai.intake.data_file import read_tree
from gongkai.intake.named_files.named import named_files
from gongkai.intake.read import read
from gongkai.model.own.sample import sampled
from gongkai.packs.load.find import EXAMPLES, Pack, find_pack, lineage, product_templates, search_path
from gongkai.packs.load.manifest import SCOPES
from gongkai.packs.load.yaml_file import pack_error
from gongkai.packs.open import AssembledPack, open_pack
from gongkai.result import Result

from .file_state import saved_times
from .naming import Claims
from .unit import Settings, as_asked, make_unit, render_unit

PREVIEWED = ("pdf", "docx", "html")
"""The formats of a preview."""
_MOST_EXAMPLES = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """What a pack is tried with: the year and the 口径 whose editions are taken, whatever the files' own are.

    ``files`` are a designer's own; without any the built-in examples are taken and those of the pack, and with
    ``examples`` these are taken beside them.
    """

    pack: str
    folders: Sequence[Path] = ()
    files: Sequence[Path] = ()
    year: int | None = None
    scope: str | None = None
    examples: bool = False

    @property
    def built_in(self) -> list[Path]:
        """The built-in examples, where they are wanted."""
        return example_files() if self.examples or not self.files else []

    @property
    def data(self) -> list[Path]:
        """The designer's files, and those of the pack where they are wanted. Raises FindingsError for none of those."""
        own = own_examples(find_pack(self.pack, search_path(self.folders))) if self.examples or not self.files else []
        return list(dict.fromkeys([*self.files, *own]))


def example_files() -> list[Path]:
    """The built-in examples, full ones and nearly empty ones."""
    return sorted((product_templates().parent / "examples").glob("*.yaml"))


def own_examples(pack: Pack) -> list[Path]:
    """The data files that a pack brings along.

    Raises FindingsError for one that is, or that names, a file outside of the pack, and for too many.
    """
    found = sorted(file for file in (pack.folder / EXAMPLES).glob("*") if file.suffix.lower() in DATA_SUFFIXES)
    if len(found) > _MOST_EXAMPLES:
        message = f"例子太多：{len(found)} 个，最多 {_MOST_EXAMPLES} 个"
        raise pack_error(message, Place(str(pack.folder / EXAMPLES)), "请只留有代表性的")
    for file in found:
        if not is_within(file, pack.folder):
            raise pack_error("例子是指向包外面的链接", Place(str(file)), "请把文件本身放进模板包")
        try:
            named = list(named_files(file.parent, read_tree(file).data))
        except FindingsError:
            continue  # told when it is tried
        if not all(is_within(each, pack.folder) for each in named):
            raise pack_error("例子里写的文件在包外面", Place(str(file)), f"请把它也放进“{EXAMPLES}”文件夹")
    return found


def preview_examples(trial: Trial, out: Path, engine: str | None = None) -> list[Result]:
    """Every file rendered with the pack into ``out``, its pages set by the engine of this name.

    Raises FindingsError when the pack's own examples cannot be used.
    """
    settings = Settings(out, PREVIEWED, trial.pack, trial.folders, edition=trial.year, engine=engine, scope=trial.scope)
    claims = Claims()
    samples = replace(settings, sampled=True)
    asked = [*((path, samples) for path in trial.built_in), *((path, settings) for path in trial.data)]
    return [render_unit(path, of_file, claims=claims) for path, of_file in asked]


def try_out(trial: Trial) -> list[Finding]:
    """What goes wrong when the pack meets full and empty data; nothing is written.

    Of the built-in examples only what the pack does wrong is told; the pack's own and the designer's are checked
    with the pack as well, as a clerk would.
    """
    findings: list[Finding] = []
    for path in trial.built_in:
        findings += _try_built_in(path, trial)
    settings = Settings(Path(), (), trial.pack, trial.folders, edition=trial.year, scope=trial.scope)
    for path in trial.data:
        findings += make_unit(path, settings)[0].findings
    return findings


def _try_built_in(path: Path, trial: Trial) -> list[Finding]:
    disclosure = as_asked(read(path).model, trial.year, trial.scope)
    findings: list[Finding] = []
    tried: list[AssembledPack] = []
    # A pack that is the same for both 口径 is tried with the example's own.
    for scope in dict.fromkeys([disclosure.scope.value, *(() if trial.scope else SCOPES)]):
        shown = as_asked(disclosure, None, scope)
        try:
            ready = open_pack(trial.pack, shown.kind, shown.edition or shown.year, trial.folders, scope)
            if ready in tried:
                continue
            tried.append(ready)
            # What is not required is there in a full example only: the pack must do without it, too.
            whole = sampled(shown, ready.model, whole="minimal" not in path.name)
            parse_document(render_disclosure(whole, ready))
        except FindingsError as error:
            findings += error.findings
    return findings


def state_of(pack: str, folders: Sequence[Path]) -> frozenset[tuple[str, int]]:
    """The files of a pack and its parents with their times, to see when one was changed.

    While the pack cannot be opened, those of all packs: any of them may be what has to be mended.
    """
    path: Sequence[Path] = folders
    try:
        path = search_path(folders)
        line = lineage(find_pack(pack, path), path)
    except FindingsError:
        return saved_times(path)
    return saved_times([*(each.folder for each in line), *(file for file in folders if file.is_file())])
