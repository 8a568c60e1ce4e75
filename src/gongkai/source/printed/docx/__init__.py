"""Word documents (.docx) read as what a reader sees once every tracked change is accepted."""
