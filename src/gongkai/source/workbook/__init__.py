"""Workbooks (.xlsx, .xls) as cells with places, before anybody knows what they mean."""
