"""A copy of a workbook with the findings in it: comments and colours at the cells, and a sheet that lists them."""
