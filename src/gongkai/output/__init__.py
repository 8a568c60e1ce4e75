"""The one document into PDF, DOCX and HTML, and files that appear whole or not at all."""
