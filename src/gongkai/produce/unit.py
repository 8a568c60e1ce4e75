"""One unit's work: read, check, render, write. Nothing is written until everything is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.checks.confidential.allowances import allowances
from gongkai.checks.confidential.conceal import concealed
from gongkai.checks.consequences import causes
from gongkai.checks.named_files import wrong_in_named
from gongkai.checks.policy import Policy
from gongkai.checks.run import check_figures
from gongkai.document.compose import render_disclosure
from gongkai.document.unprinted import settled
from gongkai.findings import Finding, FindingsError, Level, has_errors, in_reading_order
from gongkai.intake.excerpt import CONFIDENTIAL, quote
from gongkai.intake.read import DataFile, read
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.own.sample import sampled
from gongkai.model.unit import Scope
from gongkai.output.collector import quiet_collector
from gongkai.output.formats import FORMATS, USUAL, Manuscript, Progress, engine_of
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.open import AssembledPack, open_pack
from gongkai.result import Result
from gongkai.statements.figures import Figures, figures_of

from .models import models_of_packs
from .naming import Claims, Naming, file_name, output_name

if TYPE_CHECKING:
    from gongkai.trace.tracing import Tracing


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was asked for: where to write, which formats, which pack and edition instead of the file's own.

    ``engine`` is that of the pages, by name; without one it is the usual one, or what the machine can load.
    ``scope`` is the 口径 for which a pack is tried, whatever the file's own is.
    """

    out: Path
    formats: Sequence[str] = USUAL
    pack: str | None = None
    pack_folders: Sequence[Path] = ()
    strict: bool = False
    edition: int | None = None
    naming: Naming = Naming.FILE
    engine: str | None = None
    sampled: bool = False
    """Whether what the pack declares is filled with samples: the built-in examples know nothing of it."""
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that was read, the pack it is printed with, and what findings in it count as."""

    source: DataFile
    pack: AssembledPack
    policy: Policy


def check_unit(path: Path, settings: Settings) -> Result:
    """Read and check one file; the pack is opened too, since the file names it."""
    result = Result(path)
    _guarded(result, settings, lambda: _prepare(result, settings))
    return result


def trace_unit(path: Path, settings: Settings) -> tuple[Result, Tracing | None]:
    """Read and check a file, and trace what its document prints.

    What the rules find does not hinder: a total that does not fit is what many ask about. What the public must not
    see does, since sentences are shown; then, and where there is no document, there is nothing to be traced.
    """
    result = Result(path)
    made: list[Tracing] = []

    def work() -> None:
        ready = _prepare(result, settings)
        errors = (f for f in result.findings if f.level is Level.ERROR and f.waived is None)
        if not any(finding.code.startswith(CONFIDENTIAL) for finding in errors):
            made.append(_traced(ready))

    _guarded(result, settings, work)
    return result, made[0] if made else None


def _traced(ready: _Ready) -> Tracing:
    from .tracing import trace_document

    return trace_document(ready.source, ready.pack)


def render_unit(
    path: Path, settings: Settings, progress: Progress = lambda step: None, claims: Claims | None = None
) -> Result:
    """Read, check, render and write one file in every format asked for.

    With an error (with ``strict``, with any finding) nothing is written and files that exist stay;
    so it is where another unit has claimed the same names.
    """
    result, contents = make_unit(path, settings, progress)

    def write() -> None:
        if claims is not None:
            claims.claim(path, contents)
        write_unit(result, contents, settings.out)

    if contents:
        _guarded(result, settings, write)
    return result


def make_unit(
    path: Path, settings: Settings, progress: Progress = lambda step: None
) -> tuple[Result, dict[str, bytes]]:
    """Read, check and render one file; what is to be written, by file name, and nothing where there are errors."""
    result = Result(path)
    contents: dict[str, bytes] = {}

    def work() -> None:
        progress("核对")
        ready = _prepare(result, settings)
        if not has_errors(result.findings, strict=settings.strict):
            contents.update(_render(ready, result, settings, progress))

    with quiet_collector():
        _guarded(result, settings, work)
    if result.failed:
        contents.clear()
    stem = path.stem if settings.naming is Naming.FILE else file_name(result.title)
    return result, {output_name(stem, form): data for form, data in contents.items()}


def write_unit(result: Result, contents: Mapping[str, bytes], out: Path) -> None:
    """Write what was made. Raises FindingsError when it cannot be written; files that exist stay then."""
    from gongkai.files.write import write_all

    files = {out / name: data for name, data in contents.items()}
    write_all(files)
    result.written = [*result.written, *files]


def _guarded(result: Result, settings: Settings, work: Callable[[], object]) -> None:
    try:
        work()
    except FindingsError as error:
        result.add(error.findings)
    result.findings = quote(in_reading_order(result.findings, str(result.path)))
    result.failed = has_errors(result.findings, strict=settings.strict)


def as_asked(disclosure: Disclosure, edition: int | None, scope: str | None) -> Disclosure:
    """A disclosure with the edition and the 口径 that a run was asked for, instead of its own."""
    asked = {"edition": edition, "scope": scope and Scope(scope)}
    update = {name: value for name, value in asked.items() if value is not None}
    return disclosure.model_copy(update=update) if update else disclosure


def _prepare(result: Result, settings: Settings) -> _Ready:
    asked = (settings.pack_folders, settings.pack, settings.edition, settings.scope)
    failed: list[Finding] = []
    models = models_of_packs(*asked, failed=failed)
    try:
        source = read(result.path) if settings.sampled else read(result.path, models)
    except FindingsError as error:
        # What is unknown in the file may be known to the pack that was not found: that first.
        raise FindingsError(dict.fromkeys([*failed, *error.findings])) from None
    if settings.sampled:
        source = replace(
            source, model=sampled(source.model, models(source.tree.data) or type(source.model), whole=True)
        )
    source = replace(source, model=as_asked(source.model, settings.edition, settings.scope))
    disclosure, figures = source.model, figures_of(source.model)
    result.unit, result.kind, result.year = disclosure.unit.name, disclosure.kind, disclosure.year
    result.pack = name = settings.pack or disclosure.pack or ROOT_PACK
    try:
        year = disclosure.edition or disclosure.year
        pack = open_pack(name, disclosure.kind, year, settings.pack_folders, disclosure.scope.value)
    except FindingsError as error:
        # What the rules of no region find is worth knowing all the same.
        result.add(_check(source, figures, Policy(disclosure.validation, {}), None, result))
        raise FindingsError(source.locate(error.findings)) from None
    policy = Policy(disclosure.validation, pack.levels)
    result.add(_check(source, figures, policy, pack, result))
    unshown = KINDS[disclosure.kind].unshown
    if unshown is not None:
        layouts = [pack.layouts[key] for key in pack.listed("表格")]
        result.add(source.locate(unshown.value(figures, layouts)))
    return _Ready(source, pack, policy)


def _check(
    source: DataFile, figures: Figures, policy: Policy, pack: AssembledPack | None, result: Result
) -> list[Finding]:
    """Everything found in a file, with its pack or, where that cannot be opened, without."""
    regions = pack.regions if pack else ()
    named = {file.link.key: file.model for file in source.named}
    beside = wrong_in_named(named, policy.pack_levels, regions)
    found = causes([*source.findings, *beside, *check_figures(figures, regions, named)])
    if pack is not None:
        found = settled(found, figures, pack, source.wrote)
    findings = policy.judge(found)
    result.hidden = dict(policy.switched_off(found))
    judged = [*findings, *policy.mistakes(findings), *policy.lowered(found), *allowances(source.model)]
    return source.locate(concealed(judged, figures, map(figures_of, named.values())))


def _render(ready: _Ready, result: Result, settings: Settings, progress: Progress) -> dict[str, bytes]:
    """The contents of every format."""
    progress("生成正文")
    engine = engine_of(settings.formats, settings.engine).engine
    rendered = render_disclosure(ready.source.model, ready.pack)
    made = Manuscript(rendered, progress, engine, lambda: _traced(ready))
    result.title = made.document.title
    try:
        contents = {name: FORMATS[name].write(made) for name in settings.formats}
    except FindingsError as error:
        raise FindingsError(ready.source.locate(error.findings)) from None
    if (paged := made.paged_already) is not None:
        result.pages, result.engine = paged.page_count, engine.name
        result.add(ready.policy.judge(paged.findings))
    return contents
