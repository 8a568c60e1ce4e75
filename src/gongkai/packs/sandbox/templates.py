"""Running a pack's templates; whatever goes wrong in them is told with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError

from gongkai.findings import FindingsError, Place
from gongkai.packs.load.messages import runtime_meaning, syntax_meaning
from gongkai.packs.load.yaml_file import pack_error

from .environment import PackEnvironment
from .filters import filter_advice


def render_template(environment: PackEnvironment, name: str, context: Mapping[str, Any]) -> str:
    """A template's text. Raises FindingsError with the pack's file and line for its mistakes."""
    try:
        return environment.get_template(environment.layers.find(name)).render(context)
    except FindingsError:
        raise
    except TemplateSyntaxError as error:
        file = error.filename or error.name or name
        place = Place(file, error.lineno, 1)
        raise pack_error(f"模板写法有误：{syntax_meaning(error)}", place, filter_advice(error)) from None
    except Exception as error:  # a template can make anything go wrong: see the sandbox's tests
        advice = environment.layers.meant(str(error.name)) if isinstance(error, TemplateNotFound) else ""
        raise pack_error(runtime_meaning(error), _position(error, name), advice) from error


def _position(error: BaseException, name: str) -> Place:
    """The innermost template line of a traceback; Jinja rewrites tracebacks to template files."""
    place = Place(name)
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if Path(code.co_filename).suffix == ".html":
            place = Place(code.co_filename, trace.tb_lineno, 1)
        trace = trace.tb_next
    return place
