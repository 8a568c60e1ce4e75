"""Lines of running text: where they end, how many stand on a page."""
