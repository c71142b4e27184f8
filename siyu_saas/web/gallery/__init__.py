"""Every component in every state on one page: what designers and browser tests look at."""

from siyu_saas.web.gallery.views import gallery

__all__ = ["gallery"]
