"""Reads of the numbers of one engagement."""
