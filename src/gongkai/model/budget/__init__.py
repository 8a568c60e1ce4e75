"""The budget of a unit (预算) as primary facts."""
