"""The consultant's list of merchants and the home of one merchant."""
