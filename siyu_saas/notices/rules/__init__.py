"""Which kinds of messages there are, when they go out, and how group bots want to be spoken to."""
