"""Running text read as claims: its words in one spelling, its sections, sentences and subjects."""
