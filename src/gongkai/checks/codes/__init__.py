"""Rules about codes: what is in the classification (政府收支分类科目), and for whom."""
