"""Two documents or data files of one unit against each other: which facts changed, and which sentences."""
