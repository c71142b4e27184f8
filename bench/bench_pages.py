"""How fast a page stands on a phone: largest contentful paint in Chromium, throttled as Lighthouse's mobile profile is.

CPU four times slower, 150 ms of round trip, 1.6 Mbps; the cache is empty each time and the figure is the median. It needs
a quiet machine: what else runs on the two cores is in it. The same pages must be clean for axe.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.support import show
from tests.browser.people import BOSS, OWNER, PHONE, begin_period, sign_in
from tests.browser.played import played_instance
from tests.browser.product import running_product

VISITS = 7
SLOWER = 4
ROUND_TRIP_MS = 150
BYTES_A_SECOND = int(1.6 * 1024 * 1024 / 8)
FARM_BOSS = "boss@ecofarm.example"
SETTLED_MS = 600
FIRST_SETTLED = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().at(-1).startTime)).observe({type: 'largest-contentful-paint', buffered: true});
})"""
SHIFTED = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 50);
})"""


def main() -> None:
    one, _five, fifteen = os.getloadavg()
    print(f"load of the machine: {one:.1f} in the last minute, {fifteen:.1f} in the last fifteen")
    with tempfile.TemporaryDirectory(prefix="siyu-bench-") as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        with running_product(played_instance(Path(folder))) as product:
            _measure(chromium, product.address, "merchant's home", BOSS, _home, limit=1500)
            _send_questionnaires(chromium, product.address)
            _measure(chromium, product.address, "questionnaire page", FARM_BOSS, _questionnaire, limit=1800)
        chromium.close()


def _measure(
    browser: Browser, address: str, name: str, email: str, find: Callable[[Page, str], str], *, limit: float
) -> None:
    context = _phone(browser)
    page = context.new_page()
    sign_in(page, address, email)
    where = find(page, address)
    page.close()
    paints, shifts = zip(*(_visit(context, where) for _ in range(VISITS)), strict=True)
    show(
        f"{name}: LCP, median of {VISITS}, fastest {min(paints):.0f}, slowest {max(paints):.0f}",
        median(paints),
        limit,
        " ms",
    )
    show(f"{name}: layout shift", max(shifts), 0.02)
    page = context.new_page()
    page.goto(where)
    show(f"{name}: axe violations", len(Axe().run(page).response["violations"]), 0)
    context.close()


def _visit(context: BrowserContext, where: str) -> tuple[float, float]:
    """LCP in milliseconds and the sum of shifts of one visit with an empty cache."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND // 2,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(where, wait_until="load")
    page.wait_for_timeout(SETTLED_MS)
    found = page.evaluate(FIRST_SETTLED), page.evaluate(SHIFTED)
    page.close()
    return found


def _home(page: Page, address: str) -> str:
    page.goto(f"{address}/")
    return page.url


def _questionnaire(page: Page, address: str) -> str:
    page.goto(f"{address}/t/ecofarm/e/2/diagnosis")
    page.get_by_role("region", name="人货场资制").get_by_role("button", name="开始填写").click()
    page.wait_for_url("**/sheets/**")
    return page.url


def _send_questionnaires(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, address, OWNER)
    begin_period(page, address, "ecofarm")
    page.goto(f"{address}/t/ecofarm/e/2/diagnosis/runs/new")
    page.get_by_role("button", name="发给商家").click()
    page.wait_for_url("**/e/2/diagnosis")
    context.close()


def _phone(browser: Browser) -> BrowserContext:
    return browser.new_context(
        viewport=PHONE, device_scale_factor=1.75, is_mobile=True, locale="zh-CN", timezone_id="Asia/Shanghai"
    )


if __name__ == "__main__":
    main()
