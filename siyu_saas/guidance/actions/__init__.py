"""Taking up checklists, giving evidence, reviewing it."""
