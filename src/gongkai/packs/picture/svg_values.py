"""What may stand in the attributes of an SVG: each value read by its own small grammar and written anew.

A reader gives the value as it is to be written, or None for what is not of its grammar. References
(``url(#name)``) are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Reader = Callable[[str], str | None]

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_LENGTH = re.compile(rf"({_NUMBER})(px|pt|pc|mm|cm|in|%)?")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 960 / 25.4, "in": 96.0}
_LARGEST = 1e6
_SHORTEST_DASH = 0.1
_TOKEN = re.compile(rf"[\s,]*({_NUMBER})")
_FLAG = re.compile(r"[\s,]*([01])")
_COMMAND = re.compile(r"[\s,]*([MmZzLlHhVvCcSsQqTtAa])")
_OPERANDS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_FLAGS_OF_ARC = (3, 4)
_FUNCTION = re.compile(rf"[\s,]*(\w+)\s*\(((?:[\s,]*{_NUMBER})+)\s*\)")
_FUNCTIONS = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}
_HEXADECIMAL = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})")
_RGB = re.compile(r"rgb\(\s*([0-9]{1,3}%?)\s*,\s*([0-9]{1,3}%?)\s*,\s*([0-9]{1,3}%?)\s*\)")
_NAMED = frozenset({
    "black", "white", "red", "green", "blue", "yellow", "orange", "gold", "silver", "gray", "grey", "maroon",
    "purple", "fuchsia", "lime", "olive", "navy", "teal", "aqua", "brown", "crimson", "darkred",
    "darkblue", "darkgreen",
})  # fmt: skip


def numbers(text: str, count: int | None = None) -> list[float] | None:
    """The numbers of a list, so many of them; None where it is no such list."""
    found: list[float] = []
    at = 0
    while match := _TOKEN.match(text, at):
        found.append(float(match[1]))
        at = match.end()
    if text[at:].strip() or (count is not None and len(found) != count):
        return None
    return None if any(abs(number) > _LARGEST for number in found) else found


def written(number: float) -> str:
    """A number as it is written in a picture."""
    return f"{number:.6f}".rstrip("0").rstrip(".") if abs(number) >= 1e-6 else "0"


def pixels(text: str) -> float | None:
    """A length without share of anything, in the units of the picture."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None or match[2] == "%" or abs(float(match[1])) > _LARGEST:
        return None
    return float(match[1]) * _PIXELS[match[2] or "px"]


def length(text: str) -> str | None:
    """A length or a share."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None or abs(float(match[1])) > _LARGEST:
        return None
    if match[2] == "%":
        return f"{written(float(match[1]))}%"
    return written(float(match[1]) * _PIXELS[match[2] or "px"])


def share(text: str) -> str | None:
    """A number from 0 to 1, or a percentage."""
    text = text.strip()
    found = numbers(text.removesuffix("%"), 1)
    if found is None:
        return None
    return written(min(max(found[0] / (100 if text.endswith("%") else 1), 0), 1))


def colour(text: str) -> str | None:
    """A colour; of the names only common ones."""
    text = text.strip().lower()
    if text == "currentcolor":
        return "black"
    if _HEXADECIMAL.fullmatch(text) or text in _NAMED:
        return text
    match = _RGB.fullmatch(text)
    return None if match is None else f"rgb({', '.join(match.groups())})"


def paint(text: str) -> str | None:
    """A colour or none."""
    return "none" if text.strip().lower() in ("none", "transparent") else colour(text)


def dashes(text: str) -> str | None:
    """The lengths of dashes and gaps; nothing for a line without any."""
    if text.strip() == "none":
        return ""
    found = [pixels(each) for each in re.split(r"[\s,]+", text.strip())]
    known = [each for each in found if each is not None and each >= 0]
    if len(known) != len(found):
        return None
    if 0 < sum(known) < _SHORTEST_DASH:  # a long line would have more of them than any reader draws
        return None
    return " ".join(map(written, known)) if sum(known) else ""


def mitre(text: str) -> str | None:
    """The limit of a pointed corner."""
    found = numbers(text, 1)
    return written(found[0]) if found is not None and found[0] >= 1 else None


def pairs(text: str) -> str | None:
    """Points of a polygon."""
    found = numbers(text)
    return None if found is None or len(found) % 2 or not found else " ".join(map(written, found))


def transform(text: str) -> str | None:
    """Movements, turns and stretchings, one after the other."""
    found: list[str] = []
    at = 0
    while match := _FUNCTION.match(text, at):
        arguments = numbers(match[2])
        if arguments is None or len(arguments) not in _FUNCTIONS.get(match[1], ()):
            return None
        found.append(f"{match[1]}({' '.join(f'{number:.9g}' for number in arguments)})")
        at = match.end()
    return None if text[at:].strip(" \t\r\n,") else " ".join(found)


def path(text: str) -> str | None:
    """An outline, its commands with all their operands; figures that stood against each other are set apart."""
    found: list[str] = []
    at = 0
    while match := _COMMAND.match(text, at):
        if not found and match[1] not in "Mm":
            return None
        at = match.end()
        found.append(match[1])
        count = _OPERANDS[match[1].lower()]
        while count:
            operands, end = _operands(text, at, count, arc=match[1] in "Aa")
            if not operands and found[-1] != match[1]:
                break
            if len(operands) < count:
                return None
            found += operands
            at = end
    return None if text[at:].strip(" \t\r\n,") else " ".join(found)


def _operands(text: str, at: int, count: int, *, arc: bool) -> tuple[list[str], int]:
    """As many operands as there are from here, and where they end."""
    found: list[str] = []
    for number in range(count):
        match = (_FLAG if arc and number in _FLAGS_OF_ARC else _TOKEN).match(text, at)
        if match is None or abs(float(match[1])) > _LARGEST:
            break
        found.append(match[1])
        at = match.end()
    return found, at


def one_of(*words: str) -> Reader:
    """A reader of these words."""
    return lambda text: text.strip() if text.strip() in words else None


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """Names and values of a style that is written in an attribute."""
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip().lower(), value.strip().removesuffix("!important").strip()


PROPERTIES: Mapping[str, Reader] = {
    "fill": paint,
    "fill-opacity": share,
    "fill-rule": one_of("nonzero", "evenodd"),
    "stroke": paint,
    "stroke-opacity": share,
    "stroke-width": length,
    "stroke-linecap": one_of("butt", "round", "square"),
    "stroke-linejoin": one_of("miter", "round", "bevel"),
    "stroke-miterlimit": mitre,
    "stroke-dasharray": dashes,
    "stroke-dashoffset": length,
    "opacity": share,
    "stop-color": colour,
    "stop-opacity": share,
    "clip-rule": one_of("nonzero", "evenodd"),
    "display": one_of("none", "inline", "block"),
    "visibility": one_of("visible", "hidden"),
}
"""How a shape is painted, as an attribute or in its style."""
