"""Flask helpers that know no feature."""
