"""What is typed in workspaces."""
