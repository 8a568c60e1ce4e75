"""Rules of every kind of document."""
