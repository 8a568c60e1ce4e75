"""Workbooks of the older kind (.xls, .et): records in a stream of a compound file."""
