"""Rules about words: what they say of figures, and how they are written."""
