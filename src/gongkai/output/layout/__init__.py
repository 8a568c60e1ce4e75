"""How tables are made to fit their pages, whoever sets them: widths, heights, breaks, measures of text."""
