"""Content packs, read and checked; plain Python."""
