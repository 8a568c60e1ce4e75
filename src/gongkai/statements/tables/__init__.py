"""Tables as data: what a table is, the form that a pack gives it, and figures filled into that form."""
