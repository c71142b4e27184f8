"""Everything that leaves the house on paper: frozen data, a page, and from it one PDF with a code to verify it by."""
