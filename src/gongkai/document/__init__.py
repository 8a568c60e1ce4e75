"""The one semantic HTML document from which every output is made."""
