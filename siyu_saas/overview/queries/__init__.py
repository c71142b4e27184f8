"""Reads across a consultant's merchants, and what a merchant's home shows."""
