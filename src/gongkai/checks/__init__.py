"""Rules that a careful reviewer applies to a unit's figures, one small function each."""
