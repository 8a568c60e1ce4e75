"""The facts of a budget from its eleven tables."""
