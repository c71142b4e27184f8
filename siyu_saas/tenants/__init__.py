"""Firms, their merchants, engagements, memberships, and the door into a workspace."""
