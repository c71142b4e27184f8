"""How facts that stop a request look: a page in Chinese that says what happened, what was kept, what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from siyu_saas.core.errors import Conflict, Refusal, Unavailable
from siyu_saas.core.files.errors import NO_ROOM

from .forms import clean_text

log = structlog.get_logger()

RETRY_SECONDS = 5
KEPT_BYTES = 200_000
DISK_FULL_CODES = {"SQLITE_FULL", "53100"}  # 53100: PostgreSQL's disk_full
SECRET_FIELD = re.compile(r"csrf|password|once|token|code|next")


@dataclass(frozen=True)
class Sentence:
    title: str
    happened: str
    next_step: str


SENTENCES = {
    400: Sentence("请求不完整", "浏览器发来的内容不完整或已被改动，什么都没有改变。", "请返回上一页刷新后重试。"),
    401: Sentence("请先登录", "这个页面需要登录后查看。", "登录后会回到这里。"),
    403: Sentence("没有权限", "你的角色不能做这件事，什么都没有改变。", "需要的话，请联系主顾问或店主调整角色。"),
    404: Sentence("没有找到", "页面不存在，或者你没有加入这个工作区。", "请检查链接是否完整，或向发给你链接的人确认。"),
    405: Sentence("不能这样操作", "这个地址不支持这种操作，什么都没有改变。", "请从页面上的按钮操作。"),
    409: Sentence(
        "已经有人先改了", "你打开页面之后，内容被更新过，这次没有保存。", "请返回查看最新内容，再决定是否修改。"
    ),
    413: Sentence("内容太大", "提交的内容超过上限，没有保存。", "请压缩或拆分后再提交。"),
    415: Sentence("不支持的文件", "这种文件不能上传，没有保存。", "请换成图片、PDF、Excel 或 CSV。"),
    422: Sentence("还差一点", "提交的内容还不能保存，已填的内容没有丢。", "请按提示修改后再提交。"),
    429: Sentence("操作太频繁", "短时间内尝试的次数过多，已暂停片刻。", "请 15 分钟后再试；忘记密码请联系主顾问。"),
    500: Sentence("系统出错", "这次没有改动任何数据，我们已记录下来。", "请稍后重试；仍不成功请把下面的编号发给顾问。"),
    503: Sentence("系统正忙", "数据暂时写不进去，这次没有改动任何数据。", "请几秒后重试，页面上填的内容还在。"),
}

STALE_FORM = Sentence(
    "页面放得太久了",
    "为了安全，这个页面已失效，这次没有保存。",
    "请返回上一页刷新后重新提交，浏览器通常还留着你填的内容。",
)
DISK_FULL = Sentence(
    "磁盘已满", "服务器的磁盘已满，这次没有保存，已有的数据都完好。", "请联系顾问机构的管理员清理空间后重试。"
)
BOTH_VERSIONS_NEXT = "先看最新内容，要改的再复制过去保存一次；也可以不改。"


def init_errors(app: Flask) -> None:
    app.register_error_handler(SecurityError, show_bad_host)
    app.register_error_handler(CSRFError, lambda error: show(400, STALE_FORM))
    app.register_error_handler(HTTPException, lambda error: show(error.code or 500, response=error.response))
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(Conflict, show_both_versions)
    app.register_error_handler(StaleDataError, lambda error: show(409))
    app.register_error_handler(sa.exc.IntegrityError, show_conflict)
    app.register_error_handler(sa.exc.DBAPIError, show_database_error)
    app.register_error_handler(sa.exc.TimeoutError, lambda error: show(503))
    app.register_error_handler(OSError, show_os_error)
    app.register_error_handler(Exception, show_bug)


def show(
    status: int,
    sentence: Sentence | None = None,
    response: Response | None = None,
    *,
    template: str = "errors/error.html",
    **context,
):
    """The error page, or its JSON twin for scripts, with the right status."""
    if response is not None:
        return response
    sentence = sentence or SENTENCES.get(status) or SENTENCES[500 if status >= 500 else 400]
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}
    number = getattr(g, "request_id", "")
    if request.accept_mimetypes.best == "application/json":
        return (
            jsonify(title=sentence.title, detail=sentence.happened + sentence.next_step, number=number),
            status,
            headers,
        )
    page = render_template(template, status=status, sentence=sentence, number=number, kept=_kept(), **context)
    return page, status, headers


def _kept() -> list[tuple[str, str]]:
    """What was typed into a form that was not saved, so that it can be copied; secrets are left out.

    Only of a form that was already read: the body may be the very thing that is broken.
    """
    form = vars(request).get("form", {})
    if (request.content_length or 0) > KEPT_BYTES:
        return []
    typed = ((name, clean_text(value)) for name, value in form.items() if not SECRET_FIELD.search(name))
    return [(name, words) for name, words in typed if words]


def show_refusal(error: Refusal):
    general = SENTENCES.get(error.status, SENTENCES[422])
    next_step = SENTENCES[503].next_step if isinstance(error, Unavailable) else general.next_step
    return show(error.status, Sentence(general.title, str(error), next_step))


def show_both_versions(error: Conflict):
    sentence = Sentence(SENTENCES[409].title, str(error), BOTH_VERSIONS_NEXT)
    return show(409, sentence, template="errors/conflict.html", rows=error.rows, back=error.back)


def show_conflict(error: sa.exc.IntegrityError):
    log.info("integrity error", error=str(error.orig).partition("\n")[0])  # PostgreSQL tells the values behind it
    return show(409)


def show_database_error(error: sa.exc.DBAPIError):
    if DISK_FULL_CODES & {getattr(error.orig, "sqlite_errorname", None), getattr(error.orig, "sqlstate", None)}:
        log.error("disk full", error=str(error.orig))
        return show(503, DISK_FULL)
    if isinstance(error, sa.exc.DataError):
        return show(422)
    if isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError):
        log.warning("database does not answer", error=str(error.orig))
        return show(503)
    return show_bug(error)


def show_os_error(error: OSError):
    log.error("operating system refused", error=str(error))
    return show(503, DISK_FULL if error.errno in NO_ROOM else None)


def show_bug(error: Exception):
    log.exception("unhandled error")
    return show(500)


def show_bad_host(error: SecurityError):
    """The host is not ours: nothing may be linked, so the page stands alone."""
    return render_template("layouts/plain.html", title="地址不对", sentence=SENTENCES[400]), 400
