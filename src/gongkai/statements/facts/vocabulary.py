"""The names in which a kind of document speaks of its amounts: measures (量), and the dimensions (维度) of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gongkai.catalog import Catalogue


@dataclass(frozen=True, slots=True)
class Dimension:
    """What amounts are divided by. ``values`` are all that there are, ``sets`` are names for several of them.

    One whose values are ``codes`` has no list but a catalogue: a code means everything under it (201 is all of its
    款 and 项). Those of ``records`` are entries of a list of the file, by their number. ``listed`` is the name of the
    list of the file that has an entry for each value.
    """

    name: str
    meaning: str
    values: tuple[str, ...] = ()
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Callable[[], Catalogue] | None = None
    records: bool = False
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount that a file states in many places (万元), by its name and that of a comparison ('' for this year).

    ``dimensions`` are the names of those that each of its amounts has. ``together`` are values of further ones that
    it has in one amount only: last year's of own and upper level is asked for together, or not at all.
    """

    name: str
    comparison: str
    dimensions: tuple[str, ...]
    meaning: str
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values of dimensions beside which it is stated in part only: nothing else may be asked of it."""
    counted: bool = False
    """Whether it is a number of things, and no money."""


@dataclass(frozen=True)
class Vocabulary:
    """All dimensions and measures of a kind of document."""

    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Dimension]:
        """The dimensions by name."""
        return {dimension.name: dimension for dimension in self.dimensions}

    @cached_property
    def of_measure(self) -> Mapping[str, Mapping[str, Measure]]:
        """The measures by name, then by comparison."""
        found: dict[str, dict[str, Measure]] = {}
        for measure in self.measures:
            found.setdefault(measure.name, {})[measure.comparison] = measure
        return found

    def with_measures(self, more: tuple[Measure, ...]) -> Vocabulary:
        """The same with further measures, as a pack declares them."""
        return Vocabulary(self.dimensions, (*self.measures, *more))
