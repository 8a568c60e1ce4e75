"""What the figures of tables must add up to, and what is wrong at bottom where they do not."""
