"""What is typed into a plan."""
