"""Facts between bounds: what the sums that contain them leave possible."""
