"""From characters and rules to tables and paragraphs."""
