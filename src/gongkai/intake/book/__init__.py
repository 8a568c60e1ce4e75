"""The fill-in book (填报簿): a data file as a workbook, by one table of its sheets for both directions."""
