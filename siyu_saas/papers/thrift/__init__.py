"""What WeasyPrint does again for each of thousands of equal cells, done once. The bytes stay the same: see the tests.

Written for the very versions that are locked: with others nothing is replaced, and a test asks to look again.
"""

from __future__ import annotations

import pydyf
import weasyprint

from . import boxes, lines, writing
from .replacing import as_it_was

WRITTEN_FOR = ("70.0", "0.13.0")


def be_thrifty() -> bool:
    """Once for each process; False when another version is installed."""
    fits = (weasyprint.__version__, pydyf.__version__) == WRITTEN_FOR
    if fits and not as_it_was:
        for part in (boxes, lines, writing):
            part.install()
    return fits
