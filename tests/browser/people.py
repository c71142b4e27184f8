"""What people do with their hands: sign in, upload, ask for the archive."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from siyu_saas.packs.demo import house

OWNER, CONSULTANT = "owner@demo.siyu.example", "consultant@demo.siyu.example"
BOSS = "boss@nanshan.example"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 740}


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("邮箱").fill(email)
    page.get_by_label("密码").fill(house()["password"])
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def begin_period(page: Page, address: str, slug: str) -> None:
    """A fresh service period beside the one that the demo plays; its number is 2. Done once however many tests ask."""
    if page.request.get(f"{address}/t/{slug}/e/2/").status == 404:
        page.goto(f"{address}/t/{slug}/engagements/new")
        page.get_by_label("名称").fill("第二期")
        page.get_by_role("button", name="新建服务期").click()
        page.wait_for_url(lambda url: not url.endswith("/new"))


def take_up(page: Page, address: str, slug: str, *checklists: str) -> None:
    """Puts checklists into the fresh service period, those that are not there yet."""
    begin_period(page, address, slug)
    place = f"{address}/t/{slug}/e/2/checklists"
    page.goto(place)
    for key in checklists:
        if page.locator(f"#{key}").count() == 0:
            send(page, place, key=key)


def send(page: Page, where: str, **form: str) -> None:
    """What a form on the page would send."""
    token = page.locator("input[name=csrf_token]").first.get_attribute("value")
    answer = page.request.post(where, multipart={"csrf_token": token, **form}, max_redirects=0)
    assert answer.status == 302, answer.text()[:500]


def upload(page: Page, address: str, name: str) -> None:
    """`name` has to be new in the workspace, otherwise the list proves nothing."""
    page.goto(f"{address}/t/nanshan/files")
    expect(page.get_by_role("link", name=name)).to_have_count(0)
    content = "日期,人数\n2026-04-01,12\n".encode()
    page.get_by_label("资料", exact=True).set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="上传资料").click()
    expect(page.get_by_role("table").get_by_role("link", name=name)).to_be_visible()


def ask_for_archive(page: Page) -> None:
    """Leaves the person on the page of the job: the files page may still show an older one."""
    page.get_by_role("button", name="打包全部资料").click()
    page.wait_for_url("**/jobs/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("打包工作区资料")
