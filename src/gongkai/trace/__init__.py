"""Where a printed amount comes from: what a document prints and where, and the facts of the file behind it."""
