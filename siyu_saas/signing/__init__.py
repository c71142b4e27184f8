"""The one signing object: a frozen text in a chain of versions, signed by both sides."""
