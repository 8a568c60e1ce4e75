"""From the figures of the tables to the facts of a data file, for either kind of document."""
