"""Help that can be opened again: the five steps of the beginning, and the trade terms of the pack."""

from __future__ import annotations

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from siyu_saas.packs.library import pack
from siyu_saas.packs.shapes.playbook import Term
from siyu_saas.tenants.rules.search import search_key
from siyu_saas.web.forms import clean_line
from siyu_saas.web.routes import open_to

from .blueprint import overview

PACK = "base"  # every other pack builds on it
LONGEST = 40


@overview.get("/terms")
@login_required
@open_to("people")
def terms():
    typed = clean_line(request.args.get("q", "")[:LONGEST]) or ""
    key = search_key(typed)
    found = [
        one for one in pack(PACK).terms.values() if key in search_key("".join((one.title, *one.also, one.meaning)))
    ]
    return render_template("overview/terms.html", typed=typed, terms=found)


@overview.get("/tour")
@login_required
@open_to("people")
def tour():
    """One step a page; anything else than 1 to 5 is the first."""
    steps = _firm_steps() if g.firm_access else _merchant_steps()
    asked = request.args.get("step", "")
    at = int(asked) if asked in map(str, range(1, len(steps) + 1)) else 1
    title, words = steps[at - 1]
    return render_template(
        "overview/tour.html",
        title=title,
        words=words,
        at=at,
        count=len(steps),
        before=url_for(".tour", step=at - 1) if at > 1 else None,
        after=url_for(".tour", step=at + 1) if at < len(steps) else None,
    )


@overview.app_template_global("term")
def term(key: str) -> Term:
    """For `ui.term(term("parcel_card"))` beside the word."""
    return pack(PACK).terms[key]


def _firm_steps() -> list[tuple[str, str]]:
    return [
        (
            _("商家列表：谁最需要你"),
            _("列表按需要程度排好，每家写明原因：等我们、等商家、逾期几天。从最上面一家开始处理。"),
        ),
        (
            _("商家首页：轮到谁"),
            _("「下一步」只说一件事和不做的后果。「球在谁手里」分清你们和商家各自要做的，对方的事可以点「提醒」。"),
        ),
        (_("四个阶段往前走"), _("诊断、共创目标与计划、指导、收官。缺什么，首页会先列出来，齐了才进入下一阶段。")),
        (_("双方签过的才算数"), _("合作说明、目标、计划和报告都要双方签署，改动会留下新旧版本，谁改了什么一眼看清。")),
        (_("找东西和快捷键"), _("按 ⌘K 搜任意商家，拼音首字母也行；按 ? 看全部快捷键；不懂的词在「术语」里查。")),
    ]


def _merchant_steps() -> list[tuple[str, str]]:
    return [
        (_("首页：先看「下一步」"), _("每次打开只看最上面一句：轮到谁、做什么、不做会怎样。点按钮直接去做。")),
        (
            _("等你们和等顾问"),
            _("「等你们」是你们店要做的，「等顾问」是我们要做的，超过日期会标红，两边都可以提醒对方。"),
        ),
        (_("诊断和目标一起定"), _("先填问卷，不会的写「暂时不知道」；再一起商量目标，同意了才签，不作为考核。")),
        (
            _("照着清单做，传截图"),
            _("每一项写明怎样算做到、怎么做、好的例子。做完拍照或截图上传，顾问验收；没到位会说清缺什么。"),
        ),
        (_("数据和报告"), _("每周传一次数据，看做之前和做之后的变化；阶段报告可以下载，转给合伙人。")),
    ]
