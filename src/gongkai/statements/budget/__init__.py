"""What is derived from a budget (预算): its sums, its tables, what its explanations speak of."""
