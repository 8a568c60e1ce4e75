"""Reading what a clerk writes: values with their places, and everything wrong with the shape."""
