"""A made-up firm with six merchants, played through the same actions as people use."""
