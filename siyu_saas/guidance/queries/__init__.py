"""Reads of checklists, of one item with all about it, and of what waits for a reviewer."""
