"""Where else a service period is heard of: its group bots and its calendar."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from siyu_saas.core.clock import now
from siyu_saas.core.errors import NotReady, Refusal
from siyu_saas.core.queue import later
from siyu_saas.core.services import services
from siyu_saas.core.tokens import sign
from siyu_saas.notices.actions.bots import add_bot, let_be, remove_bot, say_again, unsure_before
from siyu_saas.notices.actions.bots import try_out as try_bot
from siyu_saas.notices.actions.feeds import make_feed, revoke_feed
from siyu_saas.notices.forms import BotForm
from siyu_saas.notices.jobs import post_to_bot
from siyu_saas.notices.models import Bot
from siyu_saas.notices.queries import bot_with, bots_of, feed_of, unsure_lines, waiting_counts
from siyu_saas.notices.rules.bots import platform_of
from siyu_saas.tenants.guards import may

from .blueprints import channels_pages
from .calendars import FEED


@channels_pages.get("")
@may("channel.edit")
def show():
    return _page(BotForm(formdata=None))


@channels_pages.post("/bots")
@may("channel.edit")
def add():
    form = BotForm()
    if not form.validate():
        return _page(form), 422
    try:
        add_bot(
            engagement_id=g.engagement.id,
            name=form.name.data,
            platform=platform_of(form.url.data),
            url=form.url.data,
            key=form.key.data or "",
            by=g.actor,
        )
    except NotReady as refusal:
        form.url.errors = [str(refusal)]
        return _page(form), 422
    flash(_("群机器人已添加，发一条试试"))
    return redirect(url_for(".show"))


@channels_pages.post("/bots/<uuid:bot_id>/test")
@may("channel.edit")
def try_out(bot_id: UUID):
    """While the person waits; what went wrong stays on the page. What waited is said as well."""
    bot, name = _bot_or_404(bot_id), g.access.name
    try:
        try_bot(bot.id, title=name, text=_("**%(name)s**\n收到这条消息，说明提醒已经接好。", name=name))
    except Refusal as refusal:
        flash(_("没有发出去：%(reason)s", reason=refusal), "error")
    else:
        later(post_to_bot, bot_id=str(bot.id))
        flash(_("已发送，请到群里看看"))
    return redirect(url_for(".show"))


@channels_pages.post("/bots/<uuid:bot_id>/unsure/repetition")
@may("channel.edit")
def repeat(bot_id: UUID):
    bot = _bot_or_404(bot_id)
    if say_again(bot, at=now()):
        later(post_to_bot, bot_id=str(bot.id))
    flash(_("一会儿再发到群里"))
    return redirect(url_for(".show"))


@channels_pages.post("/bots/<uuid:bot_id>/unsure/end")
@may("channel.edit")
def settle(bot_id: UUID):
    let_be(_bot_or_404(bot_id), at=now())
    flash(_("好，不再发了"))
    return redirect(url_for(".show"))


@channels_pages.post("/bots/<uuid:bot_id>/removal")
@may("channel.edit")
def remove(bot_id: UUID):
    remove_bot(_bot_or_404(bot_id), by=g.actor)
    flash(_("群机器人已删除，地址和密钥也一并清除"))
    return redirect(url_for(".show"))


@channels_pages.post("/calendar")
@may("channel.edit")
def new_calendar():
    before = feed_of(g.engagement.id, current_user.user_id)
    if before is not None:
        revoke_feed(before)
    make_feed(current_user.user_id, tenant_id=g.access.tenant_id, engagement_id=g.engagement.id)
    flash(_("已生成日历地址") if before is None else _("旧地址已作废，请换用新地址"))
    return redirect(url_for(".show") + "#calendar")


def _bot_or_404(bot_id: UUID) -> Bot:
    bot = bot_with(bot_id)
    return bot if bot is not None and bot.engagement_id == g.engagement.id else abort(404)


def _page(form: BotForm) -> str:
    bots, feed, unsure = bots_of(g.engagement.id), feed_of(g.engagement.id, current_user.user_id), defaultdict(list)
    for line in unsure_lines([bot.id for bot in bots], before=unsure_before(now())):
        unsure[line.bot_id].append(line)
    token = sign(services().settings.secret_key, FEED, feed.id) if feed else None
    return render_template(
        "notices/channels.html",
        form=form,
        bots=bots,
        unsure=unsure,
        waiting=waiting_counts([bot.id for bot in bots]),
        address=url_for("calendar.feed", token=token, _external=True) if token else None,
    )
