"""One page of a long list, and the addresses of its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import request, url_for

LARGEST_PAGE = 10_000


@dataclass(frozen=True)
class Page:
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @cached_property
    def prev_url(self) -> str | None:
        return _address(self.page - 1) if self.page > 1 else None

    @cached_property
    def next_url(self) -> str | None:
        return _address(self.page + 1) if self.page < self.pages else None


def asked_page() -> int:
    """The page number in the address; anything else is the first page."""
    text = request.args.get("page", "1")
    return min(int(text), LARGEST_PAGE) or 1 if re.fullmatch("[0-9]{1,9}", text) else 1


def _address(page: int) -> str:
    """Here, with what was asked. The question is put behind the address, for names in it mean something to `url_for`."""
    asked = {**request.args.to_dict(), "page": page}
    return f"{url_for(request.endpoint, **request.view_args)}?{urlencode(asked)}"
