"""A browser that keeps asking for archives, whatever happens to the server meanwhile."""

from __future__ import annotations

import re
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from uuid import UUID

from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD, Shop

PATIENCE_SECONDS = 0.05
ANSWER_SECONDS = 10


class Asker:
    """`promised` are the jobs that the browser was answered for: none of them may be missing afterwards."""

    def __init__(self, address: str, shop: Shop) -> None:
        self.address, self.shop = address, shop
        self.promised: list[UUID] = []
        self.deadline = 0.0
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, count: int, *, until: float) -> None:
        """Until `count` jobs are promised or the monotonic clock says `until`, or `deadline` is brought forward."""
        self.deadline, token = until, None
        while len(self.promised) < count and time.monotonic() < self.deadline:
            try:
                token = token or self._sign_in()
                with self._open(f"/t/{self.shop.slug}/archive", csrf_token=token) as answer:
                    self.promised.append(UUID(answer.url.rstrip("/").rsplit("/", 1)[1]))
            except OSError:
                time.sleep(PATIENCE_SECONDS)

    def _sign_in(self) -> str:
        self._open("/sign-in", csrf_token=self._token(), email=self.shop.email(Role.LEAD), password=PASSWORD).close()
        return self._token()

    def _token(self) -> str:
        with self._open("/sign-in") as answer:
            return re.search(r'name="csrf-token" content="([^"]+)"', answer.read().decode())[1]

    def _open(self, path: str, **form: str):
        data = urllib.parse.urlencode(form).encode() if form else None
        return self.browser.open(self.address + path, data, timeout=ANSWER_SECONDS)
