"""What each official table is known by: titles, headers, columns."""
