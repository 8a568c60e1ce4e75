"""Template packs: finding, inheriting, validating and rendering them. A pack is data, never code."""
