"""Names that were changed: the register of them, the old ones found in packs and data, the new ones written."""
