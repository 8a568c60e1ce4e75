"""Tables as packs declare them: rows, columns and totals from expressions, no function for any single table."""
