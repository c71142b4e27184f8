"""Guidance: checklists with acceptance standards, the evidence for them, and who accepted it."""
