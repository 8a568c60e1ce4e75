"""One file through all of it: read, checked, rendered, written."""
