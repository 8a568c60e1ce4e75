"""What the running text of a document claims, and the rules that hold it against tables and against itself."""
