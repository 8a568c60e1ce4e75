"""Adding floats from left to right on every Python.

Since Python 3.12 ``sum`` corrects the rounding of floats as it goes; before, it did not. The last bit of a width
then differs, and with it a digit in the PDF. The renderer and our own measuring add as written here, so that the
same document has the same bytes on every Python.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    added = sum
else:

    def added(values: Iterable[Any], /, start: Any = 0) -> Any:
        """What ``sum`` gives, each step rounded by itself."""
        return reduce(add, values, start)


def let_modules_add(package: str) -> None:
    """Let all modules of a package that are loaded add so: a name in a module comes before the language's own."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == package:
            module.sum = added  # type: ignore[attr-defined]
