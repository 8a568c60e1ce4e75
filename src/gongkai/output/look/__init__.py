"""The look of a pack for all outputs: its style sheet, its faces, the colours of its bars."""
