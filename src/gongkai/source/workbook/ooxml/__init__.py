"""Workbooks of the newer kind (.xlsx): a package of XML parts, in either dialect, by whatever program."""
