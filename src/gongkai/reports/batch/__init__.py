"""What became of the units of a batch: as text, as JSON, as a workbook, as a page of links."""
