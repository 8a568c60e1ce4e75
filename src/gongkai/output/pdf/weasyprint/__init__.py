"""The PDF through WeasyPrint: everything that touches its insides is here."""
