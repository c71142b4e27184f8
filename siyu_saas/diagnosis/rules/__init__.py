"""Conditions, scores, findings and advice from answers. Source: domain B; plain Python."""
