"""Diagnoses of the workspace in scope, their sheets and findings."""
