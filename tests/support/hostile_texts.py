"""Texts for the cells of books, and for YAML."""

HOSTILE = (
    "=100%", "=1+1", "+1", "-1", "@SUM(A1)", "_x000D_", "_x0041_", "1-2", "2024-02-25", "3/4", "007", "1e5", "TRUE",
    "是", "#REF!", "'单引号", '"双引号"', "a\nb", "第一行\n\n第三行", "～", "~", "null", "- 一", "# 三", "键: 值",
    "合计", "注：说明", "[1]", "{a}", "100%", "12.50", "1,234.56", "１２", "\u2003宽\u3000空", "𠮷野家", "&amp;", "<b>",
    "]]>", "项目#2", "%d{x}",
)  # fmt: skip
"""Texts that some program takes for something else."""
