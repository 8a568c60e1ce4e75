"""Gongkai 公开: budget and final-account disclosures of government units, from data to print.

For programs: ``check`` reads and checks one data file, ``render`` writes its disclosure, ``audit_document`` looks
for mistakes in a finished one; all return a ``Result`` with everything found. Nothing is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.api import audit_document, check, render
    from gongkai.findings import Finding, Level, Place
    from gongkai.result import Result

__all__ = ["Finding", "Level", "Place", "Result", "audit_document", "check", "render"]
__version__ = "0.2.0"

_WHERE = {
    "audit_document": "api",
    "check": "api",
    "render": "api",
    "Finding": "findings",
    "Level": "findings",
    "Place": "findings",
    "Result": "result",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that has it."""
    if name not in _WHERE:
        raise AttributeError(f"module 'gongkai' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"gongkai.{_WHERE[name]}"), name)
