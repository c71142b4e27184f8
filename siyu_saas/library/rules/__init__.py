"""What stands in the library, where it comes from, and how it is found; plain Python."""
