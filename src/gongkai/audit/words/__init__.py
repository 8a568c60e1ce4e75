"""Rules about words, pages and contents: what was left of a form, punctuation, names, what is missing."""
