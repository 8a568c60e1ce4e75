"""Pictures that a pack brings: read within bounds, and written anew of nothing but what draws."""
