"""What every page's frame needs: the product's name, where one can go, and where one was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from flask import Flask, current_app, g, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from siyu_saas.config import Settings

RECENT = 3
TABS = 4


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    icon: str
    href: str
    current: bool = False
    count: int | None = None
    count_url: str | None = None
    go: str = ""  # the key that leads there after `g`


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a workspace's rail; `rooms` are the parts of addresses that belong to it."""

    label: str
    icon: str
    endpoint: str
    permission: str
    rooms: frozenset[str]


# In the order of the work; the first four are the tabs of a phone.
PLACES = (
    Place(
        "首页",
        "home",
        "overview.workspace",
        "workspace.see",
        frozenset({"", "one-page", "stages", "charter", "channels"}),
    ),
    Place("诊断", "clipboard-list", "diagnosis.show", "diagnosis.see", frozenset({"diagnosis"})),
    Place(
        "目标与数据",
        "target-arrow",
        "targets.board",
        "target.see",
        frozenset({"targets", "comparison", "baselines", "calculators"}),
    ),
    Place("计划", "timeline", "plan.show", "plan.see", frozenset({"plan", "nudge", "waits"})),
    Place(
        "指导清单",
        "checklist",
        "guidance.show",
        "item.see",
        frozenset({"checklists", "items", "campaigns", "content", "groups", "texts", "tags", "procedures"}),
    ),
    Place("经营数据", "database-import", "data.show", "data.see", frozenset({"data"})),
    Place("报告", "report-analytics", "reports.index", "report.see", frozenset({"reports", "briefs"})),
    Place("讨论", "message", "talk.threads", "comment.see", frozenset({"talk"})),
    Place("资料", "file-text", "workspace.files", "file.see", frozenset({"files", "papers"})),
    Place("方法库", "book", "playbook.shelf", "library.see", frozenset({"library"})),
    Place("成员", "users", "workspace.people", "member.see", frozenset({"people", "record"})),
    Place("收官与长期", "mood-smile", "aftercare.show", "aftercare.see", frozenset({"aftercare"})),
)


def init_layout(app: Flask, settings: Settings) -> None:
    components = app.jinja_env.get_template("components/ui.html").module
    app.jinja_env.globals |= {"ui": components, "key_list": components.keys()}  # the same on every page: made once
    app.jinja_env.globals["nav_list"] = nav_list
    brand = {"name": settings.product_name, "mark": settings.product_mark}

    @app.context_processor
    def frame() -> dict:
        return {"brand": brand, "theme": "auto", **(_frame_of_person() if _signed_in() else {}), **_look_of_firm()}


@lru_cache(maxsize=512)
def nav_list(links: tuple[Link, ...]) -> Markup:
    """The same for everybody who may go to the same places."""
    return Markup(current_app.jinja_env.get_template("layouts/_nav_items.html").render(items=links))


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
        "recent": tuple(
            Link(
                name,
                "building-store",
                url_for("overview.workspace", tenant=slug),
                access is not None and access.slug == slug,
            )
            for slug, name in session.get("recent", [])
        ),
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
        "search_url": url_for("overview.search"),
        "tour_url": url_for("overview.tour"),
        "terms_url": url_for("overview.terms"),
    }


def _house_links(here: str, firm) -> tuple[Link, ...]:
    links = [Link(_("商家"), "building-store", url_for("overview.home"), here == "/", go="p")]
    if firm is not None and firm.may("item.review"):
        reviews = url_for("reviewing.queue")
        links.append(Link(_("待验收"), "eye-check", reviews, here == reviews))
    if firm is not None and firm.may("staff.see"):
        staff = url_for("firm.staff")
        links.append(Link(_("同事"), "users", staff, here.startswith(staff)))
    if firm is not None and firm.may("questionnaire.edit"):
        own = url_for("questionnaires.shelf")
        links.append(Link(_("问卷"), "checklist", own, here.startswith(own)))
    if firm is not None and firm.may("load.see"):
        load = url_for("overview.load")
        links.append(Link(_("团队负荷"), "chart-histogram", load, here == load))
    if firm is not None and firm.may("firm.edit"):
        profile = url_for("firm.profile")
        links.append(Link(_("机构资料"), "building", profile, here == profile))
    if firm is not None and firm.may("audit.export"):
        history = url_for("history.of_firm")
        links.append(Link(_("操作记录"), "history", history, here == history))
    if firm is not None and firm.may("job.see"):
        links.append(Link(_("卡住的任务"), "alert-triangle", url_for("firm.jobs"), here == "/firm/jobs"))
    return (*links, _inbox_link(here))


def _workspace_links(here: str) -> tuple[Link, ...]:
    access = g.access
    open_to_role = tuple(access.may(place.permission) for place in PLACES)
    return _links(access.slug, _number_shown(), open_to_role, _room_of(here), request.script_root)


def _number_shown() -> int | None:
    """Of the service period whose pages the rail leads to."""
    engagement = g.get("engagement")
    return engagement.number if engagement is not None else g.get("shown_number")


def _room_of(here: str) -> str:
    """`/t/dress/e/1/plan/list` is in `plan`, `/t/dress/files` in `files`, the home in nothing."""
    _empty, _t, _slug, *rest = here.split("/")
    return ([*rest[2:], ""] if rest[0] == "e" else rest)[0]


@lru_cache(maxsize=2_048)
def _links(
    slug: str, number: int | None, open_to_role: tuple[bool, ...], room: str, _mounted_at: str
) -> tuple[Link, ...]:
    """Building an address costs more than looking it up. Where no service period is at hand, a page finds the newest."""
    places = [place for place, shown in zip(PLACES, open_to_role, strict=True) if shown]
    links = [Link(_(one.label), one.icon, _href(one.endpoint, slug, number), room in one.rooms) for one in places]
    return (*links, _inbox_link(), Link(_("全部商家"), "building-store", url_for("overview.home"), go="p"))


def _href(endpoint: str, slug: str, number: int | None) -> str:
    if not current_app.url_map.is_endpoint_expecting(endpoint, "number"):
        return url_for(endpoint, tenant=slug)
    if number is None:
        return url_for("overview.newest", tenant=slug, page=endpoint)
    return url_for(endpoint, tenant=slug, number=number)


def _inbox_link(here: str = "") -> Link:
    """Its number is asked for after the page, so that no page waits for it."""
    inbox = url_for("notices.show")
    return Link(_("收件箱"), "inbox", inbox, here == inbox, count_url=url_for("notices.count"), go="i")
