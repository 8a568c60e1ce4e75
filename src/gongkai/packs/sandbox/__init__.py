"""Where the templates of a pack run: with the names that are given to them, and within bounds."""
