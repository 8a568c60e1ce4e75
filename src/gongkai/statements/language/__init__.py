"""Expressions (式), with which a pack says what stands in a table: read, held against the names, reckoned."""
