"""Reports of what was found: the same findings as text, JSON, SARIF, a sheet to sign (XLSX) and a page (HTML)."""
