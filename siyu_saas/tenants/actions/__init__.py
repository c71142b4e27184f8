"""What people do with firms, workspaces and what is in them."""
