"""Which workspaces a person may enter, and what is in them."""
