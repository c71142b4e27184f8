"""What people do with the firm's own questionnaires."""
