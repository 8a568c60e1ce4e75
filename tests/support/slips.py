"""The slips of a text editor, put into valid files."""

from __future__ import annotations

import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


GALLERY = ROOT / "tests" / "errors"


EXAMPLES = [ROOT / "examples" / f"{name}.yaml" for name in ("kezhou-swj-2024-budget", "bozhou-swj-2024-final")]


VALID = (GALLERY / "valid.yaml").read_text(encoding="utf-8")


SLIPS = (
    *"：:，,[]{}\"'“”#&*!|>%@`-? \t\u3000\u200bO１.¥\\",
    *("- ", "? ", "---\n", "<<: ", "&a ", "*a", "!!str ", "|-\n", "null"),
)


def with_slips(text: str, chance: random.Random) -> str:
    """The text with one to three lines or characters lost, doubled, moved, or typed by mistake."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        number = chance.randrange(len(lines))
        line = lines[number]
        at = chance.randrange(len(line) + 1)
        match chance.randrange(6):
            case 0:
                del lines[number]
            case 1:
                lines.insert(chance.randrange(len(lines)), line)
            case 2:
                lines[number] = chance.choice(["  ", "\t", "\u3000"]) + line
            case 3:
                lines[number] = line.lstrip()
            case 4:
                lines[number] = line[:at] + chance.choice(SLIPS) + line[at:]
            case _:
                lines[number] = line[:at] + line[at + 1 :]
    return "\n".join(lines)
