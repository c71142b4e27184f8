"""What is typed about numbers."""
