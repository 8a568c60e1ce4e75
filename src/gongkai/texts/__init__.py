"""What a text is, whoever wrote it: its plain form, and many words looked for in it at once."""
