"""A pack made ready for one kind of document and one year: options, layouts, style, templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from gongkai.findings import FindingsError
from gongkai.statements.layout import TableLayout

from .environment import PackEnvironment
from .find import MANIFEST, Layer, find_pack, layers, search_path
from .manifest import OptionDefinition, OptionValue
from .style import Style
from .yamlfile import load_mapping, merge, pack_error, validate

STYLE = "style.yaml"
TABLES = "表格.yaml"
COMMON = "统一"
"""The entry of a table file whose values hold for every table that does not say otherwise."""


class ReadyPack:
    """The inherited whole of a pack: what the document is made with.

    Raises FindingsError, on construction, for every unknown option and wrong value.
    """

    def __init__(self, chain: Sequence[Layer], kind: str) -> None:
        self.chain = chain
        self.folder = kind
        self.definitions = _definitions(chain)
        self.options, self.origins = _options(chain, self.definitions)
        self.layouts = _layouts(chain, self.folder)
        self.style = _style(chain)

    def environment(self, functions: Sequence[Callable[..., Any]]) -> PackEnvironment:
        """The sandbox for this pack's templates, in which ``functions`` may be called."""
        return PackEnvironment(self.chain, functions)


def open_pack(name: str, kind: str, year: int, folders: Sequence[Path] = ()) -> ReadyPack:
    """The pack ``name`` in its edition for ``kind`` and ``year``; ``folders`` are searched first.

    Raises FindingsError when the pack or one of its parents is missing or wrong.
    """
    path = search_path(folders)
    return ReadyPack(layers(find_pack(name, path), path, kind, year), kind)


def _definitions(chain: Sequence[Layer]) -> dict[str, OptionDefinition]:
    definitions: dict[str, OptionDefinition] = {}
    for layer in reversed(chain):
        definitions |= layer.pack.manifest.definitions
    return definitions


def _options(
    chain: Sequence[Layer], definitions: Mapping[str, OptionDefinition]
) -> tuple[Mapping[str, OptionValue], Mapping[str, str]]:
    """The options' values, and for each the layer that gave it ('' where the default stands)."""
    options: dict[str, OptionValue] = {name: d.default for name, d in definitions.items()}
    origins = dict.fromkeys(options, "")
    findings = []
    done: set[Path] = set()
    for layer in reversed(chain):
        file = layer.pack.folder / MANIFEST
        stated: dict[str, OptionValue] = {}
        if layer.pack.folder not in done:
            done.add(layer.pack.folder)
            stated |= layer.pack.manifest.options
        if layer.edition is not None:
            stated |= layer.edition.options
        for name, value in stated.items():
            definition = definitions.get(name)
            problem = definition.problem(value) if definition else "没有这个选项"
            if problem:
                error = pack_error(f"选项“{name}”：{problem}", file, line=_line_of(file, name))
                findings += error.findings
                continue
            origins[name] = layer.name
            below = options[name]
            options[name] = merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    if findings:
        raise FindingsError(findings)
    return options, origins


def _line_of(file: Path, key: str) -> int:
    """The first line on which a key of a manifest stands, 0 when it is not found."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip().startswith(f"{key}:"):
            return number
    return 0


def _layouts(chain: Sequence[Layer], folder: str) -> dict[str, TableLayout]:
    data: dict[str, Any] = {}
    for layer in reversed(chain):
        file = layer.folder / folder / TABLES
        data = merge(data, load_mapping(file))
    common = data.pop(COMMON, {})
    file = chain[0].folder / folder / TABLES
    return {key: validate(TableLayout, merge(common, value), file) for key, value in data.items()}


def _style(chain: Sequence[Layer]) -> Style:
    data: dict[str, Any] = {}
    for layer in reversed(chain):
        data = merge(data, load_mapping(layer.folder / STYLE))
    return validate(Style, data, chain[0].folder / STYLE)


def render_template(environment: PackEnvironment, name: str, context: Mapping[str, Any]) -> str:
    """A template's text. Raises FindingsError with the pack's file and line for its mistakes."""
    try:
        return environment.get_template(environment.layers.find(name)).render(context)
    except TemplateSyntaxError as error:
        file = Path(error.filename or error.name or name)
        raise pack_error(f"模板写法有误：{error.message}", file, line=error.lineno) from None
    except (TemplateError, TypeError) as error:
        file, line = _template_position(error, name)
        reason = "用了不存在的名称" if isinstance(error, UndefinedError) else "模板执行出错"
        raise pack_error(f"{reason}：{error}", file, line=line) from error


def _template_position(error: BaseException, name: str) -> tuple[Path, int]:
    """The innermost template line of a traceback; Jinja rewrites tracebacks to template files."""
    file, line = Path(name), 0
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith(".html"):
            file, line = Path(code.co_filename), trace.tb_lineno
        trace = trace.tb_next
    return file, line
