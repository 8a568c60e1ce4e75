"""The figures as open data (开放数据)."""
