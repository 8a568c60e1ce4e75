"""Which engine sets the pages of a run: what was asked for, else the usual one, else one that this machine can load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from gongkai.files.refusals import refusal_of
from gongkai.findings import Finding, FindingsError, Level

from .engine import ENGINES, USUAL, Engine

UNUSABLE, ANOTHER = "GK641", "GK644"
_INSTALL = "请运行 make setup，或照 docs/安装.md 重新安装"


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine of a run, and what is to be said (once) where it is not the one that is usual."""

    engine: Engine
    notices: Sequence[Finding] = ()


def choose(asked: str | None) -> Choice:
    """The engine of this name, loaded; the usual one or another where nobody asked.

    Raises FindingsError when the one that was asked for cannot be loaded here, or none at all. Whoever makes many
    units chooses once: all are set by one engine.
    """
    if asked is not None:
        return Choice(_loaded(ENGINES[asked]))
    usual = ENGINES[USUAL]
    problem = refused(usual)
    if problem is None:
        return Choice(usual)
    for other in _others(usual):
        return Choice(other, [_instead(usual, problem, other)])
    raise FindingsError(found for engine in ENGINES.values() if (found := refused(engine)) is not None)


def _loaded(engine: Engine) -> Engine:
    problem = refused(engine)
    if problem is None:
        return engine
    others = "、".join(f"--engine {other.name}" for other in _others(engine))
    advice = f"{problem.advice}；不装也行：{others} 本机能用" if others else problem.advice
    raise FindingsError([replace(problem, advice=advice)])


def _others(engine: Engine) -> Iterator[Engine]:
    """The engines beside this one that can be loaded here."""
    return (other for other in ENGINES.values() if other is not engine and refused(other) is None)


def _instead(usual: Engine, problem: Finding, other: Engine) -> Finding:
    message = f"{problem.message}，PDF 和 DOCX 改由排版引擎 {other.name} 排"
    advice = f"公开文件照样齐全，断行、分页可能与 {usual.name} 排的略有不同；{problem.advice}"
    return Finding(ANOTHER, Level.HINT, message, advice)


@cache
def refused(engine: Engine) -> Finding | None:
    """Load an engine; why this machine cannot, and what to do."""
    try:
        for module in engine.modules:
            import_module(module)
    except FindingsError as error:
        return error.findings[0]
    except ImportError as error:
        if refusal_of(error) is not None or (error.name or "").startswith("gongkai"):
            raise  # too many open files, or a mistake of ours: nothing is missing
        what = f"没有装 {error.name}" if isinstance(error, ModuleNotFoundError) else f"{error.name} 装载不了"
        return Finding(UNUSABLE, Level.ERROR, f"本机{what}", f"排版引擎 {engine.name} 要用它：{_INSTALL}")
    return None
