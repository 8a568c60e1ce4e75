"""Commands that answer a question: what the rules are, and where a printed figure comes from."""
