"""What rules go over: every text, every reason with its two figures, what a secret project says."""
