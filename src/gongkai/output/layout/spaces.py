"""Spaces between blocks that style.yaml does not state, in points."""

ABOVE_SIGNATURE = 29.0
"""Between the text and the signature (落款): about a line."""
BELOW_TABLE = 6.0
"""Between a table, or its notes, and running text below it."""
ABOVE_PAGE_NUMBER = 14.0
"""Between the type area and the number of the page."""
