"""Finished documents (PDF, DOCX, workbooks) read as what a reader sees: paragraphs and tables, with their places."""
