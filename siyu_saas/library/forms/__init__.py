"""Forms of the questionnaire editor."""
