"""Notices: facts that rooms record become messages for the people they concern, once, and not in a flood."""
