"""What stands behind claims: the figures of tables that they should be, the wholes of shares, rates recomputed."""
