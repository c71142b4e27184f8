"""Facts that stop an intention. Rules and actions raise them; `web.errors` decides how they look."""


class Refusal(Exception):
    """Something was asked that cannot be done now. `str()` is the Chinese sentence for the person who asked."""

    status = 422


class NotReady(Refusal):
    """A condition is not met yet."""


class Unavailable(Refusal):
    """A part of the machine does not answer; nothing was changed."""

    status = 503
