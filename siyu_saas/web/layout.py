"""What every page's frame needs: the product's name, where one can go, and where one was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import Flask, g, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.config import Settings

RECENT = 3
TARGET_PAGES = ("/targets", "/comparison", "/baselines", "/calculators", "/data")
TABS = 4


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    icon: str
    href: str
    current: bool = False
    count: int | None = None
    count_url: str | None = None


def init_layout(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals["ui"] = app.jinja_env.get_template("components/ui.html").module
    brand = {"name": settings.product_name, "mark": settings.product_mark}

    @app.context_processor
    def frame() -> dict:
        return {"brand": brand, "theme": "auto", **(_frame_of_person() if _signed_in() else {}), **_look_of_firm()}


def remember_workspace(slug: str, name: str) -> None:
    """Keeps the last few workspaces in the person's own cookie: no query on any page."""
    recent = [[slug, name], *(entry for entry in session.get("recent", []) if entry[0] != slug)][:RECENT]
    if recent != session.get("recent"):
        session["recent"] = recent


def _look_of_firm() -> dict:
    """A firm with a mark of its own stands in the product's place, a firm with a colour brings its style sheet."""
    access = g.get("access")
    house = getattr(access or g.get("firm_access"), "house", None)
    if house is None:
        return {}
    look: dict = {"brand": {"name": house.name, "mark": house.mark}} if house.mark else {}
    if house.accent:
        endpoint = "workspace.theme" if access else "firm.firm_theme"
        look["theme_sheet"] = url_for(endpoint, v=house.sheet)
    return look


def _signed_in() -> bool:
    """Not asked again where the request stopped before the person was known: an error page makes no query."""
    return "_login_user" in g and current_user.is_authenticated


def _frame_of_person() -> dict:
    user = current_user.user
    access, firm = g.get("access"), g.get("firm_access")
    links = _workspace_links(request.path) if access else _house_links(request.path, firm)
    return {
        "theme": user.theme,
        "me": {"name": user.name, "initial": user.name[:1]},
        "nav": links,
        "tabs": links[:TABS],
        "nav_rest": links[TABS:],
        "recent": [
            Link(
                name,
                "building-store",
                url_for("overview.workspace", tenant=slug),
                access is not None and access.slug == slug,
            )
            for slug, name in session.get("recent", [])
        ],
        "leave_preview_url": url_for("workspace.end_preview") if access and access.preview else None,
        **_own_urls(request.script_root),
    }


@cache
def _own_urls(_mounted_at: str) -> dict[str, str]:
    """Addresses that are the same for everybody."""
    return {
        "sign_out_url": url_for("account.sign_out"),
        "theme_url": url_for("account.theme"),
        "account_url": url_for("account.show"),
    }


def _house_links(here: str, firm) -> list[Link]:
    links = [Link(_("商家"), "building-store", url_for("overview.home"), here == "/")]
    if firm is not None and firm.may("staff.see"):
        staff = url_for("firm.staff")
        links.append(Link(_("同事"), "users", staff, here.startswith(staff)))
    if firm is not None and firm.may("questionnaire.edit"):
        own = url_for("questionnaires.shelf")
        links.append(Link(_("问卷"), "checklist", own, here.startswith(own)))
    if firm is not None and firm.may("firm.edit"):
        profile = url_for("firm.profile")
        links.append(Link(_("机构资料"), "building", profile, here == profile))
    if firm is not None and firm.may("audit.export"):
        history = url_for("history.of_firm")
        links.append(Link(_("操作记录"), "history", history, here == history))
    if firm is not None and firm.may("job.see"):
        links.append(Link(_("卡住的任务"), "alert-triangle", url_for("firm.jobs"), here == "/firm/jobs"))
    return [*links, _inbox_link(here)]


def _workspace_links(here: str) -> list[Link]:
    home, files, people = url_for("overview.workspace"), url_for("workspace.files"), url_for("workspace.people")
    in_plan, in_diagnosis = "/plan" in here, "/diagnosis" in here
    library = url_for("playbook.shelf")
    in_targets = any(part in here for part in TARGET_PAGES)
    elsewhere = in_plan or in_diagnosis or in_targets
    return [
        Link(_("商家首页"), "home", home, here == home or ("/e/" in here and not elsewhere)),
        Link(_("诊断"), "clipboard-list", url_for("diagnosis_front.latest"), in_diagnosis),
        Link(_("目标与数据"), "target-arrow", url_for("targets_front.latest"), in_targets),
        Link(_("计划"), "timeline", url_for("plan_front.latest"), in_plan),
        Link(_("资料"), "file-text", files, here.startswith(files)),
        Link(_("方法库"), "book", library, here.startswith(library)),
        Link(_("成员"), "users", people, here.startswith(people)),
        Link(_("全部商家"), "building-store", url_for("overview.home")),
        _inbox_link(here),
    ]


def _inbox_link(here: str) -> Link:
    """Its number is asked for after the page, so that no page waits for it."""
    inbox = url_for("notices.show")
    return Link(_("收件箱"), "inbox", inbox, here == inbox, count_url=url_for("notices.count"))
