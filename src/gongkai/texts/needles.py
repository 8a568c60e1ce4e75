"""Many words looked for in a text at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def runs(text: str, length: int) -> Iterator[str]:
    """Every run of so many characters in a text."""
    return (text[at : at + length] for at in range(len(text) - length + 1))


class Needles:
    """Words of two characters and more; how long a search takes depends on the text, not on how many they are."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, dict[int, set[str]]] = {}
        for word in words:
            self._by_start.setdefault(word[:2], {}).setdefault(len(word), set()).add(word)

    def found(self, text: str) -> set[str]:
        """Those of the words that stand in the text."""
        found: set[str] = set()
        for at in range(len(text) - 1):
            for length, words in self._by_start.get(text[at : at + 2], {}).items():
                if (run := text[at : at + length]) in words:
                    found.add(run)
        return found
