"""What is done about messages, bots and calendars."""
