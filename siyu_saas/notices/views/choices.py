"""When mails go out, chosen by the person; and stopping them from a mail without signing in."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.datastructures import MultiDict

from siyu_saas.core.services import services
from siyu_saas.core.tokens import sign, signed_id
from siyu_saas.notices.actions.feeds import make_feed, revoke_feed
from siyu_saas.notices.actions.messages import choose, stop_mails
from siyu_saas.notices.forms import ChoicesForm
from siyu_saas.notices.mails import STOP
from siyu_saas.notices.queries import choices_of, own_feed, user_to_mail
from siyu_saas.notices.rules.kinds import Kind, Mode
from siyu_saas.web.routes import open_to

from .blueprints import notices
from .calendars import FEED


@notices.get("/account/notices")
@login_required
@open_to("people")
def choices():
    chosen = choices_of(current_user.user_id)
    modes = {kind.value: (chosen[kind].mode if kind in chosen else kind.default).value for kind in Kind}
    return _page(ChoicesForm(MultiDict(modes)))


@notices.post("/account/notices")
@login_required
@open_to("people")
def keep_choices():
    form = ChoicesForm()
    if not form.validate():
        return _page(form), 422
    choose(current_user.user_id, {kind: Mode(form[kind.value].data) for kind in Kind})
    flash(_("已保存"))
    return redirect(url_for(".choices"))


@notices.post("/account/calendar")
@login_required
@open_to("people")
def new_calendar():
    """The address before is void from now on."""
    before = own_feed(current_user.user_id)
    if before is not None:
        revoke_feed(before)
    make_feed(current_user.user_id)
    flash(_("已生成日历地址") if before is None else _("旧地址已作废，请换用新地址"))
    return redirect(url_for(".choices") + "#calendar")


@notices.post("/account/calendar/removal")
@login_required
@open_to("people")
def drop_calendar():
    before = own_feed(current_user.user_id)
    if before is not None:
        revoke_feed(before)
    flash(_("日历地址已作废"))
    return redirect(url_for(".choices") + "#calendar")


@notices.get("/notices/stop/<token>")
@open_to("everyone")
def stop(token: str):
    user = user_to_mail(_person(token)) or abort(404)
    return render_template("notices/stop.html", user=user, token=token, done=bool(request.args.get("done")))


@notices.post("/notices/stop/<token>")
@open_to("everyone")
def stopped(token: str):
    """Also asked by mail programs, which send no token of ours and follow no redirect (RFC 8058)."""
    user = user_to_mail(_person(token)) or abort(404)
    stop_mails(user.id)
    if "List-Unsubscribe" in request.form:
        return ""
    return redirect(url_for(".stop", token=token, done=1))


def _person(token: str) -> UUID:
    return signed_id(services().settings.secret_key, STOP, token) or abort(404)


def _page(form: ChoicesForm) -> str:
    feed, settings = own_feed(current_user.user_id), services().settings
    address = url_for("calendar.feed", token=sign(settings.secret_key, FEED, feed.id), _external=True) if feed else None
    return render_template(
        "notices/choices.html", person=current_user.user, form=form, kinds=list(Kind), address=address
    )
