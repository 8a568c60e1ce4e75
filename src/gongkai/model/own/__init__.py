"""Facts that a pack declares (事实, 比较): they become fields of the data file's model, so that all else knows them."""
