"""What designers of packs ask: what a pack is made of, where two differ, what is wrong with the templates."""
