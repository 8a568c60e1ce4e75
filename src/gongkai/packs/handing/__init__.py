"""Handing a pack on: what goes along, made into one file."""
