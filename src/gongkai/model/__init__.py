"""What a disclosure's figures are: frozen models and the input contract made from them."""
