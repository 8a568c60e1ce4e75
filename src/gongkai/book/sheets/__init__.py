"""The sheets of the fill-in book: where everything stands, how it looks, what is reckoned in it."""
