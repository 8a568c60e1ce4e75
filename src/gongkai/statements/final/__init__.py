"""What is derived from a final account (决算): its sums, its statements, what its explanations speak of."""
