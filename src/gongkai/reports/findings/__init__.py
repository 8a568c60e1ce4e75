"""The findings of a run: for the screen, for other programs, for a reviewer who signs."""
