"""Chromium 107 in the size of a phone, with a storage that outlives its process, however that ends."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from siyu_saas.config import ROOT
from tests.browser.complaints import complaints_of
from tests.browser.people import PHONE

OLD_CHROMIUM = ROOT / ".venv" / "chromium-107.0.0" / "chromium"
ALONE = ["--no-sandbox", "--disable-gpu", "--headless", "--single-process", "--no-zygote"]
ON_DISK_SECONDS = 30
POLL_SECONDS = 0.1


class OldPhone:
    """This engine was built for one process and no GPU, so that one process is all there is to kill."""

    def __init__(self, playwright: Playwright, address: str, storage: Path) -> None:
        self.playwright, self.address, self.storage = playwright, address, storage
        self.complaints: list[str] = []
        self.context: BrowserContext | None = None

    def open(self) -> Page:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.storage),
            executable_path=str(OLD_CHROMIUM),
            args=ALONE,
            viewport=PHONE,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        page = self.context.pages[0]
        self.complaints = complaints_of(page, self.address)
        return page

    def wait_until_stored(self, text: str) -> None:
        """The engine writes what pages keep to its disk after a moment of its own."""
        deadline = time.monotonic() + ON_DISK_SECONDS
        while not any(
            text.encode() in path.read_bytes() for path in self.storage.glob("**/Local Storage/leveldb/*.log")
        ):
            assert time.monotonic() < deadline, "the engine never stored it"
            time.sleep(POLL_SECONDS)

    def kill(self) -> None:
        """As the system of a phone does it: without a word to the page."""
        for pid in self._processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.context is not None:
            with suppress(Error):
                self.context.close()
            self.context = None

    def _processes(self) -> list[int]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"--user-data-dir={self.storage}".encode() in (folder / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
        return found
