"""The pictures of the README, taken from the running demo. What the finished merchant shows never changes; what the
others show depends on the day, as their story ends today."""

from __future__ import annotations

import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from siyu_saas.config import ROOT
from tests.browser.people import BOSS, CONSULTANT, DESK, PHONE, sign_in
from tests.browser.played import played_instance
from tests.browser.product import running_product

FOLDER = ROOT / "docs" / "pictures"
QUALITY = 82


@dataclass(frozen=True)
class Picture:
    """`click` names a link or button to follow first; `top` is what the picture begins with."""

    name: str
    who: str
    path: str
    size: dict[str, int]
    click: str = ""
    top: str = ""


PICTURES = (
    Picture("cockpit", CONSULTANT, "/", DESK),
    Picture("home-phone", BOSS, "/t/nanshan/", PHONE),
    Picture("questionnaire-phone", "lead@ecofarm.example", "/t/ecofarm/e/1/diagnosis", PHONE, click="开始填写"),
    Picture("targets", CONSULTANT, "/t/qlyx/e/1/targets", DESK),
    Picture("plan", CONSULTANT, "/t/qlyx/e/1/plan", DESK),
    Picture("comparison", CONSULTANT, "/t/qlyx/e/1/comparison", DESK),
    Picture("report", CONSULTANT, "/t/qlyx/e/1/reports", DESK, click="第 3 版"),
)


def take(picture: Picture, browser: Browser, address: str) -> bytes:
    small = picture.size is PHONE
    page = browser.new_page(
        viewport=picture.size,
        device_scale_factor=1.5 if small else 1,
        reduced_motion="reduce",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    sign_in(page, address, picture.who)
    page.goto(address + picture.path)
    if picture.click:
        with page.expect_navigation():
            page.get_by_role("link", name=picture.click).or_(
                page.get_by_role("button", name=picture.click)
            ).first.click()
    page.wait_for_load_state("networkidle")
    taken = page.screenshot(animations="disabled", caret="hide")
    page.close()
    return taken


def compressed(taken: bytes) -> bytes:
    target = io.BytesIO()
    Image.open(io.BytesIO(taken)).convert("RGB").save(target, "WEBP", quality=QUALITY, method=6)
    return target.getvalue()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_product(played_instance(Path(folder))) as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            content = compressed(take(picture, browser, product.address))
            (FOLDER / f"{picture.name}.webp").write_bytes(content)
            print(f"{picture.name}.webp  {len(content) / 1024:.0f} KiB")
        browser.close()


if __name__ == "__main__":
    main()
