"""Content that a browser could take for a page."""

import re

_MARKUP = re.compile(
    rb"\A(\xef\xbb\xbf)?\s*<[a-z!?/]"  # opens like a page or a drawing
    rb"|<\s*(!doctype|\?xml|html|head|body|script|svg|iframe)\b",
    re.IGNORECASE,
)


def holds_markup(head: bytes) -> bool:
    """`head` is the part of a file that browsers sniff: its first kilobyte."""
    return _MARKUP.search(head) is not None
