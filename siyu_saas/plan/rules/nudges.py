"""What a reminder says: the thing, the day, and who asks."""

from __future__ import annotations


def nudge_text(*, merchant: str, title: str, due: str, late: int, by: str) -> str:
    """One sentence for an inbox or a group; polite, with the fact that counts."""
    if late:
        when = f"原定 {due}，已经过了 {late} 天"
    elif due:
        when = f"请在 {due} 18:00 前完成"
    else:
        when = "方便时请处理"
    return f"【{merchant}】{title}：{when}。有困难直接回复，一起想办法。——{by}"
