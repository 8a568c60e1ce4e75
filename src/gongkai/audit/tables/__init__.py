"""The tables of a finished document: what every cell says, by itself and against the others."""
