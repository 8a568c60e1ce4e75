"""Helpers of the tests: what several of them share. Tests import nothing of each other."""
