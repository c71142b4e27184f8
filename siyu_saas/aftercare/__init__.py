"""What remains when the service period ends: qualities before and after, feedback, advice, inquiries, satisfaction."""
