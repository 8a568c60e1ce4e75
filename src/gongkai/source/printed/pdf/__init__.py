"""A PDF read as what a reader sees: characters and rules by their places, from which tables and paragraphs follow."""
