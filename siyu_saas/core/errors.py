"""Facts that stop an intention. Rules and actions raise them; `web.errors` decides how they look."""


class Refusal(Exception):
    """Something was asked that cannot be done now. `str()` is the Chinese sentence for the person who asked."""

    status = 422


class NotReady(Refusal):
    """A condition is not met yet."""


class Conflict(Refusal):
    """Somebody else saved after this form was shown; nothing was saved now. Raised by `web.forms.refuse_stale`.

    `rows`: (label, what was typed, what is saved), as texts for people; `back`: the address of the form as it is now.
    """

    status = 409

    def __init__(self, rows: list[tuple[str, str, str]], *, back: str):
        super().__init__("你打开页面之后，别人先保存了修改，这次没有保存。你填的和现在保存的都在下面。")
        self.rows, self.back = rows, back


class Unavailable(Refusal):
    """A part of the machine does not answer; nothing was changed."""

    status = 503
