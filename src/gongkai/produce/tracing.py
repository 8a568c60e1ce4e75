"""A file's document with the origin of every amount in it: for the clerk's own eyes, never to be published."""

from __future__ import annotations

from gongkai.document.compose import render_disclosure
from gongkai.document.parse import parse_document
from gongkai.intake.named_files.told import told
from gongkai.intake.read import DataFile
from gongkai.model.traced import traced
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.ledger import Ledger
from gongkai.trace.printed import printed_amounts
from gongkai.trace.sources import FileSources
from gongkai.trace.tracing import Tracing


def trace_document(source: DataFile, pack: AssembledPack) -> Tracing:
    """The document of a file that was read and checked. Raises FindingsError as ``render_disclosure`` does."""
    ledger = Ledger()
    document = parse_document(render_disclosure(traced(source.model), pack, ledger))
    return Tracing(document, printed_amounts(document, ledger), sources_of(source))


def sources_of(source: DataFile) -> FileSources:
    """What knows the places of a file, and of the files that it names."""
    named = {id(file): FileSources(file.tree, file.model.names) for file in source.named}
    supplied = {
        path: (told_by.named.link.key, named[id(told_by.named)], told_by.amount, told_by.sealed)
        for path, told_by in told(source.tree, source.named).items()
    }
    return FileSources(source.tree, source.model.names, supplied)
