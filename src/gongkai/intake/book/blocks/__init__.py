"""What a sheet of the book is built of: forms, grids, lists, entries by code, 科目 by source, texts."""
