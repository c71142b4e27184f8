"""What axe finds on a page; by the browser's hand, so that the content policy stays whole."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
RUN = """rules => axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})})
  .then(found => found.violations.map(one => one.id + ": " + one.nodes.map(node => node.target.join(" ")).join(", ")))"""


def faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """All rules, or only the named ones. A document gets axe the first time."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    return page.evaluate(RUN, rules)
