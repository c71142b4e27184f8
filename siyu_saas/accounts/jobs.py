"""What the clock does for accounts."""

from datetime import timedelta

from siyu_saas.core.queue import every, job

from .actions import forget_sessions

KEEP_SESSIONS = timedelta(days=180)


@every(timedelta(days=1))
@job("accounts.forget_sessions", title="清理半年前的登录记录")
def forget_old_sessions() -> dict:
    return {"removed": forget_sessions(older_than=KEEP_SESSIONS)}
