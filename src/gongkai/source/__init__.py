"""Text with places: what stands in a file and where, before anybody knows what it means."""
