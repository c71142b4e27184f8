"""Threads: a page of their own, and the fragment that other pages hold."""

from __future__ import annotations

from contextlib import ExitStack
from uuid import UUID

from flask import Blueprint, abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound

from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading
from siyu_saas.core.errors import Refusal
from siyu_saas.core.files.content import accept
from siyu_saas.core.files.errors import FileRefused
from siyu_saas.core.services import services
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.rules import Side
from siyu_saas.web.forms import refuse_stale
from siyu_saas.web.paging import asked_page

from .actions import mark_read, mend_comment, remove_comment, write_comment
from .forms import TEAM, CommentForm, MendForm
from .models import Comment
from .queries import comment_with, comments_about, files_of, people_to_mention, threads_of
from .rules import may_be_told, may_mend
from .subjects import SUBJECTS, Topic


class TakenBack(Refusal):
    """Somebody of the merchant has talked about it, and the team has taken it back since."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("顾问收回去修改了，再次发出后可以接着讨论，之前的留言都还在。"))


PAGE_SIZE = 30
THREAD_SIZE = 50

talk = Blueprint("talk", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/talk")


def thread_context(kind: str, subject_id: UUID, form: CommentForm | None = None, *, team_only: bool = False) -> dict:
    """What `talk/_thread.html` needs; two queries. `team_only`: nobody of the merchant may see what it is about."""
    team = g.access.may("note.see")
    page = asked_page()
    rows = comments_about(kind, subject_id, team=team, limit=THREAD_SIZE + 1, offset=(page - 1) * THREAD_SIZE)
    earlier, rows = len(rows) > THREAD_SIZE, rows[-THREAD_SIZE:]
    form = form or CommentForm(formdata=None)
    if not team or team_only:
        del form.audience
    return {
        "thread": {
            "kind": kind,
            "subject_id": subject_id,
            "comments": [(row, _may_mend(row)) for row in rows],
            "files": files_of([row.id for row in rows if row.removed_at is None]),
            "form": form,
            "page": page,
            "earlier": earlier,
            "may_write": g.access.may("comment.write"),
            "reader_id": current_user.user_id,
            "team_only": team_only,
        }
    }


@talk.get("")
@may("comment.see")
def threads():
    page = asked_page()
    rows = threads_of(
        g.engagement.id,
        reader_id=current_user.user_id,
        team=g.access.may("note.see"),
        limit=PAGE_SIZE + 1,
        offset=(page - 1) * PAGE_SIZE,
    )
    return render_template(
        "talk/threads.html", rows=rows[:PAGE_SIZE], page=page, more=len(rows) > PAGE_SIZE, subjects=SUBJECTS
    )


@talk.get("/<kind>/<uuid:subject_id>")
@may("comment.see")
def show(kind: str, subject_id: UUID):
    return _thread(kind, subject_id, _topic_or_404(kind, subject_id))


@talk.post("/<kind>/<uuid:subject_id>/comments")
@may("comment.write")
def add(kind: str, subject_id: UUID):
    topic, form = _topic_or_404(kind, subject_id), CommentForm()
    internal = g.access.may("note.see") and (topic.team_only or form.audience.data == TEAM)
    if not form.validate():
        return _thread(kind, subject_id, topic, form), 422
    end_reading()
    with ExitStack() as opened:
        try:
            files = [opened.enter_context(accept(file.stream, file.filename)) for file in form.chosen]
        except FileRefused as refused:
            form.files.errors = [str(refused)]
            return _thread(kind, subject_id, topic, form), refused.status
        write_comment(
            form.text.data,
            kind=kind,
            subject_id=subject_id,
            topic=topic,
            internal=internal,
            side=g.access.side,
            form_key=form.once.data,
            files=files,
            storage=services().storage,
            by=g.actor,
        )
    if _for_htmx():
        return _thread(kind, subject_id, topic)
    flash(_("已发送给团队") if internal else _("已发送"))
    return redirect(url_for(topic.endpoint, **topic.values) + f"#{topic.anchor}")


@talk.post("/<kind>/<uuid:subject_id>/reading")
@may("comment.see")
def read(kind: str, subject_id: UUID):
    _topic_or_404(kind, subject_id)
    mark_read(current_user.user_id, kind, subject_id)
    return "", 204


@talk.get("/comments/<uuid:comment_id>")
@may("comment.write")
def edit(comment_id: UUID):
    row = _own_or_404(comment_id)
    return render_template("talk/mend.html", comment=row, form=MendForm(formdata=None, obj=row))


@talk.post("/comments/<uuid:comment_id>/revision")
@may("comment.write")
def mend(comment_id: UUID):
    row, form = _own_or_404(comment_id), MendForm()
    if not form.validate():
        return render_template("talk/mend.html", comment=row, form=form), 422
    refuse_stale(form, MendForm(formdata=None, obj=row), back=url_for(".edit", comment_id=row.id))
    mend_comment(row, form.text.data, by=g.actor)
    return _back_to(row)


@talk.post("/comments/<uuid:comment_id>/removal")
@may("comment.write")
def remove(comment_id: UUID):
    row = _own_or_404(comment_id)
    remove_comment(row, by=g.actor)
    flash(_("评论已删除"))
    return _back_to(row)


@talk.get("/people")
@may("comment.write")
def people():
    """Who can be meant by an @: names with their pinyin, so that a phone's Latin keyboard finds them too."""
    internal = request.args.get("audience") == TEAM and g.access.side is Side.FIRM
    named = may_be_told(people_to_mention(g.access.tenant_id), internal=internal)
    return jsonify([{"name": name, "keys": _keys(name)} for name in named.values()])


def _thread(kind: str, subject_id: UUID, topic: Topic, form: CommentForm | None = None) -> str:
    page = "talk/_thread.html" if _for_htmx() else "talk/show.html"
    context = thread_context(kind, subject_id, form, team_only=topic.team_only)
    return render_template(page, topic=topic, subject=SUBJECTS[kind], **context)


def _for_htmx() -> bool:
    return bool(request.headers.get("HX-Request"))


def _topic_or_404(kind: str, subject_id: UUID) -> Topic:
    subject = SUBJECTS.get(kind) or abort(404)
    topic = subject.find(subject_id)
    if topic is None or topic.engagement_id != g.engagement.id:
        abort(404)
    if topic.team_only and not g.access.may("note.see"):
        raise TakenBack if comments_about(kind, subject_id, team=False, limit=1) else NotFound
    return topic


def _own_or_404(comment_id: UUID) -> Comment:
    row = comment_with(comment_id, team=g.access.may("note.see"))
    if row is None or row.author_id != current_user.user_id or row.engagement_id != g.engagement.id:
        abort(404)
    return row


def _may_mend(row: Comment) -> bool:
    return may_mend(author_id=row.author_id, reader_id=current_user.user_id, written_at=row.written_at, at=now())


def _back_to(row: Comment):
    topic = SUBJECTS[row.subject_kind].find(row.subject_id) or abort(404)
    return redirect(url_for(topic.endpoint, **topic.values) + f"#{topic.anchor}")


def _keys(name: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # its dictionary takes 0.3 s and 40 MB: not at the start

    return ["".join(lazy_pinyin(name)), "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))]
