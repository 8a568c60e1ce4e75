"""The audit: a finished document, whoever made it, is read and what is wrong in it is found."""
