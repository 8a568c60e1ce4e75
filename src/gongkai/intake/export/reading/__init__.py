"""Official tables found in the sheets of workbooks: which table, whose, its columns, its rows of figures."""
