"""Formulas of workbooks: read as they are written, and reckoned where they are only arithmetic."""
