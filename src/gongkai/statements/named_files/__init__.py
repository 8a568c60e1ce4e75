"""What one file states of a year that another file states as well: 上年数, 年初预算, 完成值."""
