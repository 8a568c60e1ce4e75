"""The final account of a unit (决算) as primary facts."""
