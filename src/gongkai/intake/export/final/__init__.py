"""The facts of a final account from its nine tables."""
