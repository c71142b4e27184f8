"""What is typed for items and texts, campaigns, content, groups and procedures."""
