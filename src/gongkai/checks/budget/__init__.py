"""Rules of a budget (预算)."""
