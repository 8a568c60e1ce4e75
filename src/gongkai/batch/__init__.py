"""The work on one unit from file to files; the ground for many units at once."""
