"""Why a batch cannot go on as a whole, told in Chinese; what is wrong with one unit is a finding instead."""

from __future__ import annotations


class SourceError(Exception):
    """A source that cannot be meant: wrong use of the command."""


class BusyError(Exception):
    """Another batch is writing into the output folder."""


class ClusterError(Exception):
    """The cluster cannot be reached, or was lost."""
