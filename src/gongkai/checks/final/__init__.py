"""Rules of a final account (决算)."""
