"""The official tables as pure data, derived from the model."""
