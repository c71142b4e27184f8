"""What people and jobs do with numbers."""
