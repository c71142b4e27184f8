"""What the clock does for accounts, and the mails they cause."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from siyu_saas.core import mail
from siyu_saas.core.clock import now
from siyu_saas.core.database import end_reading
from siyu_saas.core.queue import Unsure, every, handing_over, job, later
from siyu_saas.core.services import services
from siyu_saas.core.tokens import sign

from .actions import ask_for_reset, forget_sign_ins
from .queries import known_user, live_reset
from .rules import RESET_VALID_FOR

KEEP_SIGN_INS = timedelta(days=180)
RESET = "password reset"


@every(timedelta(days=1))
@job("accounts.forget_sessions", title="清理半年前的登录记录")
def forget_old_sign_ins() -> dict:
    return {"removed": forget_sign_ins(older_than=KEEP_SIGN_INS)}


@job("accounts.begin_reset", title="准备重设密码")
def begin_reset(*, user_id: str) -> dict:
    """Here and not on the page, so that the page takes the same work whether or not there is such a person."""
    user = known_user(UUID(user_id))
    if user is None or user.email is None:
        return {"begun": False}
    later(mail_reset, reset_id=str(ask_for_reset(user).id))
    return {"begun": True}


@job("accounts.mail_reset", title="发送重设密码的邮件")
def mail_reset(*, reset_id: str) -> dict:
    """The address is made here, so that no table ever holds it. Too late or used meanwhile: nothing is sent.

    Where nobody knows whether it arrived, the person asks again: the page says that a mail may be missing.
    """
    live = live_reset(UUID(reset_id), now())
    if live is None or live[1].email is None:
        return {"sent": False}
    row, user = live
    settings = services().settings
    address = f"{settings.base_url.rstrip('/')}/password/reset/{sign(settings.secret_key, RESET, row.id)}"
    lines = [
        f"{user.name}，你好：",
        f"有人（应该是你）要求重设{settings.product_name}的登录密码。请在 {int(RESET_VALID_FOR.total_seconds() // 60)} 分钟内打开下面的链接，链接只能用一次：",
        address,
        "如果不是你本人操作，忽略这封邮件即可，密码不会改变。",
    ]
    end_reading()
    letter = mail.message(settings, to=user.email, subject="重设登录密码", lines=lines)
    try:
        with handing_over() as begin:
            mail.send(settings, letter, begin=begin)
    except Unsure:
        return {"sent": None}
    return {"sent": True}
