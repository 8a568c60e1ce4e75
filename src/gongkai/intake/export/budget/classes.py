"""The columns of the table of projects (项目支出)."""

ECONOMIC_CLASSES = ("301", "302", "303", "307", "309", "310", "311", "312", "313", "399")
"""部门预算支出经济分类 类, each with a column of its own."""
