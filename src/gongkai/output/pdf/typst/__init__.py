"""The engine Typst: one wheel on every system, no library of the system."""
