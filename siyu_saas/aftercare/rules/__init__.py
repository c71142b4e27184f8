"""The know-how of closing well."""
