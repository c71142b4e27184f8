"""The two people of the story, and what they do again and again."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from siyu_saas.packs.demo import house

JOB_MS = 60_000
READABLE = "domcontentloaded"
FILL = """given => {
  for (const [name, values] of Object.entries(given)) {
    for (const value of values) {
      const box = document.querySelector(`input[name="${name}"][value="${value}"]`)
      const typed = "input:not([type=radio], [type=checkbox], [type=file]), textarea"
      const field = [...document.querySelectorAll(typed)].find(one => one.name === name)
      if (box) box.checked || box.click()
      else if (field) {
        field.value = value
        field.dispatchEvent(new Event("input", {bubbles: true}))
      }
    }
  }
}"""


@dataclass
class Story:
    """A consultant at her desk, a boss with his phone. `home` is the merchant's page; `code` the six digits of the boss."""

    address: str
    desk: Page
    phone: Page
    home: str = ""
    code: str = ""
    target: str = ""


def look(page: Page, address: str = "") -> None:
    """Opens an address, or the same page once more. Whoever can read and press a button does not wait for pictures."""
    page.goto(address or page.url.partition("#")[0], wait_until=READABLE)


def go(page: Page, to: Locator) -> None:
    """Clicks, and waits for the page that this leads to."""
    with page.expect_navigation(wait_until=READABLE):
        to.click()


def fill(page: Page, given: dict[str, tuple[str, ...]]) -> None:
    """Many fields of one form at once, by their names; as far as the page can tell they were clicked and typed into."""
    page.evaluate(FILL, given)


def consultant_signs(story: Story) -> None:
    _signs(story.desk, "登录密码", house()["password"], "已签署")


def boss_signs(story: Story, *, told: str = "已签署") -> None:
    _signs(story.phone, "链接验证码", story.code, told)


def moves_on(story: Story) -> None:
    """To the next stage, now that everything for it is there."""
    look(story.desk, story.home + "stages")
    go(story.desk, story.desk.get_by_role("button", name="进入「"))


def says(page: Page, words: str) -> None:
    page.get_by_label("评论").fill(words)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("list").get_by_text(words)).to_be_visible()


def _signs(page: Page, proof: str, word: str, told: str) -> None:
    page.get_by_label(proof).fill(word)
    page.get_by_role("button", name="确认并签署").click()
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible()
