"""Facts that stop an intention. Rules and actions raise them; `web.errors` decides how they look."""


class Refusal(Exception):
    """Something was asked that cannot be done now. `str()` is the Chinese sentence for the person who asked."""

    status = 422


class NotReady(Refusal):
    """A condition is not met yet."""


class AlreadyClosed(Refusal):
    """The thing is finished and takes no more changes."""

    status = 409


class StaleVersion(Refusal):
    """Somebody else saved first."""

    status = 409


class NotAllowed(Refusal):
    """A member without the role."""

    status = 403


class Unavailable(Refusal):
    """A part of the machine does not answer; nothing was changed."""

    status = 503
